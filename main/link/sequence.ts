import {
  type Checkpoint,
  checkpointSchema,
  type Seqs,
  type SnapshotBegin,
  snapshotBeginSchema,
  snapshotEndSchema,
} from '../../shared/bridge/protocol.ts'
import { type RecordStream, recordStreams, StreamId, streamName } from '../../shared/bridge/streams.ts'
import { WireError, type WireFault } from '../../shared/wire/errors.ts'
import { readJson } from '../../shared/wire/frames.ts'
import { type FrameHeader, FrameType } from '../../shared/wire/header.ts'

/** Parts of a snapshot in the order in which they are sent. */
export const snapshotParts = [...recordStreams, 'quotes'] as const

export type SnapshotProgress = {
  readonly expected: SnapshotBegin['rows']
  readonly received: SnapshotBegin['rows']
  /** Index in `snapshotParts` of the part that is arriving. */
  readonly part: number
}

/** How far one follow has come. Every number here is of frames handed on, in order. */
export type Order = {
  /** The bridge's number of the follow. */
  readonly followId: number
  /** Last frame. */
  readonly n: number
  readonly epoch: string
  /** Last number of each stream; null until the snapshot has begun. */
  readonly seqs: Seqs | null
  /** Null unless between BEGIN and END. */
  readonly snapshot: SnapshotProgress | null
}

export type Milestone = 'begin' | 'end' | 'checkpoint'

export type Verdict =
  /** Of another follow, most likely the one before: none of our business. */
  | { kind: 'foreign' }
  | { kind: 'duplicate' }
  /** Something is missing; what we have is sound. */
  | { kind: 'gap'; detail: string }
  /** In order, but not what the protocol allows here. */
  | { kind: 'refused'; fault: WireFault; detail: string }
  /** The checkpoint's numbers are not ours. */
  | { kind: 'mismatch'; detail: string }
  | { kind: 'next'; order: Order; milestone?: Milestone }

const refused = (fault: WireFault, detail: string): Verdict => ({ kind: 'refused', fault, detail })

const body = <T>(
  frame: Uint8Array<ArrayBuffer>,
  schema: { safeParse: (value: unknown) => { success: true; data: T } | { success: false } },
): T | WireError => {
  try {
    const parsed = schema.safeParse(readJson(frame))
    return parsed.success ? parsed.data : new WireError('BAD_VALUE', 'the body does not fit its schema')
  } catch (error) {
    return error instanceof WireError ? error : new WireError('BAD_JSON', String(error))
  }
}

const beginning = (order: Order, frame: Uint8Array<ArrayBuffer>): Verdict => {
  const begin = body(frame, snapshotBeginSchema)
  if (begin instanceof WireError) return refused(begin.fault, `SNAPSHOT_BEGIN: ${begin.message}`)
  const received = { symbols: 0, groups: 0, users: 0, trades: 0, quotes: 0 }
  const snapshot = { expected: begin.rows, received, part: 0 }
  return {
    kind: 'next',
    order: { ...order, epoch: begin.epoch, seqs: begin.seqs, snapshot },
    milestone: 'begin',
  }
}

/** Symbols are numbered in 16 bits; one that was added after the cut may bring a quote more than announced. */
const MAX_QUOTES = 0x1_0000

/**
 * Rows come part by part, in order and without holes. A part may end short of what was announced: records that were
 * deleted after the cut are not there to be read any more.
 */
const rows = (order: Order, header: FrameHeader): Verdict => {
  const { snapshot } = order
  if (!snapshot) return refused('BAD_TYPE', 'SNAPSHOT_ROWS outside a snapshot')
  const part = header.stream === StreamId.ticks ? snapshotParts.length - 1 : header.stream - 1
  const name = snapshotParts[part]
  if (!name) return refused('BAD_VALUE', `SNAPSHOT_ROWS of stream ${header.stream}`)
  if (part < snapshot.part) return refused('BAD_VALUE', `rows of ${name} out of turn`)
  const had = snapshot.received[name]
  if (header.first !== had)
    return refused('BAD_VALUE', `rows of ${name} start at ${header.first}, not ${had}`)
  const now = had + header.rows
  const most = name === 'quotes' ? MAX_QUOTES : snapshot.expected[name]
  if (now > most) return refused('BAD_VALUE', `${now} rows of ${name}, announced were ${most}`)
  const received = { ...snapshot.received, [name]: now }
  return { kind: 'next', order: { ...order, snapshot: { ...snapshot, received, part } } }
}

