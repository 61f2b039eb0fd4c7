import { useState } from 'react'
import { useSelect, useSelection } from '../../data/selection-store.ts'
import { GridPanel } from '../../ui/grid/grid-panel.tsx'
import { periods } from './periods.ts'
import { QuoteChartPane } from './quote-chart-pane.tsx'
import { quotesColumns, quotesReads } from './quotes-columns.ts'
import type { Period } from './roll-bar.ts'
import './quotes-panel.css'

const defaultSort = { column: 'symbol', descending: false }
const noFilter = {}
const keys = [
  { keys: ['1', '…', '6'], does: 'M1, M5, M15, H1, H4, D1' },
  { keys: ['P'], does: 'pin the chart to its symbol' },
]

/** Market watch and the chart of the selected symbol. */
export const QuotesPanel = () => {
  const { symbol } = useSelection()
  const select = useSelect()
  const [period, setPeriod] = useState<Period>(15)
  const [pinned, setPinned] = useState<string | null>(null)
  const [charted, setCharted] = useState<string | null>(null)

  const togglePin = (): void => setPinned((now) => (now === null ? charted : null))
  const actions: Record<string, () => void> = { p: togglePin }
  periods.forEach(({ minutes }, i) => {
    actions[String(i + 1)] = () => setPeriod(minutes)
  })

  return (
    <GridPanel
      id="quotes"
      kind="quotes"
      title="Quotes"
      keyField="symbol"
      reads={quotesReads}
      columns={quotesColumns}
      defaultSort={defaultSort}
      filter={noFilter}
      filterWords=""
      onClearFilter={() => {}}
      placeholder="Symbol"
      selected={symbol ?? null}
      onSelect={(key) => select({ symbol: String(key) })}
      onOpen={({ key }) => select({ symbol: String(key) })}
      keys={keys}
      actions={actions}
      beside={
        <QuoteChartPane
          wanted={pinned ?? symbol ?? null}
          pinned={pinned !== null}
          onPin={togglePin}
          period={period}
          onPeriod={setPeriod}
          onSymbol={setCharted}
        />
      }
      empty={
        <>
          <p className="panel-message-title">No symbols</p>
          <p>The bridge has sent no symbol. Symbols come from the trade server with the snapshot.</p>
        </>
      }
    />
  )
}
