import { timingSafeEqual } from 'node:crypto'
import { resolve } from 'node:path'
import { type Transferable, Worker } from 'node:worker_threads'
import { createChecksApart } from './check-apart.ts'
import {
  fromWire,
  StorageClosed,
  StorageCrashed,
  type StorageError,
  StorageFailed,
  StorageWrongKey,
} from './errors.ts'
import type {
  CollectionSpec,
  Documents,
  EngineStart,
  FromEngine,
  OperationName,
  Operations,
  ToEngine,
} from './protocol.ts'
import type { KeyRing } from './sealing/key-ring.ts'

type Ask = <K extends OperationName>(
  op: K,
  input: Operations[K]['input'],
  transfer?: readonly Transferable[],
) => Promise<Operations[K]['output']>

/** One user's share of a file's worker. */
export type EngineClient = {
  readonly ask: Ask
  /** Opens a collection here and, should the worker die, in the next one. */
  readonly openCollection: (
    spec: Omit<CollectionSpec, 'handle'>,
    survivor: Survivor,
  ) => Promise<{ handle: number; last: number }>
  readonly closeCollection: (handle: number) => Promise<void>
  /** Reads the whole file and answers what is wrong with it. */
  readonly check: () => Promise<readonly string[]>
  /** Other keys, here and in the next worker should this one die. */
  readonly useKeys: (keys: KeyRing) => Promise<void>
  /** The last one closes the file and ends the worker. */
  readonly release: () => Promise<void>
}

/** Reading twice does no harm: what a dying worker left unanswered is asked again, once. */
const REPEATABLE: ReadonlySet<OperationName> = new Set<OperationName>([
  'byIds',
  'query',
  'count',
  'changedSince',
  'attachment',
  'stats',
])

type Question = {
  readonly message: ToEngine
  readonly transfer: readonly Transferable[]
  readonly resolve: (value: unknown) => void
  readonly reject: (error: StorageError) => void
  again: boolean
}
/** What an instance has to do with the death of a worker. */
export type Survivor = {
  /** The worker died. Answers the keys of the documents whose writes were under way. */
  readonly crashed: () => readonly string[]
  /** What is stored of them, and the number of the last change. */
  readonly reopened: (stored: Documents, last: number) => Promise<void>
}
type Opened = { readonly spec: CollectionSpec; readonly survivor: Survivor; lost: readonly string[] }

type Listener = { readonly name: string; readonly companion: string; readonly fn: (message: unknown) => void }
/** Those who hear the companions of files, open or not. */
const listeners = new Set<Listener>()

type EngineHost = {
  /** Rejects when the file cannot be opened. */
  readonly ready: Promise<void>
  /** One more user. */
  readonly client: () => EngineClient
  readonly keys: () => KeyRing | null
}

/** A worker that dies younger than this is not started again before somebody asks for something. */
const YOUNG_MS = 1_000

