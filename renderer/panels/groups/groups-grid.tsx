import { type ReactNode, useMemo, useState } from 'react'
import type { Grouping, ViewFilter } from '../../../shared/api/views.ts'
import { useSession } from '../../data/session-store.ts'
import { GridPanel } from '../../ui/grid/grid-panel.tsx'
import type { Toggle } from '../../ui/grid/grid-toolbar.tsx'
import type { RowKey } from '../../ui/grid/row-book.ts'
import { groupsColumns, groupsQuickSorts, groupsReads } from './groups-columns.ts'
import { groupingWords } from './groups-words.ts'

export type GroupsGridProps = {
  /** Panel whose rows are added up; columns and order are kept for it. */
  readonly id: string
  readonly title: string
  readonly by: Grouping
  readonly filter: ViewFilter
  readonly filterWords: string
  readonly onClearFilter: () => void
  readonly placeholder: string
  readonly onEnter: (key: string) => void
  readonly lead?: ReactNode
  readonly trail: ReactNode
  readonly toggles: readonly Toggle[]
}

/** Groups move as slowly as their sums; they need no more than this. */
const PACE = 4
const keys = [{ keys: ['Enter'], does: 'go into the group' }]
const defaultSort = groupsQuickSorts[0].sort

/** A panel's rows added up by what they have in common; Enter or a double click goes into a group. */
export const GroupsGrid = ({ id, by, onEnter, lead, ...props }: GroupsGridProps) => {
  const base = useSession()?.base ?? ''
  const [selected, setSelected] = useState<RowKey | null>(null)
  const columns = useMemo(() => groupsColumns(base, by), [base, by])
  return (
    <GridPanel
      key={by}
      id={`${id}.by-${by}`}
      kind="groups"
      groupBy={by}
      keyField="key"
      reads={groupsReads}
      columns={columns}
      defaultSort={defaultSort}
      selected={selected}
      onSelect={setSelected}
      onOpen={({ key }) => onEnter(String(key))}
      quickSorts={groupsQuickSorts}
      keys={keys}
      pace={PACE}
      empty={<p className="panel-message-title">Nothing to group by {groupingWords[by].toLowerCase()}</p>}
      {...(lead === undefined ? {} : { lead })}
      {...props}
    />
  )
}
