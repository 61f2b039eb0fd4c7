import {
  beatAnswered,
  farewell,
  followed,
  frameCame,
  greeted,
  helloRefused,
  nonsense,
  signedIn,
  signInRefused,
} from './answers.ts'
import type { LinkEvent } from './events.ts'
import {
  type Context,
  followAnew,
  lostFrames,
  type Next,
  open,
  settle,
  stay,
  unconnected,
  wait,
} from './moves.ts'
import { isFlowing, isSignedIn, type LinkState } from './state.ts'
import { timeCame, woke } from './time.ts'

/**
 * The link as a state machine: pure, total, and never without a deadline outside `idle`. Events that have no meaning
 * in a step change nothing.
 */
export const reduce = (state: LinkState, event: LinkEvent, context: Context): Next => {
  const { at } = state.step
  if (event.type === 'start') {
    const known = { ...state, everLive: state.everLive || event.held === true }
    return at === 'idle' ? open(known, context) : stay(known)
  }
  if (at === 'idle') return stay(state)
  const connected = at !== 'waiting' && at !== 'connecting'
  switch (event.type) {
    case 'close':
      return [unconnected(state, { at: 'idle' }), [{ do: 'drop' }, { do: 'unfollow', sound: false }]]
    case 'reconnect':
      return open({ ...state, attempts: 0 }, context)
    case 'resync':
      return isSignedIn(state)
        ? followAnew({ ...state, refollowedAt: 0 }, context, 'A fresh copy was asked for', false)
        : [state, [{ do: 'unfollow', sound: false }]]
    case 'wake':
      return woke(state, context)
    case 'time':
      return timeCame(state, context, event.late)
    case 'connected':
      return at === 'connecting'
        ? [
            { ...state, step: { at: 'hello', deadline: context.now + context.settings.answerMs } },
            [{ do: 'hello' }],
          ]
        : stay(state)
    case 'lost':
      return at === 'waiting' ? stay(state) : wait(state, context, event.reason)
    case 'hello':
      return at === 'hello' ? greeted(state, context, event) : stay(state)
    case 'hello-refused':
      return at === 'hello' ? helloRefused(state, context, event.code, event.message) : stay(state)
    case 'signed-in':
      return at === 'sign-in' ? signedIn(state, context) : stay(state)
    case 'sign-in-refused':
      return at === 'sign-in'
        ? signInRefused(state, context, event.code, event.message, event.retryAfterMs)
        : stay(state)
    case 'followed':
      return at === 'follow' ? followed(state, context, event.resumed) : stay(state)
    case 'follow-refused':
      return at === 'follow'
        ? followAnew(state, context, `The bridge refused to send the book (${event.message})`, true)
        : stay(state)
    case 'nonsense':
      return at === 'hello' || at === 'sign-in' || at === 'follow'
        ? nonsense(state, context, event.what)
        : stay(state)
    case 'bridge-status':
      return connected
        ? stay({ ...state, pumping: event.pumping, bridgeDetail: event.detail, lastHeard: context.now })
        : stay(state)
    case 'bye':
      return connected ? farewell(state, context, event.code, event.message) : stay(state)
    case 'heard':
      return connected ? stay({ ...state, lastHeard: context.now, silent: false }) : stay(state)
    case 'frame':
      return isFlowing(state) ? frameCame(state, context, event) : stay(state)
    case 'gap':
      return isFlowing(state) ? lostFrames(state, context, event.reason) : stay(state)
    case 'unsound':
      return isSignedIn(state)
        ? followAnew(state, context, event.reason, false)
        : [state, [{ do: 'unfollow', sound: false }]]
    case 'applied': {
      const applied = { ...state, applied: event.n || state.applied, settled: event.settled }
      return settle({ ...applied, movedAt: context.now }, context)
    }
    case 'beat':
      return isSignedIn(state) ? beatAnswered(state, context, event) : stay(state)
  }
}
