import { beat, type Context, follow, followAnew, lostFrames, type Next, open, stay, wait } from './moves.ts'
import { aheadDeadline, isFlowing, isSignedIn, type LinkState } from './state.ts'

/** After a sleep the connection is probably dead, and all deadlines are past for no fault of the bridge. */
export const woke = (state: LinkState, context: Context): Next => {
  const { now, settings } = context
  const { step } = state
  if (step.at === 'waiting') return step.slow ? stay(state) : open(state, context)
  if (step.at === 'connecting' || step.at === 'hello' || step.at === 'sign-in')
    return stay({ ...state, step: { ...step, deadline: now + settings.answerMs } })
  if (!isSignedIn(state)) return stay(state)
  const [next, effects] = beat({ ...state, beatDeadline: 0 }, context, settings.verifyMs)
  const silent = now - state.lastHeard >= settings.silentMs
  const kept = step.at === 'follow' ? { ...step, deadline: now + settings.answerMs } : step
  return [{ ...next, step: kept, silent, movedAt: now, ahead: null }, effects]
}

/** Our clock was set back: every deadline has moved away from us, so what was waited for is done now. */
const clockSetBack = (state: LinkState, context: Context): Next => {
  if (state.step.at === 'waiting') return open(state, context)
  if (state.step.at === 'pausing') return follow(state, context)
  return woke({ ...state, lastHeard: Math.min(state.lastHeard, context.now) }, context)
}

const lateAnswer = {
  connecting: 'The bridge could not be reached in time',
  hello: 'The bridge did not answer the greeting',
  'sign-in': 'The bridge did not answer the sign-in',
}

/** What a deadline brings. */
export const timeCame = (state: LinkState, context: Context, late: number): Next => {
  const { now, settings } = context
  const { step } = state
  if (late > settings.lateMs) return woke(state, context)
  if (late < -settings.lateMs) return clockSetBack(state, context)
  if (step.at === 'waiting') return now >= step.until ? open(state, context) : stay(state)
  if (step.at === 'connecting' || step.at === 'hello' || step.at === 'sign-in')
    return now >= step.deadline ? wait(state, context, lateAnswer[step.at]) : stay(state)
  if (!isSignedIn(state)) return stay(state)
  if (state.beatDeadline > 0 && now >= state.beatDeadline)
    return wait(state, context, 'The bridge stopped answering')
  if (step.at === 'pausing' && now >= step.until) return follow(state, context)
  if (step.at === 'follow' && now >= step.deadline)
    return wait(state, context, 'The bridge did not answer the request for the book')
  if (isFlowing(state) && now >= aheadDeadline(state, settings))
    return lostFrames(state, context, 'Frames were lost')
  const stuck = step.at === 'snapshot' || step.at === 'settling'
  if (stuck && now >= state.movedAt + settings.stallMs)
    return followAnew(state, context, 'The book did not get any further', false)
  const heard = now - state.lastHeard < settings.silentMs ? state : { ...state, silent: true }
  return now >= state.nextBeat ? beat(heard, context, settings.beatTimeoutMs) : stay(heard)
}
