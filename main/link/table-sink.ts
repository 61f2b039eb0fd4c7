import {
  checkpointSchema,
  type Seqs,
  snapshotBeginSchema,
  snapshotEndSchema,
} from '../../shared/bridge/protocol.ts'
import {
  ChangeKind,
  changeTables,
  type RecordStream,
  recordKeys,
  recordStreams,
  recordTables,
  StreamId,
  streamName,
} from '../../shared/bridge/streams.ts'
import { type Quote, quotesTable, ticksTable } from '../../shared/bridge/tables.ts'
import type { Applied, FrameSink, Refused } from '../../shared/runtime/frame-sink.ts'
import { WireError } from '../../shared/wire/errors.ts'
import { readJson, readTable } from '../../shared/wire/frames.ts'
import { FLAG_MORE, type FrameHeader, FrameType } from '../../shared/wire/header.ts'
import { rowAt, type TableSchema } from '../../shared/wire/schema.ts'
import { addRow, emptyHash, rowObjectHash, type StateHash, sameHash } from '../../shared/wire/state-hash.ts'

const streams = [...recordStreams, 'ticks'] as const

type Row = Record<string, number | string>
type Key = number | string
type Hashes = Record<RecordStream, StateHash>

/** One whole book: tables by key, last quotes, the numbers it stands at. */
type World = { tables: Record<RecordStream, Map<Key, Row>>; quotes: Map<number, Quote>; seqs: Seqs }

export type TableSinkOptions = {
  /** When the work of a frame is done; default at once, in a microtask. A slow sink puts it off. */
  schedule?: (work: () => void) => void
}

export type TableSink = FrameSink & {
  table: (stream: RecordStream) => ReadonlyMap<Key, Readonly<Row>>
  quotes: () => ReadonlyMap<number, Quote>
  seqs: () => Seqs
  hashes: () => Hashes
  /** No snapshot or transaction is half applied. */
  settled: () => boolean
  counts: () => { applied: number; refused: number; ticks: number; quotes: number; waiting: number }
}

const emptyWorld = (): World => ({
  tables: { symbols: new Map(), groups: new Map(), users: new Map(), trades: new Map() },
  quotes: new Map(),
  seqs: { symbols: 0, groups: 0, users: 0, trades: 0, ticks: 0 },
})

const recordStream = (header: FrameHeader): RecordStream => {
  const name = streamName(header.stream)
  if (!name || name === 'ticks') throw new WireError('BAD_VALUE', `stream ${header.stream} has no records`)
  return name
}

const json = <T>(
  frame: Uint8Array<ArrayBuffer>,
  schema: { safeParse: (v: unknown) => { success: true; data: T } | { success: false } },
): T => {
  const parsed = schema.safeParse(readJson(frame))
  if (!parsed.success) throw new WireError('BAD_VALUE', 'the body does not fit its schema')
  return parsed.data
}

const rowsOf = (schema: TableSchema, frame: Uint8Array<ArrayBuffer>, rows: number): Row[] => {
  const data = readTable(schema, frame, rows)
  return Array.from({ length: rows }, (_, i) => rowAt(schema, data, i) as Row)
}

const hashOf = (stream: RecordStream, rows: Iterable<Row>): StateHash => {
  let hash = emptyHash
  for (const row of rows) hash = addRow(hash, rowObjectHash(recordTables[stream], row as never))
  return hash
}

/**
 * The plainest thing that is a FrameSink: objects in Maps. It is what the tests compare the bridge with, and the
 * specification of what a book does with frames: each is decoded whole before anything of it is applied; a snapshot
 * grows beside the old book and takes its place in one step, once changes and prices up to `settled` are in; after a refusal
 * nothing is applied until the next snapshot begins.
 */
