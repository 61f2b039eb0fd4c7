import type { Alert } from '../../../shared/api/models.ts'

export type SoundPlan = 'repeat' | 'once' | 'none'

/**
 * Critical alerts sound until seen, a warning once when it is raised, a notice never. Quiet while muted and while the
 * person is on a call. `fresh`: ids that were not known a moment ago.
 */
export const soundPlan = (
  open: readonly Alert[],
  fresh: ReadonlySet<string>,
  quiet: { readonly muted: boolean; readonly onCall: boolean },
): SoundPlan => {
  if (quiet.muted || quiet.onCall) return 'none'
  const unseen = open.filter((alert) => alert.state === 'new')
  if (unseen.some((alert) => alert.severity === 'critical')) return 'repeat'
  return unseen.some((alert) => alert.severity === 'warning' && fresh.has(alert.id)) ? 'once' : 'none'
}

/** Calls older than this without an outcome were forgotten, not long. */
const LONGEST_CALL_MS = 2 * 3_600_000

/** Whether this person has a call under way: started by them, no outcome yet. */
export const isOnCall = (open: readonly Alert[], user: string, now: number): boolean =>
  open.some((alert) => {
    const last = alert.calls.at(-1)
    return alert.state === 'calling' && last?.by === user && now - last.startedAt < LONGEST_CALL_MS
  })
