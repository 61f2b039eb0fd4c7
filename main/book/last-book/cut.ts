import type { Seqs, SnapshotBegin } from '../../../shared/bridge/protocol.ts'
import { type RecordStream, recordStreams, recordTables, StreamId } from '../../../shared/bridge/streams.ts'
import { quotesTable } from '../../../shared/bridge/tables.ts'
import type { ColumnInput } from '../../../shared/wire/columns.ts'
import { jsonFrame, tableFrame } from '../../../shared/wire/frames.ts'
import { type FrameHeader, FrameType, MAX_FRAME_BYTES, sealFrame } from '../../../shared/wire/header.ts'
import type { TableSchema } from '../../../shared/wire/schema.ts'
import { newestServerTime } from '../world/links.ts'
import type { QuoteBoard } from '../world/quote-board.ts'
import type { World } from '../world/world.ts'
import type { KeptFacts } from './facts.ts'

/** Everything a file is read back under one follow of its own. */
export const KEPT_SCOPE = 1

/** Changes that wait to be fetched may take so much; whoever reads this slowly does not want them any more. */
const MAX_PENDING_BYTES = 32 * 2 ** 20

export type Frame = Uint8Array<ArrayBuffer>

/** What is known of the book beside its rows. */
export type CutFacts = Pick<KeptFacts, 'epoch' | 'serverTimeOffset'> & {
  readonly seqs: Seqs
  readonly asOf: number
}

/**
 * The whole book as frames, made bit by bit while the book goes on. Rows are written as they stand when their turn
 * comes, and every change that is applied meanwhile is written as it came, in the order of time. So the last word about
 * each record is the one that was true when the cut was finished: read back, the frames give the book of that moment,
 * all of it, and the checkpoint at their end says so.
 */
export type Cut = {
  /** A frame of changes was applied to the book. */
  readonly changed: (header: FrameHeader, frame: Frame) => void
  /** Too many changes wait; what comes of this cut would not be whole. */
  readonly overrun: () => boolean
  /** The next frames: what changed since the last call, then at most so many rows. */
  readonly next: (rows: number) => Frame[]
  /** All rows were written. */
  readonly done: () => boolean
  /** The last frames; nothing may be half applied. */
  readonly finish: (facts: CutFacts) => { frames: Frame[]; kept: KeptFacts }
}

export const hashesOf = (world: World): KeptFacts['hashes'] => ({
  symbols: world.symbols.hash(),
  groups: world.groups.hash(),
  users: world.users.hash(),
  trades: world.trades.hash(),
})

/** Slots in use from `from` on, at most so many, below `end`. */
const slotsFrom = (alive: Uint8Array, from: number, end: number, most: number): Int32Array => {
  const slots = new Int32Array(Math.min(most, end - from))
  let n = 0
  for (let slot = from; slot < end && n < slots.length; slot++) if (alive[slot] === 1) slots[n++] = slot
  return slots.subarray(0, n)
}

/** Numbers of the symbols that have a quote. */
export const quoted = ({ bid, ask, time }: QuoteBoard): number[] => {
  const symbols: number[] = []
  for (let i = 0; i < time.length; i++) if (time[i] !== 0 || bid[i] !== 0 || ask[i] !== 0) symbols.push(i)
  return symbols
}

/** The last quotes of all symbols that have one, as an encoder takes them. */
const quotesOf = (quotes: QuoteBoard): ColumnInput<typeof quotesTable> => {
  const { bid, ask, high, low, time } = quotes
  const symbol = quoted(quotes)
  const take = (column: Float64Array): number[] => symbol.map((i) => column[i] as number)
  const columns = {
    symbol,
    bid: take(bid),
    ask: take(ask),
    high: take(high),
    low: take(low),
    time: take(time),
  }
  return { rows: symbol.length, columns }
}