export const createTableSink = ({ schedule = queueMicrotask }: TableSinkOptions = {}): TableSink => {
  let world = emptyWorld()
  let staging: (World & { settledAt: Seqs | null }) | undefined
  let inTransaction = false
  let broken = false
  const counts = { applied: 0, refused: 0, ticks: 0, quotes: 0, waiting: 0 }
  const hear: {
    applied: ((report: Applied) => void)[]
    refused: ((report: Refused) => void)[]
    mismatch: ((streams: RecordStream[]) => void)[]
  } = { applied: [], refused: [], mismatch: [] }

  const target = (): World => staging ?? world

  const takePlace = (): void => {
    const at = staging?.settledAt
    if (!staging || !at) return
    const { seqs } = staging
    if (streams.some((s) => seqs[s] < at[s])) return
    world = { tables: staging.tables, quotes: staging.quotes, seqs: staging.seqs }
    staging = undefined
  }

  const snapshotRows = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): void => {
    if (!staging) throw new WireError('BAD_TYPE', 'rows outside a snapshot')
    if (header.stream === StreamId.ticks) {
      for (const row of rowsOf(quotesTable, frame, header.rows))
        staging.quotes.set(row['symbol'] as number, row as Quote)
      return
    }
    const stream = recordStream(header)
    for (const row of rowsOf(recordTables[stream], frame, header.rows))
      staging.tables[stream].set(row[recordKeys[stream]] as Key, row)
  }

  const changes = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): void => {
    const stream = recordStream(header)
    const decoded = rowsOf(changeTables[stream], frame, header.rows)
    if (decoded.some((row) => (row['changeKind'] as number) > ChangeKind.MOVED))
      throw new WireError('BAD_VALUE', 'unknown kind of change')
    const { tables, seqs } = target()
    for (const { changeKind, ...row } of decoded) {
      const key = row[recordKeys[stream]] as Key
      if (changeKind === ChangeKind.DELETED) tables[stream].delete(key)
      else tables[stream].set(key, row)
    }
    seqs[stream] = header.first + header.rows - 1
    inTransaction = (header.flags & FLAG_MORE) !== 0
  }

  const ticks = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): void => {
    const { quotes, seqs } = target()
    for (const row of rowsOf(ticksTable, frame, header.rows)) {
      const { symbol, bid, ask, time } = row as { symbol: number; bid: number; ask: number; time: number }
      const last = quotes.get(symbol)
      const high = Math.max(last?.high ?? bid, bid)
      quotes.set(symbol, { symbol, bid, ask, high, low: Math.min(last?.low ?? bid, bid), time })
    }
    seqs.ticks = header.first + header.rows - 1
    counts.ticks += header.rows
  }

  const quotes = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): void => {
    const { quotes: known, seqs } = target()
    for (const row of rowsOf(quotesTable, frame, header.rows))
      known.set(row['symbol'] as number, row as Quote)
    seqs.ticks = header.first
    counts.quotes += header.rows
  }

  const hashes = (): Hashes => ({
    symbols: hashOf('symbols', world.tables.symbols.values()),
    groups: hashOf('groups', world.tables.groups.values()),
    users: hashOf('users', world.tables.users.values()),
    trades: hashOf('trades', world.tables.trades.values()),
  })

  const compare = (frame: Uint8Array<ArrayBuffer>): void => {
    const point = json(frame, checkpointSchema)
    const ours = hashes()
    const differ = recordStreams.filter((s) => !sameHash(ours[s], point.hashes[s]))
    if (differ.length > 0) for (const fn of hear.mismatch) fn(differ)
  }

  const apply = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): void => {
    switch (header.type) {
      case FrameType.SNAPSHOT_BEGIN:
        staging = { ...emptyWorld(), seqs: { ...json(frame, snapshotBeginSchema).seqs }, settledAt: null }
        inTransaction = false
        broken = false
        return
      case FrameType.SNAPSHOT_ROWS:
        return snapshotRows(header, frame)
      case FrameType.SNAPSHOT_END:
        if (!staging) throw new WireError('BAD_TYPE', 'end outside a snapshot')
        staging.settledAt = json(frame, snapshotEndSchema).settled
        return
      case FrameType.CHANGES:
        return changes(header, frame)
      case FrameType.TICKS:
        return ticks(header, frame)
      case FrameType.QUOTES:
        return quotes(header, frame)
      case FrameType.CHECKPOINT:
        return compare(frame)
      default:
        throw new WireError('BAD_TYPE', `frame type ${header.type}`)
    }
  }

  const settled = (): boolean => staging === undefined && !inTransaction

  const work = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): void => {
    counts.waiting--
    if (broken && header.type !== FrameType.SNAPSHOT_BEGIN) return
    const { scope, n } = header
    try {
      apply(header, frame)
    } catch (error) {
      if (!(error instanceof WireError)) throw error
      broken = true
      counts.refused++
      for (const fn of hear.refused) fn({ scope, n, fault: error.fault, detail: error.message })
      return
    }
    if (!inTransaction) takePlace()
    counts.applied++
    for (const fn of hear.applied) fn({ scope, n, settled: settled() })
  }

  return {
    accept: (header, frame) => {
      counts.waiting++
      schedule(() => work(header, frame))
    },
    onApplied: (fn) => {
      hear.applied.push(fn)
    },
    onRefused: (fn) => {
      hear.refused.push(fn)
    },
    onMismatch: (fn) => {
      hear.mismatch.push(fn)
    },
    table: (stream) => world.tables[stream],
    quotes: () => world.quotes,
    seqs: () => ({ ...world.seqs }),
    hashes,
    settled,
    counts: () => ({ ...counts }),
  }
}
