import { type Bitmap, createBitmap, unionOf } from './bitmap.ts'
import { findDocuments, type Loaded } from './find-documents.ts'
import { createRowMap } from './row-map.ts'
import { createSearchIndex } from './search-index.ts'
import type { Source, SourceRow } from './source.ts'
import type { DocumentHit, SearchField, SearchProgress } from './types.ts'

/** What of a document is searched, and what kind of hit it is; null when it is not searched. */
export type Extract = (
  collection: string,
  document: unknown,
) => { readonly kind: string; readonly fields: readonly SearchField[] } | null

/** An index of a file's documents on its way from empty to complete, and then as new as the file. */
export type Generation = {
  /** Takes in changes until there are none or the time is up, a few in any case; whether there are more. */
  readonly follow: (until: number) => boolean
  /** Takes in documents that were there at the start until all are or the time is up; whether there are more. */
  readonly build: (until: number) => boolean
  readonly find: (
    text: string,
    limit: number,
    kinds: readonly string[] | null,
  ) => { hits: DocumentHit[]; cut: boolean }
  readonly progress: () => SearchProgress
  /** Rows of changed and deleted documents that still take room, and those of living ones. */
  readonly rows: () => { spent: number; living: number }
  /** Documents that could not be opened or read. */
  readonly unreadable: () => number
  readonly stats: () => ReturnType<ReturnType<typeof createSearchIndex>['stats']>
  readonly close: () => void
}

/** Rows read in one go. */
const READ = 24
/** Documents put in between two commits; within, rows ascend. */
const BLOCK = 2_048

type Waiting = { collection: number; seq: number; id: string; kind: string; fields: readonly SearchField[] }

/**
 * Documents that were there at the start come in newest first, so that a half-built index answers what is asked for
 * most; they get rows below those of all changes since. A change takes a new row, so that the order of rows is the
 * order of changes.
 */
export const createGeneration = (
  source: Source,
  collections: readonly string[],
  extract: Extract,
  elapsed: () => number,
): Generation => {
  const sizes = collections.map((_, i) => source.size(i))
  const total = sizes.reduce((sum, { count }) => sum + count, 0)
  const index = createSearchIndex({ capacity: total + 1_000 })
  const rowOf = createRowMap(total)
  const kinds = new Map<string, Bitmap>()
  let places = new Float64Array(total + 1_000)
  let owners = new Uint8Array(total + 1_000)
  /** The next row downwards for what was there, and upwards for what comes. */
  let oldRow = total - 1
  let newRow = total
  let read = 0
  let unreadable = 0

  const followed = sizes.map(({ last }) => last)
  const queues = sizes.map(({ last }) => ({ next: last + 1, rows: [] as SourceRow[], done: false }))
  /** A block of old documents, the newest first, and how many of it are still to be put in. */
  let block: Waiting[] = []
  let inserting = false
  let insertAt = 0
  let built = false
  /** Deleted since the start: what was read of them before is not put in any more. */
  const gone = new Set<string>()

  const extracted = (collection: number, { json, fault }: SourceRow): ReturnType<Extract> => {
    if (fault !== null) unreadable += 1
    if (json === null) return null
    try {
      return extract(collections[collection] as string, JSON.parse(json))
    } catch {
      unreadable += 1
      return null
    }
  }
  const put = (row: number, { collection, seq, id, kind, fields }: Waiting): void => {
    if (row >= places.length) {
      const more = new Float64Array(row + (row >>> 2) + 1)
      more.set(places)
      places = more
      const names = new Uint8Array(more.length)
      names.set(owners)
      owners = names
    }
    places[row] = seq
    owners[row] = collection
    rowOf.set(collection, id, row)
    const set = kinds.get(kind) ?? createBitmap(total)
    kinds.set(kind, set)
    set.add(row)
    index.add(row, fields)
  }

  const isNew = (collection: number, id: string): boolean =>
    rowOf.get(collection, id) < 0 && !gone.has(`${collection} ${id}`)

  const take = (collection: number, row: SourceRow): void => {
    const before = rowOf.get(collection, row.id)
    if (before >= 0) index.remove(before)
    const found = extracted(collection, row)
    if (found === null) {
      rowOf.remove(collection, row.id)
      if (!built) gone.add(`${collection} ${row.id}`)
      return
    }
    put(newRow, { collection, seq: row.seq, id: row.id, ...found })
    newRow += 1
  }

  /** The collection whose next old row was written last, or -1. */
  const newestQueue = (): number => {
    let best = -1
    queues.forEach((queue, collection) => {
      if (queue.rows.length === 0 && !queue.done) {
        queue.rows = source.before(collection, queue.next, READ).toReversed()
        queue.next = queue.rows[0]?.seq ?? 0
        queue.done = queue.rows.length === 0
      }
      const at = queue.rows.at(-1)?.at
      if (at !== undefined && (best < 0 || at > (queues[best]?.rows.at(-1)?.at ?? 0))) best = collection
    })
    return best
  }

  const load = (row: number): Loaded | null => {
    const collection = owners[row] as number
    const now = source.at(collection, places[row] as number)
    const found = now && extracted(collection, now)
    return found && { id: now.id, ...found }
  }

  return {
    follow: (until) => {
      let more = false
      collections.forEach((_, collection) => {
        for (;;) {
          const rows = source.after(collection, followed[collection] as number, READ)
          for (const row of rows) take(collection, row)
          followed[collection] = rows.at(-1)?.seq ?? (followed[collection] as number)
          if (rows.length < READ) return
          if (elapsed() > until) {
            more = true
            return
          }
        }
      })
      index.commit()
      return more
    },
    build: (until) => {
      while (elapsed() <= until) {
        if (!inserting) {
          const collection = newestQueue()
          const row = collection < 0 ? undefined : queues[collection]?.rows.pop()
          if (row) {
            read += 1
            const found = isNew(collection, row.id) ? extracted(collection, row) : null
            if (found) block.push({ collection, seq: row.seq, id: row.id, ...found })
          }
          if (row === undefined || block.length === BLOCK) {
            inserting = true
            oldRow -= block.length
            insertAt = oldRow + 1
          }
          if (row === undefined && block.length === 0) {
            built = true
            gone.clear()
            return false
          }
          continue
        }
        const next = block.pop()
        if (next === undefined) {
          inserting = false
          index.commit()
          continue
        }
        // The last of the block is the oldest and gets the lowest row.
        if (isNew(next.collection, next.id)) put(insertAt, next)
        insertAt += 1
      }
      return true
    },
    find: (text, limit, wanted) => {
      const sets = wanted?.flatMap((kind) => kinds.get(kind) ?? [])
      if (sets?.length === 0) return { hits: [], cut: false }
      return findDocuments({ index, load, elapsed, ...(sets ? { within: unionOf(sets) } : {}) }, text, limit)
    },
    progress: () => ({ indexed: Math.min(read, total), total }),
    rows: () => ({ spent: newRow - total + Math.min(read, total) - rowOf.size(), living: rowOf.size() }),
    unreadable: () => unreadable,
    stats: index.stats,
    close: index.close,
  }
}
