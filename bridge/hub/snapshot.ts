import type { Seqs, SnapshotBegin, SnapshotEnd } from '../../shared/bridge/protocol.ts'
import { recordStreams, StreamId } from '../../shared/bridge/streams.ts'
import { quotesTable } from '../../shared/bridge/tables.ts'
import { columnsFromRows } from '../../shared/wire/columns.ts'
import { FrameType } from '../../shared/wire/header.ts'
import type { Hub } from './hub.ts'
import type { BridgeLimits } from './limits.ts'
import type { Row } from './row-check.ts'
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

/**
 * Rows of one table while it changes. A Map visits rows added meanwhile behind all others, so the first `atCut` visits
 * cover every row of the cut that still stands; what was missed or seen too late is in the changes behind the cut.
 */
function* tableFrames(table: Table, atCut: number, limits: Chunks): Generator<SharedFrame, undefined> {
  let rows: Row[] = []
  let bytes = 0
  let first = 0
  let visited = 0
  const chunk = (): SharedFrame => {
    const head = { type: FrameType.SNAPSHOT_ROWS, stream: StreamId[table.stream], first, flags: 0 }
    const frame = sharedFrame(head, table.schema, columnsFromRows(table.schema, rows))
    first += rows.length
    rows = []
    bytes = 0
    return frame
  }
  for (const row of table.rows.values()) {
    if (visited++ === atCut) break
    const size = table.size(row)
    if (rows.length > 0 && (rows.length === limits.chunkRows || bytes + size > limits.chunkBytes))
      yield chunk()
    rows.push(row)
    bytes += size
  }
  if (rows.length > 0) yield chunk()
}

/** Starts a snapshot at this moment. Nothing is copied; the rows are read as the desk takes them. */
export const beginSnapshot = (hub: Hub, limits: Chunks): Snapshot => {
  const seqs = hub.seqs()
  const rows = eachStream((stream) => hub.world[stream].rows.size)
  const begin: SnapshotBegin = {
    epoch: hub.epoch(),
    seqs,
    rows: { ...rows, quotes: hub.quotes.size() },
    serverTimeOffset: hub.serverTimeOffset,
  }
  function* frames(): Generator<SharedFrame, undefined> {
    yield jsonShared(FrameType.SNAPSHOT_BEGIN, begin)
    for (const stream of recordStreams) yield* tableFrames(hub.world[stream], rows[stream], limits)
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
