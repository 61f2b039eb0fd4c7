import type { ClientCard } from '../../../shared/api/models.ts'
import { alertsNow } from '../../data/alerts-store.ts'
import { useDesk } from '../../data/desk-context.ts'
import { useMay } from '../../data/session-store.ts'
import { PhoneIcon } from '../../ui/icons.tsx'
import { noteCall } from '../alerts/alerts-actions.ts'
import { ClientClock } from './client-clock.tsx'

const place = ({ address, zipCode, city, state, country }: ClientCard): string =>
  [address, [zipCode, city].filter(Boolean).join(' '), state, country].filter(Boolean).join(', ')

/** Where the client is, what time it is there, and how to reach them. */
export const ClientContact = ({ card }: { readonly card: ClientCard }) => {
  const { client } = useDesk()
  const contacts = useMay('client:contact')

  /** A call from the card belongs to the client's open alert, if there is one. */
  const onCall = (number: string): void => {
    const alert = alertsNow().open.find(({ login }) => login === card.login)
    if (alert) void noteCall(client.api, alert.id, number)
  }

  return (
    <section className="client-contact" aria-label="Contact">
      <ClientClock zone={card.timeZone} certain={card.timeZoneCertain} country={card.country} />
      <p>{place(card) || <span className="muted">No address</span>}</p>
      <div className="client-phones">
        {card.phones.length === 0 && <span className="muted">No telephone number</span>}
        {card.phones.map(({ raw, display, uri, e164 }) =>
          uri && contacts ? (
            <a key={raw} className="button" href={uri} onClick={() => onCall(e164 ?? display)}>
              <PhoneIcon /> Call {display}
            </a>
          ) : (
            <span key={raw}>
              {display || raw} {!uri && <span className="muted">(cannot be dialled)</span>}
            </span>
          ),
        )}
        {card.email && contacts && (
          <a className="button" href={`mailto:${encodeURIComponent(card.email).replace('%40', '@')}`}>
            {card.email}
          </a>
        )}
        {card.email && !contacts && <span>{card.email}</span>}
      </div>
    </section>
  )
}
