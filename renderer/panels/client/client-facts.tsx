import type { ClientCard } from '../../../shared/api/models.ts'
import { useSelect } from '../../data/selection-store.ts'
import { formatAmount, formatDay, formatTime, gainClass } from '../../ui/format.ts'
import { breachReason, outcomeWords, severityShapes, severityWords } from '../alerts/alert-words.ts'

const facts = (card: ClientCard): (readonly [name: string, value: string])[] =>
  [
    ['Registered', `${formatDay(card.registeredAt)} desk`],
    ['Last seen', `${formatDay(card.lastSeenAt)} ${formatTime(card.lastSeenAt)} desk`],
    ['Last address', card.lastIp],
    ['Status', card.status],
    ['Lead source', card.leadSource],
    ['Agent account', card.agentAccount ? String(card.agentAccount) : ''],
    ['External id', card.externalId],
    ['Comment', card.comment],
  ].filter((pair): pair is [string, string] => Boolean(pair[1]))

const OtherLogins = ({ logins }: { readonly logins: readonly number[] }) => {
  const select = useSelect()
  return (
    <p>
      <span className="muted">Same e-mail or phone: </span>
      {logins.map((login) => (
        <button key={login} type="button" className="button-link other" onClick={() => select({ login })}>
          {login}
        </button>
      ))}
    </p>
  )
}

export const ClientFacts = ({ card }: { readonly card: ClientCard }) => (
  <section aria-label="Account">
    <h3>Account</h3>
    <dl className="facts">
      {facts(card).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
    {card.otherLogins.length > 0 && <OtherLogins logins={card.otherLogins} />}
  </section>
)

export const ClientAlerts = ({ card }: { readonly card: ClientCard }) => (
  <section aria-label="Recent alerts">
    <h3>Recent alerts</h3>
    {card.alerts.length === 0 && <p className="muted">None.</p>}
    <ul className="client-alerts">
      {card.alerts.map((alert) => (
        <li key={alert.id}>
          <span className="muted">
            {formatDay(alert.raisedAt)} {formatTime(alert.raisedAt)} desk
          </span>
          <span>
            <span aria-hidden="true">{severityShapes[alert.severity]}</span> {severityWords[alert.severity]}:{' '}
            {breachReason(alert)}
            {alert.outcome && ` · ${outcomeWords[alert.outcome]}`}
            {alert.note && ` · ${alert.note}`}
          </span>
          <span className={`num ${gainClass(alert.figures.value)}`}>
            {formatAmount(alert.figures.value, alert.figures.currency, true)}
          </span>
        </li>
      ))}
    </ul>
  </section>
)
