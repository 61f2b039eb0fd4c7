import { z } from 'zod'
import { RetCode } from '../mt4/ret-code.ts'

/**
 * Bridge protocol v2 on Socket.IO (written out in docs/bridge.md). Control messages are JSON events with an
 * acknowledgement; data travels as binary frames in the single event `desk:frame`, in order.
 */
export const PROTOCOL_VERSION = 2

export const Event = {
  /** desk → bridge, first message: version negotiation. */
  HELLO: 'desk:hello',
  /** desk → bridge: login and password, or a token. */
  SIGN_IN: 'desk:sign-in',
  /** desk → bridge: start (or start again) the flow of frames. */
  FOLLOW: 'desk:follow',
  /** desk → bridge, no answer: all frames up to `n` of a follow are applied. */
  ACK: 'desk:ack',
  /** desk → bridge: heartbeat. */
  BEAT: 'desk:beat',
  /** desk → bridge: a manager operation. */
  COMMAND: 'desk:command',
  /** bridge → desk: one binary frame. */
  FRAME: 'desk:frame',
  /** bridge → desk: state of the manager connections. */
  STATUS: 'desk:status',
  /** bridge → desk: why the bridge is about to disconnect. */
  BYE: 'desk:bye',
} as const

const count = z.int().min(0)
const text = (max: number) => z.string().max(max)

export const helloSchema = z.object({
  protocolMin: z.int().min(1).max(1000),
  protocolMax: z.int().min(1).max(1000),
  client: text(64),
  clientVersion: text(32),
})
export type Hello = z.infer<typeof helloSchema>

export const statusSchema = z.object({
  /** The three manager connections of §2.1 (direct, pumping, dealing). */
  direct: z.boolean(),
  pumping: z.boolean(),
  dealing: z.boolean(),
  detail: text(200),
})
export type BridgeStatus = z.infer<typeof statusSchema>

export const capabilities = ['ticks', 'trades:commands', 'balance:commands', 'chart', 'history'] as const

export const helloAnswerSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    protocol: z.int().min(1),
    bridge: text(64),
    bridgeVersion: text(32),
    /** New at every start of the bridge's numbering; resuming is possible only within one epoch. */
    epoch: text(64),
    /** UTC milliseconds at the bridge. */
    utc: z.number(),
    /** Server-local time minus UTC, seconds. */
    serverTimeOffset: z.int().min(-86_400).max(86_400),
    capabilities: z.array(text(32)).max(64),
    status: statusSchema,
  }),
  z.object({ ok: z.literal(false), code: z.int(), message: text(200) }),
])
export type HelloAnswer = z.infer<typeof helloAnswerSchema>

export const signInSchema = z.union([
  z.strictObject({ login: z.int().min(1).max(2_147_483_647), password: text(128).min(1) }),
  z.strictObject({ token: text(512).min(1) }),
])
export type SignIn = z.infer<typeof signInSchema>

export const signInAnswerSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    manager: z.object({ login: count, name: text(64), groups: text(1024) }),
  }),
  z.object({ ok: z.literal(false), code: z.int(), message: text(200), retryAfterMs: count }),
])
export type SignInAnswer = z.infer<typeof signInAnswerSchema>

export const seqsSchema = z.object({
  symbols: count,
  groups: count,
  users: count,
  trades: count,
  ticks: count,
})
/** Last number applied in each stream. */
export type Seqs = z.infer<typeof seqsSchema>

export const followSchema = z.object({
  /** Continue behind these numbers if the bridge still has them; else it answers with a snapshot. */
  resume: z.object({ epoch: text(64), seqs: seqsSchema }).optional(),
  /** How many frames and bytes may be under way without an acknowledgement. */
  window: z.object({ frames: z.int().min(1).max(4096), bytes: z.int().min(65_536).max(268_435_456) }),
})
export type Follow = z.infer<typeof followSchema>

export const followAnswerSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    followId: z.int().min(1),
    mode: z.enum(['snapshot', 'resume']),
    epoch: text(64),
  }),
  z.object({ ok: z.literal(false), code: z.int(), message: text(200) }),
])
export type FollowAnswer = z.infer<typeof followAnswerSchema>

export const ackSchema = z.object({ followId: z.int().min(1), n: count })

export const beatSchema = z.object({ sent: z.number() })
export const beatAnswerSchema = z.object({
  sent: z.number(),
  utc: z.number(),
  serverTimeOffset: z.int().min(-86_400).max(86_400),
  followId: count,
  /** Number of the last frame sent in this follow: a desk that has seen less for long has lost one. */
  lastFrame: count,
})
export type BeatAnswer = z.infer<typeof beatAnswerSchema>

