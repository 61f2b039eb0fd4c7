import type { Entry } from './types.ts'
import { MAX_WAIT_MS } from './wait.ts'

export type Step =
  /** `memory`: whose it is that would know the key again. */
  | { do: 'send'; memory: string }
  | { do: 'look' }
  /** It is said to be on its way, and nobody is sending it: nobody knows what came of it. */
  | { do: 'lost' }
  | { do: 'expire' }
  /** So many ms. */
  | { do: 'wait'; ms: number }
  /** Until a person, or the answer, moves it. */
  | { do: 'rest' }

export type Facts = {
  readonly now: number
  readonly memory: string
  readonly remembersMs: number
}

/**
 * What the head of a lane needs now: pure. One whose outcome is unknown is simply sent again while the other end
 * surely remembers its key, and would answer as it did; after that its effect is looked for first. A wait that is longer
 * than any we set means that the clock was put back.
 */
export const nextStep = (entry: Entry, { now, memory, remembersMs }: Facts): Step => {
  const { state, hold, notAfter, nextAt } = entry
  if (state === 'sending') return { do: 'lost' }
  if (hold || (state !== 'pending' && state !== 'sent')) return { do: 'rest' }
  const late = notAfter !== null && now > notAfter
  if (state === 'pending' && late) return { do: 'expire' }
  const ms = nextAt - now
  if (ms > 0 && ms <= MAX_WAIT_MS) return { do: 'wait', ms }
  if (state === 'pending') return { do: 'send', memory }
  const age = now - entry.sentAt
  const remembered = memory !== '' && memory === entry.memory && age >= 0 && age < remembersMs
  return remembered && !entry.doubted && !late ? { do: 'send', memory } : { do: 'look' }
}
