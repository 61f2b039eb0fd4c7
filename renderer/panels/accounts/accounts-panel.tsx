import { useMemo, useState } from 'react'
import type { AccountFigure } from '../../../shared/api/explain.ts'
import { useSelect, useSelection } from '../../data/selection-store.ts'
import { useSession } from '../../data/session-store.ts'
import { GridPanel } from '../../ui/grid/grid-panel.tsx'
import { openPanel } from '../../workspace/workspace-store.ts'
import { ExplainPopover, type Target } from '../explain/explain-popover.tsx'
import { useExplainSpot } from '../explain/use-explain-spot.ts'
import { accountsColumns, accountsQuickSorts, accountsReads } from './accounts-columns.ts'
import { type AccountToggles, accountsFilter, accountsFilterWords } from './accounts-filter.ts'
import './accounts-panel.css'

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
  const filter = useMemo(() => accountsFilter(toggles), [toggles])

  const explain = useExplainSpot<'accounts'>(targetOf)

  return (
    <>
      <GridPanel
        id="accounts"
        kind="accounts"
        title="Accounts"
        keyField="login"
        reads={accountsReads}
        columns={columns}
        defaultSort={defaultSort}
        filter={filter}
        filterWords={accountsFilterWords(toggles)}
        onClearFilter={() => setToggles(noToggles)}
        placeholder="Name, login, group, country"
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
        toggles={[
          {
            id: 'positions',
            label: 'With positions',
            title: 'Only accounts with an open position',
            on: toggles.withPositions,
            onChange: (withPositions) => setToggles({ ...toggles, withPositions }),
          },
          {
            id: 'margin-call',
            label: 'Margin call',
            title: 'Only accounts in margin call or worse',
            on: toggles.marginCall,
            onChange: (marginCall) => setToggles({ ...toggles, marginCall }),
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
