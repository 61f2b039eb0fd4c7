import type { Verdict } from '../../../shared/bridge/verdict.ts'
import type { Entry } from './types.ts'

/** What came of handing a command over. */
export type Sent =
  | { kind: 'answered'; verdict: Verdict; reason: string; answer: unknown }
  /** Nothing went out. */
  | { kind: 'offline'; reason: string }
  /** It went out, and no answer came or will come. */
  | { kind: 'lost'; reason: string }

/** What came of looking for the effect of a command whose answer was lost. */
export type Seen =
  | { kind: 'found'; answer: unknown }
  /** It is not there, and cannot come any more. */
  | { kind: 'absent' }
  /** It could not be told now; it can be asked again. */
  | { kind: 'unclear'; reason: string }
  /** Nobody but a person can tell. */
  | { kind: 'impossible'; reason: string }

/** The way out of one channel. Its promises never reject. */
export type Sender = {
  readonly ready: () => boolean
  /** Called when it became ready; answers an unsubscribe. */
  readonly onChange: (fn: () => void) => () => void
  /** Names whoever remembers keys at the other end; another name means that what it knew is forgotten. */
  readonly memory: () => string
  /** A key is remembered for at least this long after it came (ms). */
  readonly remembersMs: number
  /** Hands it over only to the memory it was written down for (`entry.memory`), else it is `offline`. */
  readonly send: (entry: Entry) => Promise<Sent>
  /** Answers `absent` only when nothing of what went out can still be on its way. */
  readonly look: (entry: Entry) => Promise<Seen>
}

/** The id a command goes out under. Once it is known that it was not executed under one, the next try has another. */
export const requestIdOf = ({ key, turn }: Pick<Entry, 'key' | 'turn'>): string =>
  turn === 0 ? key : `${key}/${turn}`
