import type { LinkStatus } from '../../shared/api/models.ts'
import type { Command, CommandAnswer, Seqs, SignIn } from '../../shared/bridge/protocol.ts'

/** The live connection to the manager side. Frames go to a `FrameSink` (the book). */
export type Link = {
  /**
   * `held`: a whole book that the sink has already; the bridge is asked to go on behind it. Said again of a book that
   * came late, it counts if nothing was followed yet.
   */
  start: (held?: HeldBook) => void
  status: () => LinkStatus
  /** Called at every change of phase and at most four times a second otherwise. Answers an unsubscribe. */
  onStatus: (fn: (status: LinkStatus) => void) => () => void
  /** Drops the connection and connects at once. */
  reconnect: () => void
  /** Asks for a fresh snapshot. */
  resync: () => void
  /** The machine woke from sleep: verify the connection now instead of waiting for a beat. */
  wake: () => void
  /** @throws LinkOffline, OutcomeUnknown */
  command: (command: Command) => Promise<CommandAnswer>
  close: () => Promise<void>
}

/** Numbers of a whole book, and the epoch they belong to. `serverTimeOffset`: server-local time minus UTC, seconds. */
export type HeldBook = { readonly epoch: string; readonly seqs: Seqs; readonly serverTimeOffset: number }

export type LinkCredentials = SignIn
