import { type FormEvent, useId, useState } from 'react'
import { type Alert, callOutcomes } from '../../../shared/api/models.ts'
import { useDesk } from '../../data/desk-context.ts'
import { utcToZoned, zonedToUtc } from '../../data/local-time.ts'
import { useSecond } from '../../data/use-second.ts'
import { deskZone, formatAge, formatMinute } from '../../ui/format.ts'
import { SaveKeys } from '../../ui/save-keys.tsx'
import { useIntoView } from '../../ui/use-into-view.ts'
import { outcomeWords } from './alert-words.ts'
import { noteOutcome } from './alerts-actions.ts'
import { changeDraft, dropDraft, useDraft } from './outcome-drafts.ts'
import '../../ui/outcome-choices.css'

type FormProps = {
  readonly alert: Alert
  /** The client's zone; the desk's where it is not known. */
  readonly zone: string | null
  readonly onDone: () => void
}

const CallTimer = ({ alert }: { readonly alert: Alert }) => {
  const now = useSecond()
  const call = alert.calls.at(-1)
  if (!call || alert.state !== 'calling') return null
  return (
    <p className="outcome-call">
      Calling {call.number}, for {formatAge(Math.max(0, now - call.startedAt))}
    </p>
  )
}

const CallBack = ({ id, zone, value }: { id: string; zone: string | null; value: string }) => {
  const where = zone ?? deskZone
  const at = zonedToUtc(value, where)
  const inputId = useId()
  const line = useIntoView<HTMLDivElement>()
  return (
    <div ref={line} className="outcome-back">
      <label htmlFor={inputId}>Call back at, {zone ? 'client’s time' : 'desk’s time'}</label>
      <input
        id={inputId}
        type="datetime-local"
        className="field"
        required
        value={value}
        onChange={(event) => changeDraft(id, { callBackLocal: event.target.value })}
      />
      {at !== null && zone && (
        <span className="muted small">
          {formatMinute(at, zone)} there is {formatMinute(at)} at this desk
        </span>
      )}
    </div>
  )
}

/** What came of the call: outcome by number key, a note, and when to call back. */
export const OutcomeForm = ({ alert, zone, onDone }: FormProps) => {
  const { client } = useDesk()
  const draft = useDraft(alert.id)
  const [busy, setBusy] = useState(false)
  const noteId = useId()
  const callsBack = draft.outcome === 'call_back'
  const backAt = callsBack ? zonedToUtc(draft.callBackLocal, zone ?? deskZone) : null
  const form = useIntoView<HTMLFormElement>()
  const ready = draft.outcome !== null && (!callsBack || backAt !== null)

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (!ready || draft.outcome === null || busy) return
    setBusy(true)
    const { outcome, note } = draft
    const saved = await noteOutcome(client.api, {
      id: alert.id,
      outcome,
      note: note.trim(),
      callBackAt: backAt,
    })
    setBusy(false)
    if (!saved) return
    dropDraft(alert.id)
    onDone()
  }

  return (
    <form
      ref={form}
      className="outcome"
      aria-label="Outcome of the call"
      onSubmit={(event) => void submit(event)}
    >
      <CallTimer alert={alert} />
      <div className="outcome-choices" role="radiogroup" aria-label="Outcome">
        {callOutcomes.map((outcome, i) => (
          <label key={outcome} className="outcome-choice" data-chosen={draft.outcome === outcome}>
            <input
              type="radio"
              name={`outcome-${alert.id}`}
              className="visually-hidden"
              checked={draft.outcome === outcome}
              onChange={() => chooseOutcome(alert.id, outcome, zone)}
            />
            <kbd>{i + 1}</kbd> {outcomeWords[outcome]}
          </label>
        ))}
      </div>
      {callsBack && <CallBack id={alert.id} zone={zone} value={draft.callBackLocal} />}
      <label htmlFor={noteId} className="visually-hidden">
        Note
      </label>
      <textarea
        id={noteId}
        className="field"
        rows={2}
        maxLength={2000}
        placeholder="Note: what was said, what comes next"
        value={draft.note}
        onChange={(event) => changeDraft(alert.id, { note: event.target.value })}
      />
      <div className="outcome-end">
        <button type="submit" className="button button-primary" disabled={!ready || busy}>
          {busy ? 'Saving…' : callsBack ? 'Save call back' : 'Save and close alert'}
        </button>
        <SaveKeys />
      </div>
    </form>
  )
}

/** Chooses an outcome; a call back starts at the next morning at ten where the client is. */
export const chooseOutcome = (id: string, outcome: Alert['outcome'], zone: string | null): void => {
  const tomorrow = utcToZoned(Date.now() + 86_400_000, zone ?? deskZone).slice(0, 10)
  changeDraft(id, outcome === 'call_back' ? { outcome, callBackLocal: `${tomorrow}T10:00` } : { outcome })
}
