import { useId } from 'react'
import { type ClientCard, callOutcomes } from '../../../../shared/api/models.ts'
import { alertsNow } from '../../../data/alerts-store.ts'
import { useDesk } from '../../../data/desk-context.ts'
import { utcToZoned, zonedToUtc } from '../../../data/local-time.ts'
import { deskZone, formatMinute } from '../../../ui/format.ts'
import { SaveKeys } from '../../../ui/save-keys.tsx'
import { outcomeWords } from '../../alerts/alert-words.ts'
import { useSaving } from '../use-saving.ts'
import { secondsOf } from './timeline-words.ts'
import { changeWork, dropCall, useWorkDraft } from './work-drafts.ts'
import '../../../ui/outcome-choices.css'

const tomorrowAtTen = (zone: string): string =>
  `${utcToZoned(Date.now() + 86_400_000, zone).slice(0, 10)}T10:00`

type CallBackProps = { readonly card: ClientCard; readonly value: string }

const CallBack = ({ card, value }: CallBackProps) => {
  const id = useId()
  const at = zonedToUtc(value, card.timeZone ?? deskZone)
  return (
    <div className="work-line">
      <label htmlFor={id}>Call back at, {card.timeZone ? 'client’s time' : 'desk’s time'}</label>
      <input
        id={id}
        type="datetime-local"
        className="field"
        required
        value={value}
        onChange={(event) => changeWork(card.login, { callBackLocal: event.target.value })}
      />
      {at !== null && card.timeZone && <span className="muted small">{formatMinute(at)} at this desk</span>}
    </div>
  )
}

/** Logs a call that was made or taken: outcome first, then what was said and what comes next. */
export const CallForm = ({ card }: { readonly card: ClientCard }) => {
  const { client } = useDesk()
  const { login, phones } = card
  const draft = useWorkDraft(login)
  const id = useId()
  const zone = card.timeZone ?? deskZone
  const seconds = secondsOf(draft.minutes)
  const backAt = draft.outcome === 'call_back' ? zonedToUtc(draft.callBackLocal, zone) : 0
  const numbers = phones.map(({ e164, raw }) => e164 ?? raw)

  const { outcome: chosen } = draft
  const save =
    chosen === null || seconds === null || backAt === null
      ? null
      : async (): Promise<void> => {
          await client.api.interactions.call({
            about: { login },
            at: draft.startedAt || Date.now(),
            number: draft.number || (numbers[0] ?? ''),
            direction: draft.direction,
            outcome: chosen,
            durationSeconds: seconds,
            text: draft.call.trim(),
            callBackAt: backAt,
            alert: alertsNow().open.find((alert) => alert.login === login)?.id ?? '',
          })
          dropCall(login)
        }
  const { busy, failure, submit } = useSaving(save)

  return (
    <form className="work-form" aria-label="Log a call" onSubmit={submit}>
      <div className="outcome-choices" role="radiogroup" aria-label="Outcome">
        {callOutcomes.map((outcome, i) => (
          <label key={outcome} className="outcome-choice" data-chosen={draft.outcome === outcome}>
            <input
              type="radio"
              name={`${id}-outcome`}
              className="visually-hidden"
              // The form was opened by the person who now chooses.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus={i === 0}
              checked={draft.outcome === outcome}
              onChange={() =>
                changeWork(
                  login,
                  outcome === 'call_back' ? { outcome, callBackLocal: tomorrowAtTen(zone) } : { outcome },
                )
              }
            />
            {outcomeWords[outcome]}
          </label>
        ))}
      </div>
      {draft.outcome === 'call_back' && <CallBack card={card} value={draft.callBackLocal} />}
      <div className="work-line">
        <label>
          <span>Direction</span>
          <select
            className="field"
            value={draft.direction}
            onChange={(event) => changeWork(login, { direction: event.target.value === 'in' ? 'in' : 'out' })}
          >
            <option value="out">We called</option>
            <option value="in">They called</option>
          </select>
        </label>
        {phones.length > 0 && (
          <label>
            <span>Number</span>
            <select
              className="field"
              value={draft.number || numbers[0]}
              onChange={(event) => changeWork(login, { number: event.target.value })}
            >
              {phones.map(({ raw, display }, i) => (
                <option key={raw} value={numbers[i]}>
                  {display || raw}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          <span>Minutes</span>
          <input
            className="field work-minutes"
            inputMode="decimal"
            aria-invalid={seconds === null}
            value={draft.minutes}
            onChange={(event) => changeWork(login, { minutes: event.target.value })}
          />
        </label>
      </div>
      <label htmlFor={`${id}-text`} className="visually-hidden">
        What was said
      </label>
      <textarea
        id={`${id}-text`}
        className="field"
        rows={2}
        maxLength={20_000}
        placeholder="What was said, what comes next"
        value={draft.call}
        onChange={(event) => changeWork(login, { call: event.target.value })}
      />
      {failure && (
        <p className="work-failure" role="alert">
          The call was not saved; what you wrote is still here. {failure}
        </p>
      )}
      <div className="work-end">
        <button type="submit" className="button button-primary" disabled={busy || save === null}>
          {busy ? 'Saving…' : 'Save call'}
        </button>
        <button type="button" className="button" onClick={() => changeWork(login, { open: null })}>
          Close
        </button>
        <SaveKeys />
      </div>
    </form>
  )
}
