import type { BridgeStatus, Command } from '../shared/bridge/protocol.ts'
import type { ChangeKind } from '../shared/bridge/streams.ts'
import type { GroupRecord, Quote, SymbolRecord, TradeRecord, UserRecord } from '../shared/bridge/tables.ts'

/**
 * Where a bridge gets its world from: the demo broker, a replay, later the Manager API itself. Rows handed over are
 * immutable: a change carries a new object, so the hub can keep what it was given without copying.
 */
export type Change =
  | { stream: 'symbols'; kind: ChangeKind; row: SymbolRecord }
  | { stream: 'groups'; kind: ChangeKind; row: GroupRecord }
  | { stream: 'users'; kind: ChangeKind; row: UserRecord }
  | { stream: 'trades'; kind: ChangeKind; row: TradeRecord }

/** The state a source starts from. Trades: open ones and those closed or booked since the server's day began. */
export type SourceState = {
  symbols: readonly SymbolRecord[]
  groups: readonly GroupRecord[]
  users: Iterable<UserRecord>
  trades: Iterable<TradeRecord>
  quotes: readonly Quote[]
}

/** What a source tells the hub. All calls are synchronous and cheap; the hub never blocks a source. */
export type SourceSink = {
  /** Once, before anything else; again only when the source's world was replaced (the hub starts a new epoch). */
  load: (state: SourceState) => void
  /** Changes that belong together; desks see all of them or none. Transactions arrive in the order of their events. */
  transaction: (changes: readonly Change[]) => void
  /** One tick: `symbol` is SymbolRecord.index, `time` server-local ms. */
  tick: (symbol: number, bid: number, ask: number, time: number) => void
  status: (status: BridgeStatus) => void
}

export type SourceAnswer = { code: number; message: string; data?: unknown }

export type Source = {
  readonly name: string
  /** Server-local time minus UTC, seconds. */
  readonly serverTimeOffset: number
  /** Loads the world into the sink and starts it moving. */
  start: (sink: SourceSink) => Promise<void>
  /** Executes a manager operation; answers a `RET_*` code. Effects reach the sink before the answer. Never throws for bad input. */
  command: (command: Command) => Promise<SourceAnswer>
  close: () => Promise<void>
}
