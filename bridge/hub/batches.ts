import {
  changeTables,
  type RecordStream,
  recordStreams,
  recordTables,
  StreamId,
} from '../../shared/bridge/streams.ts'
import { columnsFromRows } from '../../shared/wire/columns.ts'
import { FLAG_MORE, FrameType } from '../../shared/wire/header.ts'
import type { TableSchema } from '../../shared/wire/schema.ts'
import type { Journal } from './journal.ts'
import { type SharedFrame, sharedFrame } from './shared-frame.ts'
import { eachStream } from './world.ts'

/** One frame of a batch: encoded when first asked for, then kept for the other desks. */
export type BatchFrame = () => SharedFrame

/** Whole transactions [from, to) of the journal, grouped by stream. A desk sees all of it or nothing. */
export type Batch = { readonly from: number; readonly to: number; readonly frames: readonly BatchFrame[] }

/** Numbers a resuming desk has already: changes up to them are left out. */
export type Skip = Readonly<Record<RecordStream, number>>

export type BatchLimits = {
  readonly batchChanges: number
  readonly chunkRows: number
  readonly chunkBytes: number
}

/** Where the batch that starts at `from` ends: the first transaction boundary at or behind `atLeast` changes, or the head. */
export const batchEnd = (journal: Journal, from: number, atLeast: number): number => {
  const head = journal.head()
  let place = Math.min(from + atLeast, head)
  while (place < head && place > from && !journal.ends(place - 1)) place++
  return place
}

type Chunk = { stream: RecordStream; places: number[]; bytes: number }

const chunksOf = (journal: Journal, from: number, to: number, limits: BatchLimits, skip?: Skip): Chunk[] => {
  const lists = eachStream<Chunk[]>(() => [])
  for (let place = from; place < to; place++) {
    const stream = journal.stream(place)
    if (skip && journal.seq(place) <= skip[stream]) continue
    const list = lists[stream]
    const bytes = journal.bytesAt(place)
    const open = list.at(-1)
    if (open && open.places.length < limits.chunkRows && open.bytes + bytes <= limits.chunkBytes) {
      open.places.push(place)
      open.bytes += bytes
    } else list.push({ stream, places: [place], bytes })
  }
  return recordStreams.flatMap((stream) => lists[stream])
}

const encodeChunk = (journal: Journal, { stream, places }: Chunk, more: boolean): SharedFrame => {
  const rows = places.map((place) => journal.row(place))
  const { columns } = columnsFromRows<TableSchema>(recordTables[stream], rows)
  return sharedFrame(
    {
      type: FrameType.CHANGES,
      stream: StreamId[stream],
      first: journal.seq(places[0] as number),
      flags: more ? FLAG_MORE : 0,
    },
    changeTables[stream] as TableSchema,
    { rows: rows.length, columns: { ...columns, changeKind: places.map((place) => journal.kind(place)) } },
  )
}

/**
 * Groups [from, to) by stream; order inside a stream is kept, all frames but the last say that more belongs to it.
 * The journal must still hold `from` when a frame is first asked for.
 */
export const buildBatch = (
  journal: Journal,
  from: number,
  to: number,
  limits: BatchLimits,
  { skip, encoded }: { skip?: Skip | undefined; encoded?: () => void } = {},
): Batch => {
  const chunks = chunksOf(journal, from, to, limits, skip)
  const frames = chunks.map((chunk, i): BatchFrame => {
    let frame: SharedFrame | undefined
    return () => {
      if (frame) return frame
      encoded?.()
      frame = encodeChunk(journal, chunk, i < chunks.length - 1)
      return frame
    }
  })
  return { from, to, frames }
}