const stateHashSchema = z.object({ rows: count, a: count, b: count })

/** Body of SNAPSHOT_BEGIN. */
export const snapshotBeginSchema = z.object({
  epoch: text(64),
  /** Numbers at the cut. Rows may already show later changes; the changes behind these numbers follow and settle it. */
  seqs: seqsSchema,
  rows: z.object({ symbols: count, groups: count, users: count, trades: count, quotes: count }),
  serverTimeOffset: z.int().min(-86_400).max(86_400),
})
export type SnapshotBegin = z.infer<typeof snapshotBeginSchema>

/**
 * Body of SNAPSHOT_END. The rows were read while the server went on, so they become one moment only when the
 * changes up to `settled` were applied: then the desk shows them.
 */
export const snapshotEndSchema = z.object({ settled: seqsSchema })
export type SnapshotEnd = z.infer<typeof snapshotEndSchema>

/** Body of CHECKPOINT: what the state must hash to when everything before this frame was applied. */
export const checkpointSchema = z.object({
  seqs: seqsSchema,
  hashes: z.object({
    symbols: stateHashSchema,
    groups: stateHashSchema,
    users: stateHashSchema,
    trades: stateHashSchema,
  }),
})
export type Checkpoint = z.infer<typeof checkpointSchema>

const requestId = text(64).min(8)
const login = z.int().min(1)
const order = z.int().min(1)
const price = z.number().min(0).max(1e12)
const volume = z.int().min(1).max(1_000_000_000)
const comment = text(31)

/** Manager operations. `requestId` is the idempotency key: the same id is executed once and answered alike. */
export const commandSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('trade:open'),
    requestId,
    login,
    symbol: text(11).min(1),
    cmd: z.int().min(0).max(5),
    volume,
    price,
    sl: price,
    tp: price,
    comment,
  }),
  z.strictObject({ type: z.literal('trade:close'), requestId, order, volume, price }),
  z.strictObject({ type: z.literal('trade:modify'), requestId, order, price, sl: price, tp: price }),
  z.strictObject({ type: z.literal('trade:delete'), requestId, order }),
  z.strictObject({ type: z.literal('trade:comment'), requestId, order, comment }),
  z.strictObject({
    type: z.literal('balance:deposit'),
    requestId,
    login,
    amount: z.number().positive().max(1e12),
    comment,
  }),
  z.strictObject({
    type: z.literal('balance:withdraw'),
    requestId,
    login,
    amount: z.number().positive().max(1e12),
    comment,
  }),
  z.strictObject({
    type: z.literal('credit:in'),
    requestId,
    login,
    amount: z.number().positive().max(1e12),
    comment,
  }),
  z.strictObject({
    type: z.literal('credit:out'),
    requestId,
    login,
    amount: z.number().positive().max(1e12),
    comment,
  }),
  /** Bars of a symbol, newest last (ChartRequest, range-last). */
  z.strictObject({
    type: z.literal('chart:request'),
    requestId,
    symbol: text(11).min(1),
    period: z.int().min(1).max(43_200),
    count: z.int().min(1).max(5000),
  }),
  /** Closed trades and money operations of one account (TradesUserHistory), server-local seconds. */
  z.strictObject({ type: z.literal('trade:history'), requestId, login, from: count, to: count }),
])
export type Command = z.infer<typeof commandSchema>

export const commandAnswerSchema = z.object({
  requestId,
  /** `RET_*`; OK and OK_NONE are success, 142 and 143 progress, the rest failures. */
  code: z.int(),
  message: text(300),
  data: z.unknown().optional(),
})
export type CommandAnswer = z.infer<typeof commandAnswerSchema>

/** `data` of an OK answer to `chart:request`: bars in columns, `time` in server-local seconds. */
export const chartDataSchema = z.object({
  digits: z.int().min(0).max(8),
  time: z.array(z.int()),
  open: z.array(z.number()),
  high: z.array(z.number()),
  low: z.array(z.number()),
  close: z.array(z.number()),
})
export type ChartData = z.infer<typeof chartDataSchema>

export const isSuccess = (code: number): boolean => code === RetCode.OK || code === RetCode.OK_NONE

export const byeSchema = z.object({ code: z.int(), message: text(200) })
export type Bye = z.infer<typeof byeSchema>