const createEngineHost = (
  name: string,
  start: EngineStart,
  url: URL,
  onClosing: (closed: Promise<void>) => void,
): EngineHost => {
  const questions = new Map<number, Question>()
  const opened = new Map<number, Opened>()
  // Nobody else can read a database in memory, or a file that is held for one process.
  const apart =
    start.filename === ':memory:' || start.exclusive ? null : createChecksApart(start.filename, url)
  let { keys } = start
  let worker: Worker | null = null
  /** While a worker starts, questions wait. */
  let starting: Promise<void> | null = null
  let startedAt = 0
  let waiting: Question[] = []
  let users = 0
  let closing = false
  /** A database in memory died with its worker. */
  let gone: StorageCrashed | null = null
  let lastN = 0
  let lastHandle = 0

  const post = (to: Worker, question: Question): void => {
    questions.set(question.message.n, question)
    if (questions.size === 1) to.ref()
    to.postMessage(question.message, question.transfer)
  }
  const hear = (from: Worker, message: FromEngine): void => {
    if (message.kind === 'notice') {
      for (const listener of listeners)
        if (listener.name === name && listener.companion === message.companion) listener.fn(message.message)
      return
    }
    if (message.kind !== 'answer' && message.kind !== 'failed') return
    const question = questions.get(message.n)
    questions.delete(message.n)
    if (questions.size === 0) from.unref()
    if (message.kind === 'answer') question?.resolve(message.value)
    else question?.reject(fromWire(message.error))
  }

  /** Starts a worker; resolves when it has opened the file. */
  const spawn = (): Promise<Worker> =>
    new Promise((resolve, reject) => {
      const fresh = new Worker(url, { workerData: { ...start, keys }, name: 'sqlite-storage' })
      let detail = 'it ended'
      fresh.on('message', (message: FromEngine) => {
        if (message.kind === 'ready') resolve(fresh)
        else if (message.kind === 'refused') reject(fromWire(message.error))
        else hear(fresh, message)
      })
      fresh.on('error', (error) => {
        detail = error instanceof Error ? error.message : String(error)
      })
      fresh.on('exit', () => {
        const crash = new StorageCrashed(`The worker of ${start.filename} died: ${detail}.`)
        reject(crash)
        if (fresh === worker) crashed(crash)
      })
    })

  /** Opens in a new worker what was open in the last one, and lets each instance look what became of its writes. */
  const reopenAll = async (fresh: Worker): Promise<void> => {
    const askFirst: Ask = (op, input) =>
      new Promise((resolve, reject) => {
        post(fresh, { message: { n: ++lastN, op, input }, transfer: [], resolve, reject, again: true })
      })
    const reopen = async (one: Opened): Promise<void> => {
      const { spec, survivor, lost } = one
      const last = await askFirst('open', spec)
      if (lost.length === 0) return
      const { handle } = spec
      await survivor.reopened(await askFirst('byIds', { handle, ids: lost, withDeleted: true }), last)
      one.lost = []
    }
    await Promise.all([...opened.values()].map(reopen))
    starting = null
    for (const question of waiting.splice(0)) post(fresh, question)
  }
  const begin = async (): Promise<void> => {
    startedAt = performance.now()
    try {
      const fresh = await spawn()
      worker = fresh
      fresh.unref()
      await reopenAll(fresh)
    } catch (error) {
      const failed = worker
      worker = null
      starting = null
      for (const { reject } of waiting.splice(0)) reject(error as StorageError)
      await failed?.terminate()
      throw error
    }
  }
  const restart = (): Promise<void> => {
    starting = begin()
    return starting.catch(() => undefined)
  }

  const crashed = (crash: StorageCrashed): void => {
    worker = null
    const left = [...questions.values()]
    questions.clear()
    if (start.filename === ':memory:') {
      gone = crash
      for (const { reject } of [...left, ...waiting.splice(0)]) reject(crash)
      return
    }
    for (const one of opened.values()) one.lost = [...one.lost, ...one.survivor.crashed()]
    const repeated = left.filter(({ message, again }) => !closing && !again && REPEATABLE.has(message.op))
    for (const question of repeated) question.again = true
    const lost = left.filter((question) => !repeated.includes(question))
    const rejectLost = (): void => {
      for (const { reject } of lost) reject(crash)
    }
    waiting = [...repeated, ...waiting]
    // One that dies while it opens is the business of `begin`.
    const wanted = !closing && !starting && (waiting.length > 0 || performance.now() - startedAt > YOUNG_MS)
    if (wanted) void restart().finally(rejectLost)
    else rejectLost()
  }

  const ask: Ask = (op, input, transfer = []) =>
    new Promise((resolve, reject) => {
      const question = { message: { n: ++lastN, op, input }, transfer, resolve, reject, again: false }
      if (worker && !starting) {
        post(worker, question)
        return
      }
      if (gone) {
        reject(gone)
        return
      }
      waiting.push(question)
      if (!starting) void restart()
    })

  const close = async (): Promise<void> => {
    await apart?.close()
    await starting?.catch(() => undefined)
    closing = true
    if (!worker) return
    const last = worker
    try {
      await ask('close', null)
    } finally {
      worker = null
      await last.terminate()
    }
  }

  const client = (): EngineClient => {
    let released: Promise<void> | null = null
    users += 1
    return {
      ask: (...asked) =>
        released ? Promise.reject(new StorageClosed(`${start.filename} is closed.`)) : ask(...asked),
      openCollection: async (spec, survivor) => {
        const whole = { ...spec, handle: ++lastHandle }
        const last = await ask('open', whole)
        opened.set(whole.handle, { spec: whole, survivor, lost: [] })
        return { handle: whole.handle, last }
      },
      closeCollection: async (handle) => {
        if (opened.delete(handle)) await ask('forget', { handle })
      },
      check: () => (apart ? apart.check() : ask('check', null)),
      useKeys: async (next) => {
        const before = keys
        keys = next
        await ask('useKeys', next).catch((error: unknown) => {
          keys = before
          throw error
        })
      },
      release: () => {
        if (released) return released
        users -= 1
        released = users === 0 ? close() : Promise.resolve()
        if (users === 0) onClosing(released)
        return released
      },
    }
  }

  const ready = begin()
  starting = ready
  return { ready, client, keys: () => keys }
}

