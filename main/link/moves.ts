import { backoffMs } from './backoff.ts'
import type { Effect } from './events.ts'
import type { LinkSettings } from './settings.ts'
import type { LinkState, Step } from './state.ts'

/** `roll` is uniform in [0, 1), drawn anew for every event. */
export type Context = { now: number; roll: number; settings: LinkSettings }

export type Next = readonly [state: LinkState, effects: readonly Effect[]]

export const stay = (state: LinkState): Next => [state, []]

const isCalm = (state: LinkState, { now, settings }: Context): boolean =>
  state.step.at === 'following' && state.liveSince > 0 && now - state.liveSince >= settings.calmMs

/** Everything that belongs to one connection, blank. */
export const unconnected = (state: LinkState, step: Step): LinkState => ({
  ...state,
  step,
  connection: state.connection + 1,
  follow: state.follow + 1,
  liveSince: 0,
  silent: false,
  pumping: true,
  bridgeDetail: '',
  beatDeadline: 0,
  ahead: null,
})

export const open = (state: LinkState, { now, settings }: Context): Next => [
  unconnected(state, { at: 'connecting', deadline: now + settings.connectMs }),
  [{ do: 'drop' }, { do: 'unfollow', sound: true }, { do: 'open' }],
]

export const wait = (state: LinkState, context: Context, reason: string, ms?: number, slow = false): Next => {
  const attempts = isCalm(state, context) ? 1 : state.attempts + 1
  const delay = ms ?? backoffMs(attempts, context.roll, context.settings.reconnect)
  const step: Step = { at: 'waiting', until: context.now + delay, reason, slow }
  return [{ ...unconnected(state, step), attempts }, [{ do: 'drop' }, { do: 'unfollow', sound: true }]]
}

export const slowly = (state: LinkState, context: Context, reason: string): Next =>
  wait(state, context, reason, Math.round(context.settings.slowRetryMs * (1 + context.roll)), true)

export const follow = (state: LinkState, { now, settings }: Context): Next => [
  {
    ...state,
    step: { at: 'follow', deadline: now + settings.answerMs },
    follow: state.follow + 1,
    applied: 0,
    ahead: null,
    movedAt: now,
  },
  [{ do: 'follow' }],
]

/** Follows anew: at once the first time, later and later while it keeps failing. */
export const followAnew = (state: LinkState, context: Context, reason: string, sound: boolean): Next => {
  const { now, roll, settings } = context
  const refollows = now - state.refollowedAt >= settings.calmMs ? 1 : state.refollows + 1
  const left: LinkState = { ...state, follow: state.follow + 1, liveSince: 0, refollows, refollowedAt: now }
  const effects: Effect[] = [
    { do: 'count', what: 'resyncs' },
    { do: 'unfollow', sound },
  ]
  if (refollows === 1) {
    const [next, more] = follow(left, context)
    return [next, [...effects, ...more]]
  }
  const until = now + backoffMs(refollows - 1, roll, settings.refollow)
  return [{ ...left, step: { at: 'pausing', until, reason }, ahead: null }, effects]
}

/** A frame is missing; what the sink has is sound. */
export const lostFrames = (state: LinkState, context: Context, reason: string): Next => {
  const [next, effects] = followAnew(state, context, reason, true)
  return [next, [{ do: 'count', what: 'gaps' }, ...effects]]
}

export const beat = (state: LinkState, { now, settings }: Context, answerMs: number): Next => [
  {
    ...state,
    nextBeat: now + settings.beatMs,
    beatDeadline: state.beatDeadline > 0 ? state.beatDeadline : now + answerMs,
  },
  [{ do: 'beat' }],
]

const arrive = (state: LinkState, { now }: Context): Next => [
  { ...state, step: { at: 'following' }, everLive: true, liveSince: now },
  [],
]

/** Live once everything up to the target is applied and shows one moment. */
export const settle = (state: LinkState, context: Context): Next => {
  const { step, applied, settled } = state
  const done = step.at === 'settling' && step.target !== null && applied >= step.target && settled
  return done ? arrive(state, context) : stay(state)
}
