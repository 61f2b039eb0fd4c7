import { setImmediate } from 'node:timers'
import type { MessagePort } from 'node:worker_threads'
import { createGeneration, type Extract, type Generation } from './generation.ts'
import type { FromSearch, SearchStart, SearchStatus, ToSearch } from './messages.ts'
import { openSource, plainOpener, type RowOpener, type Source } from './source.ts'

/** How rows are opened that hold sealed fields. */
export type SealedRows<K> = {
  readonly openerOf: (collection: string) => RowOpener
  /** Other keys from now on. */
  readonly use: (keys: K) => void
}

export type SearchHost<K> = {
  readonly extract: Extract
  readonly sealedRows: (keys: K) => SealedRows<K>
}

/** One turn of work, ms: a question waits no longer than this for it. */
const SLICE_MS = 8
/** A question first sees what was written before it, as far as that takes no longer. */
const CATCH_UP_MS = 5
const RENEW_AFTER = 100_000
/** How long to wait before a file is tried again that could not be read, ms. */
const RETRY_MS = 2_000

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Runs the search behind a port: takes in documents in slices and answers between them. */
export const serveSearch = <K>(port: MessagePort, start: SearchStart<K>, host: SearchHost<K>): void => {
  const { filename, databaseName, collections, renewAfter = RENEW_AFTER } = start
  const sealedRows = host.sealedRows(start.keys)
  const elapsed = (): number => performance.now()
  let source: Source | null = null
  let current: Generation | null = null
  /** A fresh index in the making, to take the place of one with too many rows given up. */
  let next: Generation | null = null
  let dirty = false
  let built = false
  let working = false
  let fault: string | null = null
  let retry: NodeJS.Timeout | null = null

  const say = (message: FromSearch): void => port.postMessage(message)
  const generation = (from: Source): Generation =>
    createGeneration(
      from,
      collections.map(({ name }) => name),
      host.extract,
      elapsed,
    )
  const drop = (): void => {
    next?.close()
    current?.close()
    source?.close()
    next = null
    current = null
    source = null
    built = false
  }
  const open = (): void => {
    drop()
    const tables = collections.map(({ name, version, sealed }) => {
      const opener = sealed ? sealedRows.openerOf(name) : plainOpener
      return { table: `${databaseName}/${name}/${version}`, opener }
    })
    source = openSource(filename, tables)
    current = generation(source)
    dirty = true
    fault = null
  }
  const failed = (error: unknown): void => {
    fault = messageOf(error)
    drop()
    retry ??= setTimeout(() => {
      retry = null
      begin()
    }, RETRY_MS)
  }

  /** One slice; whether there is more to do. */
  const slice = (from: Source, living: Generation): boolean => {
    const until = elapsed() + SLICE_MS
    if (dirty) {
      dirty = living.follow(until)
      if (!dirty && next) dirty = next.follow(until)
      if (dirty) return true
    }
    if (!built) {
      built = !living.build(until)
      return true
    }
    if (next) {
      if (next.build(until)) return true
      next.follow(Number.POSITIVE_INFINITY)
      living.close()
      current = next
      next = null
      return false
    }
    const { spent, living: alive } = living.rows()
    if (spent < Math.max(renewAfter, alive)) return false
    next = generation(from)
    return true
  }
  const work = (): void => {
    if (working) return
    working = true
    setImmediate(() => {
      working = false
      if (source === null || current === null) return
      try {
        if (slice(source, current)) work()
      } catch (error) {
        failed(error)
      }
    })
  }
  const begin = (): void => {
    try {
      open()
      work()
    } catch (error) {
      failed(error)
    }
  }

  const status = (): SearchStatus => {
    const stats = current?.stats()
    return {
      complete: built && fault === null,
      progress: current?.progress() ?? { indexed: 0, total: 0 },
      documents: current?.rows().living ?? 0,
      spent: current?.rows().spent ?? 0,
      unreadable: current?.unreadable() ?? 0,
      fault,
      bytes: stats ? stats.ftsBytes + stats.setBytes : 0,
    }
  }
  const find = ({ id, text, limit, kinds }: ToSearch & { kind: 'find' }): void => {
    if (current === null) {
      say({ kind: 'failed', id, message: fault ?? 'The search is not open.' })
      return
    }
    try {
      if (dirty) dirty = current.follow(elapsed() + CATCH_UP_MS) || next !== null
      const { hits, cut } = current.find(text, limit, kinds)
      const progress = current.progress()
      say({ kind: 'found', id, answer: { hits, complete: built && !cut, progress } })
    } catch (error) {
      say({ kind: 'failed', id, message: messageOf(error) })
      failed(error)
    }
  }

  port.on('message', (message: ToSearch<K>) => {
    switch (message.kind) {
      case 'find':
        return find(message)
      case 'status':
        return say({ kind: 'status', id: message.id, status: status() })
      case 'changed':
        dirty = true
        return work()
      case 'keys':
        return sealedRows.use(message.keys)
      case 'rebuild':
        return begin()
      default:
        if (retry) clearTimeout(retry)
        drop()
        port.close()
    }
  })
  begin()
}
