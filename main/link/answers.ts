import { RetCode, retName } from '../../shared/mt4/ret-code.ts'
import type { Effect, LinkEvent } from './events.ts'
import {
  type Context,
  follow,
  followAnew,
  lostFrames,
  type Next,
  settle,
  slowly,
  stay,
  wait,
} from './moves.ts'
import { isFlowing, type LinkState } from './state.ts'

export const signInRefused = (
  state: LinkState,
  context: Context,
  code: number,
  message: string,
  ms: number,
): Next => {
  if (code === RetCode.TOO_FREQUENT) {
    const delay = Math.max(context.settings.reconnect.baseMs, ms) + context.roll * 250
    return wait(state, context, 'The bridge asks to wait before signing in again', delay, true)
  }
  const wrong = code === RetCode.BAD_ACCOUNT_INFO
  const reason = wrong ? 'Login or password is wrong' : `Sign-in was refused (${retName(code)}: ${message})`
  return slowly(state, context, reason)
}

export const helloRefused = (state: LinkState, context: Context, code: number, message: string): Next => {
  if (code !== RetCode.OLD_VERSION)
    return wait(state, context, `The bridge refused the greeting (${retName(code)}: ${message})`)
  return slowly(
    state,
    context,
    'The bridge speaks another version of the protocol: update Deskline or the bridge',
  )
}

export const frameCame = (
  state: LinkState,
  context: Context,
  event: Extract<LinkEvent, { type: 'frame' }>,
): Next => {
  const ahead = state.ahead && event.n < state.ahead.frame ? state.ahead : null
  const moved: LinkState = { ...state, ahead, lastHeard: context.now, movedAt: context.now, silent: false }
  if (event.milestone === 'begin') {
    const effects: Effect[] = [{ do: 'count', what: 'snapshots' }]
    if (event.epoch !== state.epoch) effects.push({ do: 'new-epoch', epoch: event.epoch })
    return [{ ...moved, step: { at: 'snapshot' }, epoch: event.epoch, liveSince: 0 }, effects]
  }
  if (event.milestone === 'end')
    return settle({ ...moved, step: { at: 'settling', resumed: false, target: event.n } }, context)
  return stay(moved)
}

export const beatAnswered = (
  state: LinkState,
  context: Context,
  event: Extract<LinkEvent, { type: 'beat' }>,
): Next => {
  const { settings, now } = context
  const heard: LinkState = { ...state, lastHeard: now, silent: false, beatDeadline: 0 }
  if (!event.mine || !isFlowing(state)) return stay(heard)
  const before = state.ahead
  const ahead =
    event.lastFrame <= event.seen
      ? null
      : before
        ? { ...before, beats: before.beats + 1 }
        : { frame: event.lastFrame, since: now, beats: 1 }
  const counted: LinkState = { ...heard, ahead, settled: event.settled }
  if (ahead && ahead.beats > settings.aheadBeats) return lostFrames(counted, context, 'Frames were lost')
  const { step } = counted
  if (step.at !== 'settling' || !step.resumed || step.target !== null) return settle(counted, context)
  if (event.full) return stay({ ...counted, nextBeat: now + settings.ackMs })
  return settle({ ...counted, step: { ...step, target: event.lastFrame } }, context)
}

export const greeted = (
  state: LinkState,
  context: Context,
  event: Extract<LinkEvent, { type: 'hello' }>,
): Next => {
  const next: LinkState = {
    ...state,
    step: { at: 'sign-in', deadline: context.now + context.settings.answerMs },
    epoch: event.epoch,
    pumping: event.pumping,
    bridgeDetail: event.detail,
    lastHeard: context.now,
  }
  const effects: Effect[] = event.epoch === state.epoch ? [] : [{ do: 'new-epoch', epoch: event.epoch }]
  return [next, [...effects, { do: 'sign-in' }]]
}

export const signedIn = (state: LinkState, context: Context): Next => {
  const { now } = context
  const ready = { ...state, signIns: state.signIns + 1, lastHeard: now, nextBeat: now, beatDeadline: 0 }
  const [next, effects] = follow(ready, context)
  const counts: Effect[] = state.signIns > 0 ? [{ do: 'count', what: 'reconnects' }] : []
  return [next, [...counts, { do: 'commands' }, ...effects]]
}

export const followed = (state: LinkState, context: Context, resumed: boolean): Next => {
  const heard = { ...state, lastHeard: context.now, movedAt: context.now, silent: false }
  if (!resumed) return stay({ ...heard, step: { at: 'snapshot' } })
  const settling: LinkState = {
    ...heard,
    step: { at: 'settling', resumed: true, target: null },
    nextBeat: context.now,
  }
  return [settling, [{ do: 'count', what: 'resumes' }]]
}

export const nonsense = (state: LinkState, context: Context, what: string): Next =>
  state.step.at === 'follow'
    ? followAnew(state, context, `The bridge's ${what} made no sense`, false)
    : wait(state, context, `The bridge's ${what} made no sense`)

export const farewell = (state: LinkState, context: Context, code: number, message: string): Next => {
  const reason = `The bridge said goodbye (${message || retName(code)})`
  if (code === RetCode.OLD_VERSION) return slowly(state, context, reason)
  return wait(state, context, reason)
}