const ending = (order: Order, frame: Uint8Array<ArrayBuffer>): Verdict => {
  const { snapshot, seqs } = order
  if (!snapshot || !seqs) return refused('BAD_TYPE', 'SNAPSHOT_END outside a snapshot')
  const end = body(frame, snapshotEndSchema)
  if (end instanceof WireError) return refused(end.fault, `SNAPSHOT_END: ${end.message}`)
  return { kind: 'next', order: { ...order, snapshot: null }, milestone: 'end' }
}

const stream = (order: Order, header: FrameHeader): Verdict => {
  const { seqs } = order
  if (!seqs) return refused('BAD_TYPE', `frame type ${header.type} before the snapshot began`)
  const name = streamName(header.stream)
  const ticks = header.type !== FrameType.CHANGES
  if (!name || (name === 'ticks') !== ticks)
    return refused('BAD_VALUE', `frame type ${header.type} of stream ${header.stream}`)
  const last = seqs[name]
  if (header.type === FrameType.QUOTES) {
    if (header.first < last) return { kind: 'gap', detail: `quotes at tick ${header.first} behind ${last}` }
    return { kind: 'next', order: { ...order, seqs: { ...seqs, ticks: header.first } } }
  }
  if (header.first !== last + 1)
    return { kind: 'gap', detail: `${name} go on at ${header.first}, expected was ${last + 1}` }
  return { kind: 'next', order: { ...order, seqs: { ...seqs, [name]: last + header.rows } } }
}

const differs = (checkpoint: Checkpoint, seqs: Seqs): RecordStream | undefined =>
  recordStreams.find((name) => checkpoint.seqs[name] !== seqs[name])

const checkpoint = (order: Order, frame: Uint8Array<ArrayBuffer>): Verdict => {
  const { seqs, snapshot } = order
  if (!seqs || snapshot) return refused('BAD_TYPE', 'CHECKPOINT inside a snapshot')
  const point = body(frame, checkpointSchema)
  if (point instanceof WireError) return refused(point.fault, `CHECKPOINT: ${point.message}`)
  const name = differs(point, seqs)
  if (name)
    return {
      kind: 'mismatch',
      detail: `${name} stand at ${seqs[name]}, at the bridge at ${point.seqs[name]}`,
    }
  return { kind: 'next', order, milestone: 'checkpoint' }
}

const content = (order: Order, header: FrameHeader, frame: Uint8Array<ArrayBuffer>): Verdict => {
  switch (header.type) {
    case FrameType.SNAPSHOT_BEGIN:
      return beginning(order, frame)
    case FrameType.SNAPSHOT_ROWS:
      return rows(order, header)
    case FrameType.SNAPSHOT_END:
      return ending(order, frame)
    case FrameType.CHANGES:
    case FrameType.TICKS:
    case FrameType.QUOTES:
      return stream(order, header)
    case FrameType.CHECKPOINT:
      return checkpoint(order, frame)
    default:
      return refused('BAD_TYPE', `frame type ${header.type} is not the bridge's`)
  }
}

/** Whether an opened frame is the next one of its follow, and what the follow is after it. Never throws. */
export const checkOrder = (order: Order, header: FrameHeader, frame: Uint8Array<ArrayBuffer>): Verdict => {
  if (header.scope !== order.followId) return { kind: 'foreign' }
  if (header.n <= order.n) return { kind: 'duplicate' }
  if (header.n !== order.n + 1)
    return { kind: 'gap', detail: `frame ${header.n} came, expected was ${order.n + 1}` }
  return content({ ...order, n: header.n }, header, frame)
}

const sum = (counts: SnapshotBegin['rows']): number =>
  snapshotParts.reduce((total, name) => total + counts[name], 0)

/** Rows received and expected of the snapshot under way. */
export const snapshotRows = ({
  received,
  expected,
}: SnapshotProgress): [received: number, expected: number] => [sum(received), sum(expected)]
