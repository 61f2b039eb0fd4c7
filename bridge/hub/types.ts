import type { Seqs } from '../../shared/bridge/protocol.ts'
import type { RecordStream } from '../../shared/bridge/streams.ts'
import type { Clock, Log, Random, Timers } from '../../shared/runtime/ports.ts'
import type { StateHash } from '../../shared/wire/state-hash.ts'
import type { FaultPlan, FaultSwitches } from '../faults/types.ts'
import type { Source } from '../source.ts'
import type { BridgeLimits } from './limits.ts'

/** A manager who may sign in. `groups` is the manager's group mask as MT4 has it. */
export type BridgeCredential = { login: number; password: string; name: string; groups: string }

export type BridgeOptions = {
  source: Source
  /** 0 = any free port. */
  port: number
  /** Default 127.0.0.1. Any other than a loopback address needs `tls` and a token. */
  host?: string
  tls?: { cert: string | Buffer; key: string | Buffer }
  credentials: readonly BridgeCredential[]
  tokens?: readonly string[]
  clock?: Clock
  timers?: Timers
  random?: Random
  /** Unguessable ids (epochs). */
  ids?: () => string
  log?: Log
  limits?: Partial<BridgeLimits>
  faults?: FaultPlan
}

export type DeskStats = {
  id: string
  address: string
  state: 'greeting' | 'signing-in' | 'idle' | 'snapshot' | 'live'
  manager: string
  followId: number
  /** Number of the last frame sent and of the last one acknowledged. */
  lastFrame: number
  acked: number
  inFlightFrames: number
  inFlightBytes: number
  /** Bytes kept for this desk alone: a snapshot chunk that waits for the window, nothing else. */
  heldBytes: number
  snapshots: number
  refused: number
}

export type BridgeCounters = {
  connections: number
  messages: number
  refusedMessages: number
  badSignIns: number
  dropped: number
  commands: number
  repeatedCommands: number
  failedCommands: number
  frames: number
  frameBytes: number
  encodes: number
  snapshots: number
  resumes: number
  overruns: number
  conflations: number
  checkpoints: number
  transactions: number
  ticks: number
  refusedTransactions: number
  refusedTicks: number
}

export type BridgeStats = {
  desks: DeskStats[]
  counters: Readonly<BridgeCounters>
  rows: Record<RecordStream, number>
  journal: { entries: number; bytes: number }
  storedAnswers: number
}

export type Bridge = {
  /** What a Socket.IO client connects to. */
  readonly url: string
  readonly port: number
  readonly epoch: string
  hashes: () => Record<RecordStream, StateHash>
  seqs: () => Seqs
  stats: () => BridgeStats
  readonly faults: FaultSwitches
  /** Says farewell to the desks, closes the sockets and the source. */
  close: () => Promise<void>
}
