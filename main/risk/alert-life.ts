import type { Alert, CallOutcome } from '../../shared/api/models.ts'
import { AlertConflict } from './errors.ts'

const MAX_CALLS = 50
const MAX_NOTE = 2000

const open = (alert: Alert): Alert => {
  if (alert.state === 'done') throw new AlertConflict(alert.id, alert.state)
  return alert
}

/** Notes who looked first. Anything but a new alert stays as it is. */
export const seenAlert = (alert: Alert, by: string, at: number): Alert =>
  alert.state === 'new' ? { ...alert, state: 'seen', seenAt: at, seenBy: by } : alert

/** Notes a call that starts now. The newest 50 calls are kept. @throws AlertConflict on a closed alert */
export const calledAlert = (alert: Alert, number: string, by: string, at: number): Alert => ({
  ...seenAlert(open(alert), by, at),
  state: 'calling',
  calls: [...alert.calls, { startedAt: at, by, number }].slice(-MAX_CALLS),
})

/**
 * Notes what came of it. `call_back` keeps the alert open and remembers when (null = no time agreed); every other
 * outcome closes it. Notes of several outcomes follow each other line by line; beyond 2,000 characters the
 * oldest text goes (the journal keeps it). @throws AlertConflict on a closed alert
 */
export const outcomeAlert = (
  alert: Alert,
  given: { outcome: CallOutcome; note: string; callBackAt: number | null; by: string },
  at: number,
): Alert => {
  const noted: Alert = {
    ...seenAlert(open(alert), given.by, at),
    outcome: given.outcome,
    note: [alert.note, given.note]
      .filter((text) => text !== '')
      .join('\n')
      .slice(-MAX_NOTE),
  }
  return given.outcome === 'call_back'
    ? { ...noted, state: 'seen', callBackAt: given.callBackAt }
    : { ...noted, state: 'done', callBackAt: null, closedAt: at, closedBy: given.by }
}
