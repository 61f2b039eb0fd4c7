import type { LinkStatus } from '../../shared/api/models.ts'
import type { LinkSettings } from './settings.ts'

/** Inner steps of the link, in the order of a good day. Times are UTC ms. */
export type Step =
  | { at: 'idle' }
  /** No connection; the next attempt is planned. `slow`: not hurried by a wake (the login would be locked). */
  | { at: 'waiting'; until: number; reason: string; slow: boolean }
  | { at: 'connecting'; deadline: number }
  | { at: 'hello'; deadline: number }
  | { at: 'sign-in'; deadline: number }
  /** Signed in; a follow failed and the next one waits its turn. */
  | { at: 'pausing'; until: number; reason: string }
  | { at: 'follow'; deadline: number }
  | { at: 'snapshot' }
  /** All is here up to frame `target` (null: the next beat will tell), but not applied yet. */
  | { at: 'settling'; resumed: boolean; target: number | null }
  | { at: 'following' }

export type LinkState = {
  readonly step: Step
  /** Number of the socket; what older ones still say is ignored. */
  readonly connection: number
  /** Number of the follow, never used twice; what older ones still bring is ignored. */
  readonly follow: number
  /** The sink has had a whole book: from now on figures are old rather than missing. */
  readonly everLive: boolean
  /** Connections ever signed in. */
  readonly signIns: number
  /** Attempts since all was well. */
  readonly attempts: number
  readonly epoch: string
  readonly liveSince: number
  readonly lastHeard: number
  readonly silent: boolean
  /** Whether the bridge itself hears its trade server; and its words about it. */
  readonly pumping: boolean
  readonly bridgeDetail: string
  readonly nextBeat: number
  /** When the unanswered beats end the connection; 0 = none is out. */
  readonly beatDeadline: number
  /** The bridge sent up to `frame`, we have seen less. */
  readonly ahead: { frame: number; since: number; beats: number } | null
  /** Last sign of progress in the flow: a frame came or was applied. */
  readonly movedAt: number
  /** Last frame of this follow that the sink applied, and whether it shows one moment since. */
  readonly applied: number
  readonly settled: boolean
  /** Follows that failed in a row, and when the last one did. */
  readonly refollows: number
  readonly refollowedAt: number
}

export const initialState: LinkState = {
  step: { at: 'idle' },
  connection: 0,
  follow: 0,
  everLive: false,
  signIns: 0,
  attempts: 0,
  epoch: '',
  liveSince: 0,
  lastHeard: 0,
  silent: false,
  pumping: true,
  bridgeDetail: '',
  nextBeat: 0,
  beatDeadline: 0,
  ahead: null,
  movedAt: 0,
  applied: 0,
  settled: true,
  refollows: 0,
  refollowedAt: 0,
}

const signedInSteps = new Set<Step['at']>(['pausing', 'follow', 'snapshot', 'settling', 'following'])

export const isSignedIn = (state: LinkState): boolean => signedInSteps.has(state.step.at)

/** Frames of the current follow are expected. */
export const isFlowing = ({ step }: LinkState): boolean =>
  step.at === 'snapshot' || step.at === 'settling' || step.at === 'following'

/** What the user is told. */
export const phaseOf = (state: LinkState): LinkStatus['phase'] => {
  switch (state.step.at) {
    case 'idle':
      return 'idle'
    case 'waiting':
      return 'offline'
    case 'connecting':
    case 'hello':
    case 'sign-in':
      return 'connecting'
    case 'following':
      return state.silent || !state.pumping ? 'stale' : 'live'
    default:
      return state.everLive ? 'stale' : 'synchronising'
  }
}

/** When frames are missing for good: see `LinkState.ahead`. */
export const aheadDeadline = (state: LinkState, settings: LinkSettings): number =>
  state.ahead ? Math.max(state.ahead.since, state.movedAt) + settings.aheadMs : Infinity

/** The next moment at which time alone changes something; Infinity when nothing waits. */
export const nextDeadline = (state: LinkState, settings: LinkSettings): number => {
  const { step } = state
  const times: number[] = []
  if (step.at === 'waiting' || step.at === 'pausing') times.push(step.until)
  if (step.at === 'connecting' || step.at === 'hello' || step.at === 'sign-in' || step.at === 'follow')
    times.push(step.deadline)
  if (step.at === 'snapshot' || step.at === 'settling') times.push(state.movedAt + settings.stallMs)
  if (isSignedIn(state)) {
    times.push(state.nextBeat)
    if (state.beatDeadline > 0) times.push(state.beatDeadline)
    if (!state.silent) times.push(state.lastHeard + settings.silentMs)
    if (isFlowing(state)) times.push(aheadDeadline(state, settings))
  }
  return Math.min(...times)
}