export const createCut = (world: World, { epoch, serverTimeOffset, seqs }: CutFacts): Cut => {
  // Rows that come behind the cut are in its changes.
  const ends = recordStreams.map((stream) => world[stream].high())
  const written = { symbols: 0, groups: 0, users: 0, trades: 0 }
  let table = 0
  let slot = 0
  let n = 0
  let pending: { header: FrameHeader; frame: Frame }[] = []
  let pendingBytes = 0
  let overrun = false

  const head = (type: FrameType, stream: number, first: number) => ({
    type,
    stream,
    n: ++n,
    scope: KEPT_SCOPE,
    first,
    flags: 0,
  })

  const beginning = (): Frame => {
    const size = (stream: RecordStream): number => world[stream].size()
    const rows = {
      symbols: size('symbols'),
      groups: size('groups'),
      users: size('users'),
      trades: size('trades'),
      quotes: 0,
    }
    const begin: SnapshotBegin = { epoch, seqs, rows, serverTimeOffset }
    return jsonFrame(head(FrameType.SNAPSHOT_BEGIN, 0, 0), begin)
  }

  /** What came since the last call, each frame with a number of ours; the book's own are left as they are. */
  const changes = (): Frame[] => {
    const out = pending.map(({ header, frame }) =>
      sealFrame(new Uint8Array(frame), { ...header, n: ++n, scope: KEPT_SCOPE }),
    )
    pending = []
    pendingBytes = 0
    return out
  }

  const rowsFrame = (stream: RecordStream, slots: Int32Array): Frame => {
    const header = head(FrameType.SNAPSHOT_ROWS, StreamId[stream], written[stream])
    written[stream] += slots.length
    const schema = recordTables[stream] as TableSchema
    return tableFrame(header, schema, world[stream].pack(slots) as ColumnInput<TableSchema>)
  }

  /** Frames of these rows, as many as it takes for none to be longer than a frame may be. */
  const rowsFrames = (stream: RecordStream, slots: Int32Array): Frame[] => {
    const before = [n, written[stream]] as const
    const frame = rowsFrame(stream, slots)
    if (frame.byteLength <= MAX_FRAME_BYTES || slots.length < 2) return [frame]
    ;[n, written[stream]] = before
    const half = slots.length >> 1
    return [...rowsFrames(stream, slots.subarray(0, half)), ...rowsFrames(stream, slots.subarray(half))]
  }

  const done = (): boolean => table === recordStreams.length
  const opening = [beginning()]

  return {
    changed: (header, frame) => {
      if (overrun) return
      pending.push({ header, frame })
      pendingBytes += frame.byteLength
      if (pendingBytes <= MAX_PENDING_BYTES) return
      overrun = true
      pending = []
    },
    overrun: () => overrun,
    next: (rows) => {
      const out: Frame[] = [...opening.splice(0), ...changes()]
      let left = rows
      while (left > 0 && !done()) {
        const stream = recordStreams[table] as RecordStream
        const end = ends[table] as number
        const slots = slotsFrom(world[stream].alive(), slot, end, left)
        const last = slots.at(-1)
        if (last === undefined) {
          table++
          slot = 0
          continue
        }
        slot = last + 1
        left -= slots.length
        out.push(...rowsFrames(stream, slots))
      }
      return out
    },
    done,
    finish: (facts) => {
      const { seqs: settled } = facts
      const hashes = hashesOf(world)
      const quotes = quotesOf(world.quotes)
      const frames = [
        ...changes(),
        // One frame stands for all ticks, also where there are none: it carries their number.
        tableFrame(head(FrameType.QUOTES, StreamId.ticks, settled.ticks), quotesTable, quotes),
        jsonFrame(head(FrameType.SNAPSHOT_END, 0, 0), { settled }),
        jsonFrame(head(FrameType.CHECKPOINT, 0, 0), { seqs: settled, hashes }),
      ]
      const serverTime = newestServerTime(world)
      return { frames, kept: { ...facts, hashes, quotes: quotes.rows, serverTime } }
    },
  }
}
