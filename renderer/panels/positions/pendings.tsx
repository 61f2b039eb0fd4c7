import { useMemo, useState } from 'react'
import { useSelect, useSelection } from '../../data/selection-store.ts'
import { GridPanel } from '../../ui/grid/grid-panel.tsx'
import { openPanel } from '../../workspace/workspace-store.ts'
import { followFilter, followWords } from './follow.ts'
import type { OrdersProps } from './open-positions.tsx'
import { pendingsColumns, pendingsReads } from './pendings-columns.ts'

const defaultSort = { column: 'distance', descending: false }

/** Pending orders, the nearest to the market first. */
export const Pendings = ({ lead, toggles, follow, onClearFilter }: OrdersProps) => {
  const selection = useSelection()
  const select = useSelect()
  const [order, setOrder] = useState<number | null>(null)
  const { login, symbol } = selection
  const filter = useMemo(
    () => followFilter(follow, { ...(login && { login }), ...(symbol && { symbol }) }),
    [follow, login, symbol],
  )
  return (
    <GridPanel
      id="pendings"
      kind="pendings"
      title="Pendings"
      keyField="order"
      reads={pendingsReads}
      columns={pendingsColumns}
      defaultSort={defaultSort}
      filter={filter}
      filterWords={followWords(follow, selection)}
      onClearFilter={onClearFilter}
      placeholder="Name, login, symbol"
      selected={order}
      onSelect={(key, row) => {
        setOrder(Number(key))
        select({ login: row.login, symbol: row.symbol })
      }}
      onOpen={({ row }) => {
        select({ login: row.login, symbol: row.symbol })
        openPanel('client')
      }}
      toggles={toggles}
      lead={lead}
      empty={
        <>
          <p className="panel-message-title">No pending orders</p>
          <p>Limit and stop orders stand here, the nearest to the market first.</p>
        </>
      }
    />
  )
}
