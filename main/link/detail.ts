import { type LinkState, phaseOf } from './state.ts'

export type DetailFacts = { url: string; now: number; rows: readonly [received: number, expected: number] }

const count = new Intl.NumberFormat('en-GB')

const inTime = (until: number, now: number): string => {
  const seconds = Math.max(0, Math.ceil((until - now) / 1000))
  return seconds === 0 ? 'now' : `in ${seconds} s`
}

const attempt = (state: LinkState): string => (state.attempts > 0 ? `, attempt ${state.attempts + 1}` : '')

const following = (state: LinkState, now: number): string => {
  if (state.silent) {
    const seconds = Math.max(0, Math.round((now - state.lastHeard) / 1000))
    return `Nothing heard for ${seconds} s: figures are old; the connection is being checked.`
  }
  if (!state.pumping) {
    const why = state.bridgeDetail ? ` (${state.bridgeDetail})` : ''
    return `The bridge has lost its trade server${why}: figures are old until it is back.`
  }
  return 'Live: every change shows as it happens.'
}

/** One plain sentence: what is happening or what failed, and what comes next. */
export const detailOf = (state: LinkState, { url, now, rows }: DetailFacts): string => {
  const { step } = state
  const old = phaseOf(state) === 'stale' ? '; the figures shown are older' : ''
  switch (step.at) {
    case 'idle':
      return 'Not connected; nothing is planned.'
    case 'waiting':
      return `${step.reason}; trying again ${inTime(step.until, now)}.`
    case 'connecting':
      return `Connecting to ${url}${attempt(state)}; signing in comes next.`
    case 'hello':
      return 'Connected; agreeing on the protocol, then signing in.'
    case 'sign-in':
      return 'Signing in; the book comes next.'
    case 'pausing':
      return `${step.reason}; asking for the book again ${inTime(step.until, now)}${old}.`
    case 'follow':
      return `Signed in; asking for the book${old}.`
    case 'snapshot':
      return `Receiving the book, ${count.format(rows[0])} of ${count.format(rows[1])} rows${old}.`
    case 'settling':
      return step.resumed
        ? `Catching up on what was missed${old}.`
        : `Applying what changed meanwhile, then live${old}.`
    case 'following':
      return following(state, now)
  }
}
