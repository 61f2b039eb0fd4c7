import { useMemo } from 'react'
import { useSelect, useSelection } from '../../data/selection-store.ts'
import { useSession } from '../../data/session-store.ts'
import { GridPanel } from '../../ui/grid/grid-panel.tsx'
import { openPanel } from '../../workspace/workspace-store.ts'
import { exposureColumns, exposureReads } from './exposure-columns.ts'
import { scopeFilter, scopeText } from './scope.ts'
import { type ScopedProps, scopeNote } from './scoped-props.ts'

const defaultSort = { column: 'netBase', descending: true }
const quickSorts = [
  { label: 'Clients win', title: 'Largest uncovered profit of the clients first', sort: defaultSort },
  {
    label: 'Clients lose',
    title: 'Largest uncovered loss of the clients first',
    sort: { column: 'netBase', descending: false },
  },
]

export const BySymbol = ({ lead, scope, onClearScope }: ScopedProps) => {
  const base = useSession()?.base ?? ''
  const { symbol } = useSelection()
  const select = useSelect()
  const columns = useMemo(() => exposureColumns(base), [base])
  const filter = useMemo(() => scopeFilter(scope), [scope])
  return (
    <GridPanel
      id="exposure"
      kind="exposure"
      title="Exposure"
      keyField="symbol"
      reads={exposureReads}
      columns={columns}
      defaultSort={defaultSort}
      filter={filter}
      filterWords={scopeText(scope)}
      onClearFilter={onClearScope}
      placeholder="Symbol"
      selected={symbol ?? null}
      onSelect={(key) => select({ symbol: String(key) })}
      onOpen={({ key }) => {
        select({ symbol: String(key) })
        openPanel('quotes')
      }}
      quickSorts={quickSorts}
      lead={lead}
      foot={() => scope && scopeNote}
      empty={
        <>
          <p className="panel-message-title">No exposure</p>
          <p>As soon as a client or the coverage holds a position, its symbol stands here with the net.</p>
        </>
      }
    />
  )
}
