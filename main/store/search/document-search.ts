import { Worker } from 'node:worker_threads'
import type { Log, Timers } from '../../../shared/runtime/ports.ts'
import { SearchClosed, SearchUnavailable } from './errors.ts'
import type { FromSearch, SearchStart, SearchStatus, ToSearch } from './messages.ts'
import type { SearchAnswer } from './types.ts'

export type DocumentSearch<K> = {
  /**
   * The best `limit` documents, of some kinds or of all. Partial while the index is being built: `complete` says so.
   * @throws SearchUnavailable, SearchClosed
   */
  readonly find: (
    text: string,
    options: { readonly limit: number; readonly kinds?: readonly string[] },
  ) => Promise<SearchAnswer>
  /** Something was committed to the file. */
  readonly changed: () => void
  /** The file is another one now: everything is read anew. */
  readonly rebuild: () => void
  /** Other keys from now on; what was read stays. */
  readonly useKeys: (keys: K) => void
  /** @throws SearchUnavailable, SearchClosed */
  readonly status: () => Promise<SearchStatus>
  readonly close: () => Promise<void>
}

export type DocumentSearchOptions<K> = SearchStart<K> & {
  /** Entry of the worker thread; a module that calls `serveSearch`. */
  readonly worker: URL
  readonly timers: Timers
  readonly log: Log
}

/** How long to wait before a worker that died is started again, ms. */
const RESTART_MS = 1_000

/** A worker that is still at something after this is stopped where it stands: it only reads. */
const CLOSE_MS = 2_000

type Question = { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void }
type Asked = ToSearch extends infer M ? (M extends { id: number } ? Omit<M, 'id'> : never) : never

/** Full-text search over documents of a store's file, in a worker thread of its own that keeps its index in memory. */
export const createDocumentSearch = <K>({
  worker: entry,
  timers,
  log,
  ...start
}: DocumentSearchOptions<K>): DocumentSearch<K> => {
  const waiting = new Map<number, Question>()
  let lastId = 0
  let closed = false
  let worker: Worker | null = null
  let restart: unknown = null
  let keys = start.keys

  const rejectAll = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const died = (why: string): void => {
    if (worker === null) return
    worker = null
    if (closed) return
    log.error({ why }, 'the search worker died')
    rejectAll(new SearchUnavailable(`The search is being started again: ${why}`))
    restart = timers.setTimeout(launch, RESTART_MS)
  }
  const hear = (message: FromSearch): void => {
    const question = waiting.get(message.id)
    if (!question) return
    waiting.delete(message.id)
    if (message.kind === 'found') question.resolve(message.answer as never)
    else if (message.kind === 'status') question.resolve(message.status as never)
    else question.reject(new SearchUnavailable(message.message))
  }
  function launch(): void {
    const fresh = new Worker(entry, { workerData: { ...start, keys }, name: 'search' })
    worker = fresh
    fresh.on('message', hear)
    fresh.on('error', (error) => {
      if (worker === fresh) died(error instanceof Error ? error.message : String(error))
    })
    fresh.on('exit', (code) => {
      if (worker === fresh) died(`it ended with code ${code}`)
    })
  }
  const say = (message: ToSearch<K>): void => worker?.postMessage(message)
  const ask = <T>(question: Asked): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (closed) reject(new SearchClosed('The search is closed.'))
      else if (worker === null) reject(new SearchUnavailable('The search is being started again.'))
      else {
        lastId += 1
        waiting.set(lastId, { resolve, reject })
        say({ ...question, id: lastId })
      }
    })

  launch()
  return {
    find: (text, { limit, kinds }) => ask<SearchAnswer>({ kind: 'find', text, limit, kinds: kinds ?? null }),
    changed: () => say({ kind: 'changed' }),
    rebuild: () => say({ kind: 'rebuild' }),
    useKeys: (fresh) => {
      keys = fresh
      say({ kind: 'keys', keys })
    },
    status: () => ask<SearchStatus>({ kind: 'status' }),
    close: async () => {
      if (closed) return
      closed = true
      timers.clearTimeout(restart)
      rejectAll(new SearchClosed('The search is closed.'))
      const ending = worker
      worker = null
      if (!ending) return
      const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
      ending.postMessage({ kind: 'close' } satisfies ToSearch)
      const late = timers.setTimeout(() => void ending.terminate(), CLOSE_MS)
      await ended
      timers.clearTimeout(late)
    },
  }
}
