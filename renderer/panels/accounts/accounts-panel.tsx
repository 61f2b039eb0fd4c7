import { useMemo, useState } from 'react'
import type { AccountFigure } from '../../../shared/api/explain.ts'
import { useSelect, useSelection } from '../../data/selection-store.ts'
import { useSession } from '../../data/session-store.ts'
import { GridPanel } from '../../ui/grid/grid-panel.tsx'
import { openPanel } from '../../workspace/workspace-store.ts'
import { ExplainPopover, type Target } from '../explain/explain-popover.tsx'
import { useExplainSpot } from '../explain/use-explain-spot.ts'
import { GroupBy } from '../groups/group-by.tsx'
import { GroupsGrid } from '../groups/groups-grid.tsx'
import { useGroups } from '../groups/use-groups.ts'
import { accountsColumns, accountsQuickSorts, accountsReads } from './accounts-columns.ts'
import { type AccountToggles, accountsFilter, accountsFilterWords } from './accounts-filter.ts'
import './accounts-panel.css'

/** Rows of a list of winners or losers. */
const TOP = 20
const noToggles: AccountToggles = { withPositions: false, marginCall: false }
const defaultSort = accountsQuickSorts[0].sort

const targetOf = (login: number, column: string): Target => ({
  kind: 'account',
  id: login,
  figure: column as AccountFigure,
})

const keys = [{ keys: ['Enter'], does: 'on a figure: how it came about; elsewhere: the client' }]

/** Every account with its money, margin and results; sorted and cut by the desk. */
export const AccountsPanel = () => {
  const base = useSession()?.base ?? ''
  const { login } = useSelection()
  const select = useSelect()
  const [toggles, setToggles] = useState(noToggles)
  const columns = useMemo(() => accountsColumns(base), [base])
  const groups = useGroups()
  const { inside } = groups
  const [top, setTop] = useState(false)
  const filter = useMemo(() => ({ ...accountsFilter(toggles), ...inside }), [toggles, inside])
  const filterWords = [accountsFilterWords(toggles), groups.words].filter(Boolean).join(', ')
  const clear = (): void => {
    setToggles(noToggles)
    groups.leave()
  }
  const shared = {
    title: 'Accounts',
    filter,
    filterWords,
    onClearFilter: clear,
    placeholder: 'Name, login, group, country',
    trail: <GroupBy now={groups.by} onChange={groups.choose} />,
  }
  const accountToggles = [
    {
      id: 'positions',
      label: 'With positions',
      title: 'Only accounts with an open position',
      on: toggles.withPositions,
      onChange: (withPositions: boolean) => setToggles({ ...toggles, withPositions }),
    },
    {
      id: 'margin-call',
      label: 'Margin call',
      title: 'Only accounts in margin call or worse',
      on: toggles.marginCall,
      onChange: (marginCall: boolean) => setToggles({ ...toggles, marginCall }),
    },
  ]

  const explain = useExplainSpot<'accounts'>(targetOf)

  if (groups.by)
    return (
      <GroupsGrid id="accounts" by={groups.by} onEnter={groups.enter} toggles={accountToggles} {...shared} />
    )
  return (
    <>
      <GridPanel
        {...shared}
        id="accounts"
        kind="accounts"
        keyField="login"
        reads={accountsReads}
        columns={columns}
        defaultSort={defaultSort}
        selected={login ?? null}
        onSelect={(key) => select({ login: Number(key) })}
        onOpen={(spot) => {
          if (explain.open(spot)) return
          select({ login: Number(spot.key) })
          openPanel('client')
        }}
        onPoint={explain.point}
        keys={keys}
        quickSorts={accountsQuickSorts}
        top={top ? TOP : undefined}
        toggles={[
          ...groups.toggles,
          ...accountToggles,
          {
            id: 'top',
            label: `Top ${TOP}`,
            title: `Only the first ${TOP} of the order: winners or losers at a glance`,
            on: top,
            onChange: setTop,
          },
        ]}
        empty={
          <>
            <p className="panel-message-title">No accounts</p>
            <p>The bridge has sent no account that this manager login may see.</p>
            <p className="muted">Check the rights of the manager login on the trade server.</p>
          </>
        }
      />
      {explain.spot && <ExplainPopover spot={explain.spot} onClose={explain.close} />}
    </>
  )
}
