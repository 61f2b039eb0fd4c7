import type { ChangeKind } from '../../shared/bridge/streams.ts'
import { type RecordStream, recordStreams } from '../../shared/bridge/streams.ts'
import type { Row } from './row-check.ts'
import { eachStream, streamAt } from './world.ts'

/** A numbered change on its way into the journal. `bytes`: its size on the wire at most. */
export type Entry = { stream: RecordStream; kind: ChangeKind; row: Row; seq: number; bytes: number }

/**
 * The last changes of all streams in the order of their events, shared by all desks. A place in it is a number that
 * only grows; places in [oldest, head) are held.
 */
export type Journal = {
  append: (transaction: readonly Entry[]) => void
  oldest: () => number
  head: () => number
  stream: (place: number) => RecordStream
  kind: (place: number) => ChangeKind
  row: (place: number) => Row
  seq: (place: number) => number
  bytesAt: (place: number) => number
  /** The transaction ends with this change. */
  ends: (place: number) => boolean
  /** Highest number of each stream that is no longer held. */
  evicted: () => Readonly<Record<RecordStream, number>>
  entries: () => number
  bytes: () => number
  /** Forgets everything; the streams go on behind these numbers. Places go on growing, so old ones stay invalid. */
  reset: (seqs: Readonly<Record<RecordStream, number>>) => void
}

const streamIndex = { symbols: 0, groups: 1, users: 2, trades: 3 } as const satisfies Record<
  RecordStream,
  number
>

/** Bounded by entries and by bytes (an estimate from above); the oldest go first, whole or half a transaction alike. */
export const createJournal = (maxEntries: number, maxBytes: number): Journal => {
  const rows: (Row | undefined)[] = Array.from({ length: maxEntries })
  const streams = new Uint8Array(maxEntries)
  const kinds = new Uint8Array(maxEntries)
  const last = new Uint8Array(maxEntries)
  const seqs = new Float64Array(maxEntries)
  const sizes = new Float64Array(maxEntries)
  let evicted = eachStream(() => 0)
  let oldest = 0
  let head = 0
  let bytes = 0

  const evict = (): void => {
    const slot = oldest++ % maxEntries
    rows[slot] = undefined
    bytes -= sizes[slot] as number
    evicted[streamAt(streams[slot] as number)] = seqs[slot] as number
  }

  const full = (more: number): boolean =>
    head - oldest >= maxEntries || (head > oldest && bytes + more > maxBytes)

  const put = (entry: Entry, ends: boolean): void => {
    while (full(entry.bytes)) evict()
    const slot = head++ % maxEntries
    rows[slot] = entry.row
    streams[slot] = streamIndex[entry.stream]
    kinds[slot] = entry.kind
    last[slot] = ends ? 1 : 0
    seqs[slot] = entry.seq
    sizes[slot] = entry.bytes
    bytes += entry.bytes
  }

  return {
    append: (transaction) => {
      for (let i = 0; i < transaction.length; i++) put(transaction[i] as Entry, i === transaction.length - 1)
    },
    oldest: () => oldest,
    head: () => head,
    stream: (place) => recordStreams[streams[place % maxEntries] as number] as RecordStream,
    kind: (place) => kinds[place % maxEntries] as ChangeKind,
    row: (place) => rows[place % maxEntries] as Row,
    seq: (place) => seqs[place % maxEntries] as number,
    bytesAt: (place) => sizes[place % maxEntries] as number,
    ends: (place) => last[place % maxEntries] === 1,
    evicted: () => evicted,
    entries: () => head - oldest,
    bytes: () => bytes,
    reset: (at) => {
      rows.fill(undefined)
      // A gap of one place makes sure that nobody stands "at the head" of what was forgotten.
      head++
      oldest = head
      bytes = 0
      evicted = { ...at }
    },
  }
}
