import type { Alert, ClientCard } from '../../../shared/api/models.ts'
import { useDesk } from '../../data/desk-context.ts'
import { useMay } from '../../data/session-store.ts'
import { PhoneIcon } from '../../ui/icons.tsx'
import { ClientClock } from '../client/client-clock.tsx'
import { AlertFigures } from './alert-figures.tsx'
import { markSeen, noteCall } from './alerts-actions.ts'
import { OutcomeForm } from './outcome-form.tsx'

type DetailProps = {
  readonly alert: Alert
  readonly card: ClientCard | null
  readonly cardError: string | null
  readonly formOpen: boolean
  readonly onForm: (open: boolean) => void
  readonly onClient: () => void
  readonly onDone: () => void
}

const CallButtons = ({ alert, card, cardError }: Pick<DetailProps, 'alert' | 'card' | 'cardError'>) => {
  const { client } = useDesk()
  if (!card) return <span className="muted">{cardError ?? 'Looking up the number…'}</span>
  const dialable = card.phones.filter((phone) => phone.uri !== null)
  if (dialable.length === 0) return <span className="muted">No number that can be dialled</span>
  return dialable.map(({ uri, display, e164 }, i) => (
    <a
      key={display}
      className={`button ${i === 0 ? 'button-primary' : ''}`}
      href={uri ?? ''}
      data-call={i === 0}
      onClick={() => void noteCall(client.api, alert.id, e164 ?? display)}
    >
      <PhoneIcon /> Call {display}
    </a>
  ))
}

/** The alert that the cursor stands on: figures then and now, the client's hour, the call and its outcome. */
export const AlertDetail = ({ alert, card, cardError, formOpen, onForm, onClient, onDone }: DetailProps) => {
  const { client } = useDesk()
  const works = useMay('alert:work')
  const contacts = useMay('client:contact')
  return (
    <div className="alert-detail">
      {card && <ClientClock zone={card.timeZone} certain={card.timeZoneCertain} country={card.country} />}
      <div className="alert-actions">
        {contacts && works && <CallButtons alert={alert} card={card} cardError={cardError} />}
        <button type="button" className="button" onClick={onClient}>
          Client
        </button>
        {works && alert.state === 'new' && (
          <button type="button" className="button" onClick={() => void markSeen(client.api, [alert.id])}>
            Seen
          </button>
        )}
        {works && (
          <button type="button" className="button" aria-expanded={formOpen} onClick={() => onForm(!formOpen)}>
            Outcome
          </button>
        )}
      </div>
      {works && formOpen && <OutcomeForm alert={alert} zone={card?.timeZone ?? null} onDone={onDone} />}
      <AlertFigures alert={alert} />
    </div>
  )
}
