import type { LinkStatus } from '../../shared/api/models.ts'
import type { ClockEstimate } from './clock-filter.ts'
import { detailOf } from './detail.ts'
import type { Meters } from './meters.ts'
import { type LinkState, phaseOf } from './state.ts'

export type StatusFacts = {
  state: LinkState
  url: string
  now: number
  rows: readonly [received: number, expected: number]
  estimate: ClockEstimate
  facts: { bridge: string; serverTimeOffset: number; lagMs: number }
  meters: Meters
}

const progressOf = ({ step }: LinkState, [received, expected]: readonly [number, number]): number => {
  if (step.at === 'settling' || step.at === 'following') return 1
  return step.at === 'snapshot' && expected > 0 ? Math.min(1, received / expected) : 0
}

/** The link as the user sees it. */
export const statusOf = ({ state, url, now, rows, estimate, facts, meters }: StatusFacts): LinkStatus => ({
  phase: phaseOf(state),
  detail: detailOf(state, { url, now, rows }),
  progress: progressOf(state, rows),
  rowsReceived: rows[0],
  rowsExpected: rows[1],
  bridge: facts.bridge,
  url,
  epoch: state.epoch,
  serverTimeOffset: facts.serverTimeOffset,
  clockOffset: estimate.offset,
  roundTripMs: estimate.roundTrip,
  lagMs: facts.lagMs,
  lastHeard: state.lastHeard,
  liveSince: state.liveSince,
  nextAttempt: state.step.at === 'waiting' ? state.step.until : 0,
  attempts: state.step.at === 'following' ? 0 : state.attempts,
  counters: { ...meters.counters },
  lastRefusal: meters.lastRefusal(),
})
