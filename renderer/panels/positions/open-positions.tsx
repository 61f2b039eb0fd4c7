import { type ReactNode, useMemo, useState } from 'react'
import { useSelect, useSelection } from '../../data/selection-store.ts'
import { useSession } from '../../data/session-store.ts'
import { GridPanel } from '../../ui/grid/grid-panel.tsx'
import type { Toggle } from '../../ui/grid/grid-toolbar.tsx'
import { openPanel } from '../../workspace/workspace-store.ts'
import { ExplainPopover, type Target } from '../explain/explain-popover.tsx'
import { useExplainSpot } from '../explain/use-explain-spot.ts'
import { GroupBy } from '../groups/group-by.tsx'
import { GroupsGrid } from '../groups/groups-grid.tsx'
import { useGroups } from '../groups/use-groups.ts'
import { type Follow, followFilter, followWords } from './follow.ts'
import { positionsColumns, positionsQuickSorts, positionsReads } from './positions-columns.ts'

export type OrdersProps = {
  readonly lead: ReactNode
  readonly toggles: readonly Toggle[]
  readonly follow: Follow
  readonly onClearFilter: () => void
}

const defaultSort = positionsQuickSorts[0].sort
const figures: Readonly<Record<string, Extract<Target, { kind: 'position' }>['figure']>> = {
  profit: 'profit',
  totalBase: 'totalBase',
}

const targetOf = (order: number, column: string): Target => ({
  kind: 'position',
  id: order,
  figure: figures[column] ?? 'total',
})

const keys = [{ keys: ['Enter'], does: 'on a P&L: how it came about' }]

/** Open positions at live prices; a P&L opens into its calculation. */
export const OpenPositions = ({ lead, toggles, follow, onClearFilter }: OrdersProps) => {
  const base = useSession()?.base ?? ''
  const selection = useSelection()
  const select = useSelect()
  const [order, setOrder] = useState<number | null>(null)
  const columns = useMemo(() => positionsColumns(base), [base])
  const { login, symbol } = selection
  const groups = useGroups()
  const { inside } = groups
  const filter = useMemo(
    () => ({ ...inside, ...followFilter(follow, { ...(login && { login }), ...(symbol && { symbol }) }) }),
    [follow, login, symbol, inside],
  )
  const shared = {
    title: 'Positions',
    filter,
    filterWords: [followWords(follow, selection), groups.words].filter(Boolean).join(', '),
    onClearFilter: () => {
      onClearFilter()
      groups.leave()
    },
    placeholder: 'Name, login, symbol',
    lead,
    trail: <GroupBy now={groups.by} onChange={groups.choose} />,
    toggles: [...groups.toggles, ...toggles],
  }
  const explain = useExplainSpot<'positions'>(targetOf)

  if (groups.by) return <GroupsGrid id="positions" by={groups.by} onEnter={groups.enter} {...shared} />
  return (
    <>
      <GridPanel
        {...shared}
        id="positions"
        kind="positions"
        keyField="order"
        reads={positionsReads}
        columns={columns}
        defaultSort={defaultSort}
        selected={order}
        onSelect={(key, row) => {
          setOrder(Number(key))
          select({ login: row.login, symbol: row.symbol })
        }}
        onOpen={(spot) => {
          if (explain.open(spot)) return
          select({ login: spot.row.login, symbol: spot.row.symbol })
          openPanel('client')
        }}
        onPoint={explain.point}
        quickSorts={positionsQuickSorts}
        keys={keys}
        empty={
          <>
            <p className="panel-message-title">No open positions</p>
            <p>
              Every position of every account stands here from the moment it is opened until it is closed.
            </p>
          </>
        }
      />
      {explain.spot && <ExplainPopover spot={explain.spot} onClose={explain.close} />}
    </>
  )
}
