import { useState } from 'react'
import type { ClientCard } from '../../../shared/api/models.ts'
import type { ViewData } from '../../../shared/api/views.ts'
import { alertsRevision, useAlerts } from '../../data/alerts-store.ts'
import { useSelection } from '../../data/selection-store.ts'
import { useCard } from '../../data/use-card.ts'
import { useView } from '../../data/use-view.ts'
import { PinIcon } from '../../ui/icons.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ClientContact } from './client-contact.tsx'
import { ClientAlerts, ClientFacts } from './client-facts.tsx'
import { ClientFigures } from './client-figures.tsx'
import { ClientLimits } from './client-limits.tsx'
import { ClientMoney } from './client-money.tsx'
import { ClientPositions } from './client-positions.tsx'
import { ClientTabs } from './client-tabs.tsx'
import { Profile } from './profile/profile.tsx'
import { Timeline } from './timeline/timeline.tsx'
import '../../ui/facts.css'
import '../../ui/figures.css'
import './client.css'
import './work-form.css'

const nobody = (
  <>
    <p className="panel-message-title">No client selected</p>
    <p className="muted">
      Select a row in Accounts or Positions, open an alert, or press <kbd>Ctrl</kbd> <kbd>K</kbd> and type a
      name or login. This card follows.
    </p>
  </>
)

const Head = ({ card }: { readonly card: ClientCard }) => (
  <header className="client-head">
    <h3>{card.name || 'No name'}</h3>
    <span className="muted">
      {card.login} · {card.group} · {card.currency} · 1:{card.leverage}
    </span>
    {!card.enabled && (
      <span className="badge" data-tone="critical">
        Disabled
      </span>
    )}
    {card.readOnly && (
      <span className="badge" data-tone="warning">
        Read only
      </span>
    )}
  </header>
)

type AccountProps = { readonly card: ClientCard; readonly data: ViewData<'accounts'> | null }

const Account = ({ card, data }: AccountProps) => (
  <>
    <ClientMoney card={card} data={data} />
    <section aria-label="Open positions">
      <h3>Open positions</h3>
      <ClientPositions login={card.login} />
    </section>
    <section aria-label="Limits">
      <h3>Prices of margin call and stop-out, the others fixed</h3>
      <ClientLimits login={card.login} />
    </section>
    <ClientAlerts card={card} />
    <ClientFacts card={card} />
  </>
)

const Card = ({ login, pin }: { readonly login: number; readonly pin: React.ReactNode }) => {
  // Any change of an alert of this client may change what the card says of it.
  const revision = useAlerts((book) => alertsRevision(book, login))
  const { card, error, retry } = useCard(login, revision)
  const view = useView({
    kind: 'accounts',
    filter: { login },
    sort: { column: 'login', descending: false },
    from: 0,
    count: 1,
    pace: 4,
    hold: false,
  })
  const status = card ? view.status : error ? 'error' : 'loading'
  return (
    <Panel
      title="Client"
      status={status}
      error={card ? view.error : error}
      onRetry={card ? view.store?.retry : retry}
      age={view.age}
      meta={view.meta}
      filter={`login ${login}`}
      offlineHint="Who and where stays; figures are the last known."
      toolbar={
        <>
          {card && <Head card={card} />}
          {pin}
        </>
      }
    >
      {card && (
        <div className="client">
          <ClientContact card={card} />
          <ClientFigures data={view.data} />
          <ClientTabs
            label="About this client"
            tabs={[
              { id: 'account', title: 'Account', content: <Account card={card} data={view.data} /> },
              { id: 'timeline', title: 'Timeline', content: <Timeline card={card} /> },
              { id: 'profile', title: 'Profile', content: <Profile login={login} /> },
            ]}
          />
        </div>
      )}
    </Panel>
  )
}

/** Who, where, how to reach them and how the account stands now. Follows the linked selection unless pinned. */
export const ClientPanel = () => {
  const { login: selected } = useSelection()
  const [pinned, setPinned] = useState<number | null>(null)
  const login = pinned ?? selected
  if (login === undefined) return <Panel title="Client" status="live" empty={nobody} />
  const pin = (
    <button
      type="button"
      className="button button-icon client-pin"
      aria-pressed={pinned !== null}
      aria-label="Keep this client"
      title={pinned === null ? 'Keep this client whatever is selected' : 'Follow the selection again'}
      onClick={() => setPinned(pinned === null ? login : null)}
    >
      <PinIcon />
    </button>
  )
  return <Card key={login} login={login} pin={pin} />
}
