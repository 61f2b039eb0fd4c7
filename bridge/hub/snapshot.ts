import type { Seqs, SnapshotBegin, SnapshotEnd } from '../../shared/bridge/protocol.ts'
import { type RecordStream, recordStreams, StreamId } from '../../shared/bridge/streams.ts'
import { quotesTable } from '../../shared/bridge/tables.ts'
import { columnsFromRows } from '../../shared/wire/columns.ts'
import { FrameType } from '../../shared/wire/header.ts'
import type { Cut } from './cut.ts'
import type { Hub } from './hub.ts'
import type { BridgeLimits } from './limits.ts'
import { jsonShared, type SharedFrame, sharedFrame } from './shared-frame.ts'
import { eachStream, type Table } from './world.ts'

type Chunks = Pick<BridgeLimits, 'chunkRows' | 'chunkBytes'>

/** The rows of one moment, in frames: read from the world as they are pulled, by one desk alone or by all that share them. */
export type MomentRows = {
  readonly epoch: string
  /** Place in the journal and numbers at the cut; what came behind it follows as changes. */
  readonly place: number
  readonly seqs: Seqs
  readonly rows: Readonly<Record<RecordStream, number>>
  readonly frames: Iterable<SharedFrame>
  /** Other desks get these frames too. */
  readonly shared: boolean
}

/** A snapshot under way: its cut, and the frames still to send. */
export type Snapshot = {
  /** Place in the journal and numbers at the cut. */
  readonly place: number
  readonly seqs: Seqs
  readonly frames: Iterator<SharedFrame, undefined>
  /** Other desks get these frames too. */
  readonly shared: boolean
}

/**
 * Frames of the rows of a cut, read while the table changes: what came or changed since is in the changes behind the cut.
 * `beside` is done with each.
 */
function* tableFrames(
  table: Table,
  cut: Cut,
  limits: Chunks,
  beside = () => {},
): Generator<SharedFrame, undefined> {
  let first = 0
  for (;;) {
    beside()
    const data = cut.next(limits.chunkRows, limits.chunkBytes)
    if (data.rows === 0) return
    const head = { type: FrameType.SNAPSHOT_ROWS, stream: StreamId[table.stream], first, flags: 0 }
    yield sharedFrame(head, table.schema, data)
    first += data.rows
  }
}

/**
 * Cuts all tables at this moment. Nothing is copied; the rows are read as the frames are pulled. Trades come account by
 * account; that order is made while the users are read.
 */
export const cutRows = (hub: Hub, limits: Chunks): MomentRows => {
  const { symbols, groups, users, trades } = hub.world
  const accounts = users.cut()
  const cuts = { symbols: symbols.cut(), groups: groups.cut(), users: accounts, trades: trades.cut(accounts) }
  const part = limits.chunkRows / Math.max(limits.chunkRows, accounts.rows)
  const beside: Partial<Record<RecordStream, () => void>> = { users: () => cuts.trades.prepare(part) }
  function* frames(): Generator<SharedFrame, undefined> {
    for (const stream of recordStreams)
      yield* tableFrames(hub.world[stream], cuts[stream], limits, beside[stream])
  }
  return {
    epoch: hub.epoch(),
    place: hub.journal.head(),
    seqs: hub.seqs(),
    rows: eachStream((stream) => cuts[stream].rows),
    frames: frames(),
    shared: false,
  }
}

/** Starts a snapshot at this moment, of rows of this moment or of an earlier one of the same epoch. */
export const beginSnapshot = (hub: Hub, limits: Chunks, moment = cutRows(hub, limits)): Snapshot => {
  // Quotes are always those of now: ticks go on from here.
  const seqs = { ...moment.seqs, ticks: hub.ticks.seq() }
  const begin: SnapshotBegin = {
    epoch: moment.epoch,
    seqs,
    rows: { ...moment.rows, quotes: hub.quotes.size() },
    serverTimeOffset: hub.serverTimeOffset,
  }
  function* frames(): Generator<SharedFrame, undefined> {
    yield jsonShared(FrameType.SNAPSHOT_BEGIN, begin)
    yield* moment.frames
    const quotes = hub.quotes.movedSince(-1)
    for (let first = 0; first < quotes.length; first += limits.chunkRows) {
      const head = { type: FrameType.SNAPSHOT_ROWS, stream: StreamId.ticks, first, flags: 0 }
      const part = quotes.slice(first, first + limits.chunkRows)
      yield sharedFrame(head, quotesTable, columnsFromRows(quotesTable, part))
    }
    const end: SnapshotEnd = { settled: hub.seqs() }
    yield jsonShared(FrameType.SNAPSHOT_END, end)
  }
  return { place: moment.place, seqs, frames: frames(), shared: moment.shared }
}
