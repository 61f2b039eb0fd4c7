import type { Verdict } from '../../../shared/bridge/verdict.ts'
import type { OutboxChannel, OutgoingCommand } from '../../../shared/outbox/outgoing.ts'
import type { OutboxState } from '../../../shared/outbox/rows.ts'

/** A command as the outbox keeps it. Times are UTC ms. */
export type Entry = {
  readonly key: string
  readonly seq: number
  readonly place: number
  readonly channel: OutboxChannel
  readonly lane: string
  readonly command: OutgoingCommand['command']
  /** A failure of it stops its lane (`holdsLane`). */
  readonly holds: boolean
  readonly state: OutboxState
  readonly hold: boolean
  /** It went out at least once and nobody knows what came of it. */
  readonly unsure: boolean
  /** The answer itself left the outcome open; asking again would be answered alike. */
  readonly doubted: boolean
  readonly attempts: number
  /** How often it turned out not to have been executed: each time it goes out under another request id (`requestIdOf`). */
  readonly turn: number
  readonly sentAt: number
  /** Whose memory it was sent into: who would know the key again. */
  readonly memory: string
  readonly nextAt: number
  readonly notAfter: number | null
  readonly reason: string
  readonly answer: unknown
  readonly by: string
  readonly at: number
  readonly doneAt: number | null
  readonly collection: string
  readonly document: string
  readonly retryOf: string | null
  readonly retriedBy: string | null
  readonly rev: number
}

/** What happens to an entry. `by` is a person. */
export type Move =
  | { do: 'send'; at: number; memory: string }
  /** It could not be handed over: nothing went out. */
  | { do: 'unsent'; at: number; reason: string; nextAt: number }
  | { do: 'answered'; at: number; verdict: Verdict; reason: string; answer: unknown; nextAt: number }
  | { do: 'lost'; at: number; reason: string; nextAt: number }
  /** What looking for its effect brought. */
  | { do: 'found'; at: number; answer: unknown }
  | { do: 'absent'; at: number; reason: string }
  | { do: 'unclear'; at: number; reason: string; nextAt: number }
  | { do: 'ask-person'; at: number; reason: string }
  | { do: 'expire'; at: number }
  | { do: 'cancel'; at: number; by: string }
  | { do: 'retry'; at: number; by: string }
  /** A failed one is let go, so that its lane goes on. */
  | { do: 'release'; at: number; by: string }
  /** A person looked: it was executed, or it was not. */
  | { do: 'settle'; at: number; by: string; executed: boolean }

/** The entry's changed fields, or why the move has no meaning now. `again`: a new entry under this key repeats it. */
export type Moved =
  | { ok: true; entry: Entry; again?: { key: string; notAfter: number | null } }
  | { ok: false; why: string }
