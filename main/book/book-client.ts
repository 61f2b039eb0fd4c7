import { Worker } from 'node:worker_threads'
import type { Log } from '../../shared/runtime/ports.ts'
import type { BookSettings } from './book-core.ts'
import { BookClosed, BookCrashed, BookQuestionFailed } from './errors.ts'
import { type FromWorker, isFromWorker, type Question, type ToWorker, type WorkerStart } from './messages.ts'
import type { Book } from './types.ts'

export type BookOptions = {
  /** The worker's entry: `worker.ts` from source, or the bundled file. */
  readonly workerUrl: URL | string
  /** Currency in which figures of different accounts are added up. */
  readonly base: string
  readonly settings?: BookSettings
  readonly log: Log
}

type Listeners<T> = { add: (fn: (value: T) => void) => void; call: (value: T) => void }
const listeners = <T>(): Listeners<T> => {
  const all: ((value: T) => void)[] = []
  return {
    add: (fn) => {
      all.push(fn)
    },
    call: (value) => {
      for (const fn of all) fn(value)
    },
  }
}

/** A frame that owns its buffer alone: only then may the buffer move to another thread. */
const alone = (frame: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  frame.byteLength === frame.buffer.byteLength && !(frame instanceof Buffer) ? frame : new Uint8Array(frame)

/** A worker that has more before it than this when it is told to quit is stopped where it stands. */
const QUIT_MS = 2000

/** Resolves when the worker has ended by itself, or has had its time. */
const ended = (worker: Worker): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, QUIT_MS)
    worker.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
  })

/**
 * Starts the book in a worker thread. Its questions reject with `BookQuestionFailed`, with `BookCrashed` once the worker
 * died (also told to `onCrash`), with `BookClosed` after `close`.
 */
export const createBook = ({ workerUrl, base, settings = {}, log }: BookOptions): Book => {
  const worker = new Worker(workerUrl, { workerData: { base, settings } satisfies WorkerStart, name: 'book' })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const applied = listeners<Parameters<Parameters<Book['onApplied']>[0]>[0]>()
  const refused = listeners<Parameters<Parameters<Book['onRefused']>[0]>[0]>()
  const mismatch = listeners<Parameters<Parameters<Book['onMismatch']>[0]>[0]>()
  const marks = listeners<Parameters<Parameters<Book['onMarks']>[0]>[0]>()
  const crash = listeners<BookCrashed>()
  const frames = listeners<{ viewId: number; frame: Uint8Array<ArrayBuffer> }>()
  let lastId = 0
  /** Why nothing can be asked any more. */
  let over: Error | null = null

  const end = (reason: Error): void => {
    over = reason
    for (const { reject } of waiting.values()) reject(reason)
    waiting.clear()
  }

  const crashed = (detail: string): void => {
    if (over) return
    const error = new BookCrashed(`the book's worker died: ${detail}`)
    log.error({ detail }, 'book worker died')
    end(error)
    crash.call(error)
  }

  const settle = (id: number, act: (q: NonNullable<ReturnType<typeof waiting.get>>) => void): void => {
    const question = waiting.get(id)
    waiting.delete(id)
    if (question) act(question)
  }

  const hear = (message: FromWorker): void => {
    switch (message.kind) {
      case 'applied':
        return applied.call(message.applied)
      case 'refused':
        return refused.call(message.refused)
      case 'mismatch':
        return mismatch.call(message.streams)
      case 'marks':
        return marks.call(message.marks)
      case 'view':
        return frames.call(message)
      case 'answer':
        return settle(message.id, ({ resolve }) => resolve(message.value))
      default:
        return settle(message.id, ({ reject }) => reject(new BookQuestionFailed(message.message)))
    }
  }

  worker.on('message', (message: unknown) => {
    if (over) return
    if (isFromWorker(message)) hear(message)
    else log.warn({ message }, 'book worker said something unknown')
  })
  worker.on('error', (error) => crashed(error instanceof Error ? error.message : String(error)))
  worker.on('exit', (code) => crashed(`exit code ${code}`))

  const say = (message: ToWorker, transfer: ArrayBuffer[] = []): void => {
    if (!over) worker.postMessage(message, transfer)
  }
  const ask = <T>(question: Question, transfer?: ArrayBuffer[]): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (over) {
        reject(over)
        return
      }
      const id = ++lastId
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
      say({ kind: 'ask', id, question }, transfer)
    })

  return {
    accept: (header, frame) => {
      const own = alone(frame)
      say({ kind: 'frame', header, frame: own }, [own.buffer])
    },
    onApplied: applied.add,
    onRefused: refused.add,
    onMismatch: mismatch.add,
    onMarks: marks.add,
    onViewFrame: (fn) => frames.add(({ viewId, frame }) => fn(viewId, frame)),
    onCrash: crash.add,
    openView: (viewId, spec, after = 0) => say({ kind: 'open', viewId, spec, after }),
    changeView: (viewId, spec) => say({ kind: 'change', viewId, spec }),
    closeView: (viewId) => say({ kind: 'close', viewId }),
    ackView: (viewId, n) => say({ kind: 'ack', viewId, n }),
    setLive: (live) => say({ kind: 'live', live }),
    account: (login) => ask({ about: 'account', login }),
    otherLogins: (login) => ask({ about: 'others', login }),
    explain: (order) => ask({ about: 'explain', order }),
    explainAccount: (login) => ask({ about: 'explainAccount', login }),
    whatIf: (shock, limit) => ask({ about: 'whatIf', shock, limit }),
    limits: (login, target) => ask({ about: 'limits', login, target }),
    search: (text, limit) => ask({ about: 'search', text, limit }),
    stats: () => ask({ about: 'stats' }),
    hashes: () => ask({ about: 'hashes' }),
    keep: (question) => ask({ about: 'keep', question }),
    restore: (part) => ask({ about: 'restore', part }, 'frames' in part ? [part.frames.buffer] : []),
    close: async () => {
      if (!over) {
        say({ kind: 'quit' })
        end(new BookClosed())
        await ended(worker)
      }
      await worker.terminate()
    },
  }
}
