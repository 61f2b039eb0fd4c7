import type { Seqs, SnapshotBegin, SnapshotEnd } from '../../shared/bridge/protocol.ts'
import { recordStreams, StreamId } from '../../shared/bridge/streams.ts'
import { quotesTable } from '../../shared/bridge/tables.ts'
import { columnsFromRows } from '../../shared/wire/columns.ts'
import { FrameType } from '../../shared/wire/header.ts'
import type { Cut } from './cut.ts'
import type { Hub } from './hub.ts'
import type { BridgeLimits } from './limits.ts'
import { jsonShared, type SharedFrame, sharedFrame } from './shared-frame.ts'
import { eachStream, type Table } from './world.ts'

type Chunks = Pick<BridgeLimits, 'chunkRows' | 'chunkBytes'>

/** A snapshot under way: its cut, and the frames still to send, each read from the world when it is pulled. */
export type Snapshot = {
  /** Place in the journal and numbers at the cut. */
  readonly place: number
  readonly seqs: Seqs
  readonly frames: Iterator<SharedFrame, undefined>
}

/** Frames of the rows of a cut, read while the table changes: what came or changed since is in the changes behind the cut. */
function* tableFrames(table: Table, cut: Cut, limits: Chunks): Generator<SharedFrame, undefined> {
  let first = 0
  for (;;) {
    const data = cut.next(limits.chunkRows, limits.chunkBytes)
    if (data.rows === 0) return
    const head = { type: FrameType.SNAPSHOT_ROWS, stream: StreamId[table.stream], first, flags: 0 }
    yield sharedFrame(head, table.schema, data)
    first += data.rows
  }
}

/** Starts a snapshot at this moment. Nothing is copied; the rows are read as the desk takes them. */
export const beginSnapshot = (hub: Hub, limits: Chunks): Snapshot => {
  const seqs = hub.seqs()
  const cuts = eachStream((stream) => hub.world[stream].cut())
  const rows = eachStream((stream) => cuts[stream].rows)
  const begin: SnapshotBegin = {
    epoch: hub.epoch(),
    seqs,
    rows: { ...rows, quotes: hub.quotes.size() },
    serverTimeOffset: hub.serverTimeOffset,
  }
  function* frames(): Generator<SharedFrame, undefined> {
    yield jsonShared(FrameType.SNAPSHOT_BEGIN, begin)
    for (const stream of recordStreams) yield* tableFrames(hub.world[stream], cuts[stream], limits)
    const quotes = hub.quotes.movedSince(-1)
    for (let first = 0; first < quotes.length; first += limits.chunkRows) {
      const head = { type: FrameType.SNAPSHOT_ROWS, stream: StreamId.ticks, first, flags: 0 }
      const part = quotes.slice(first, first + limits.chunkRows)
      yield sharedFrame(head, quotesTable, columnsFromRows(quotesTable, part))
    }
    const end: SnapshotEnd = { settled: hub.seqs() }
    yield jsonShared(FrameType.SNAPSHOT_END, end)
  }
  return { place: hub.journal.head(), seqs, frames: frames() }
}