type Entry = { readonly host: EngineHost; readonly options: string }
/** Files that are open in this process, by name, and those that are being closed. */
const hosts = new Map<string, Entry>()
const closings = new Map<string, Promise<unknown>>()

const forgotten = async (name: string, closed: Promise<void>): Promise<void> => {
  await closed.catch(() => undefined)
  closings.delete(name)
}
const startHost = (name: string, start: EngineStart, url: URL, options: string): Entry => {
  const host = createEngineHost(name, start, url, (closed) => {
    hosts.delete(name)
    const done = forgotten(name, closed)
    closings.set(name, done)
  })
  const entry = { host, options }
  hosts.set(name, entry)
  return entry
}

/** Whether two rings are of one file: what both have under one name is the same, and they have something in common. */
const sameKeys = (a: KeyRing | null, b: KeyRing | null): boolean => {
  if (!a || !b) return a === b
  const both = Object.keys(a.keys).filter((id) => Object.hasOwn(b.keys, id))
  return (
    both.length > 0 && both.every((id) => timingSafeEqual(a.keys[id] as Uint8Array, b.keys[id] as Uint8Array))
  )
}

/** What tells files apart: a memory database has its key, a file its path. */
const nameOf = (key: string, filename: string): string => (filename === ':memory:' ? key : resolve(filename))

export const onEngineNotice = (
  key: string,
  filename: string,
  companion: string,
  fn: (message: unknown) => void,
): (() => void) => {
  const listener = { name: nameOf(key, filename), companion, fn }
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/**
 * A share in the worker of a file: started if nobody in this process has it open yet.
 * @param key what tells a memory database from others; a file's is its path
 * @throws StorageError when the file cannot be opened, or is open with other options
 */
export const openEngine = async (key: string, start: EngineStart, url: URL): Promise<EngineClient> => {
  const name = nameOf(key, start.filename)
  const options = JSON.stringify([url.href, start.exclusive, start.readOnly, start.synchronous])
  while (closings.has(name)) await closings.get(name)
  const known = hosts.get(name)
  if (known && known.options !== options)
    throw new StorageFailed(`${start.filename} is open in this process with other options.`)
  if (known && !sameKeys(start.keys, known.host.keys()))
    throw new StorageWrongKey(`${start.filename} is open in this process with other keys.`)
  const { host } = known ?? startHost(name, start, url, options)
  const client = host.client()
  try {
    await host.ready
    return client
  } catch (error) {
    await client.release()
    throw error
  }
}
