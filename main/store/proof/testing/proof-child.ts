import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as turn } from 'node:timers/promises'
import { silentLog, systemClock, systemTimers, type Timers } from '../../../../shared/runtime/ports.ts'
import { createStore, type DeskStore } from '../../create-store.ts'
import { keyFileOnly } from '../../keys/types.ts'
import { createOutbox } from '../../outbox/create-outbox.ts'
import { seeded } from '../../outbox/testing/virtual-time.ts'
import type { FromBridge } from './model-bridge.ts'
import { createRemoteSender } from './remote-sender.ts'
import { actOf, perform, type SlotCollection, slotCollections } from './slots.ts'

/** What a child is told. `first`: number of its first write. */
export type ChildTask = {
  readonly folder: string
  readonly worker: string
  readonly seed: number
  readonly first: number
  readonly task: 'write' | 'backup' | 'compact' | 'rotate' | 'export' | 'import' | 'picture' | 'drain'
}

export type OutboxFact = { key: string; state: string; lane: string; seq: number; hold: number }
/** Everything a file holds, as the program reads it when it opens. */
export type Picture = {
  readonly check: readonly string[]
  readonly documents: Readonly<Record<SlotCollection, readonly { id: string }[]>>
  readonly outbox: readonly OutboxFact[]
  readonly journal: readonly number[]
  /** Change number of every document. */
  readonly changes: Readonly<Record<string, number>>
  readonly health: { readonly ok: boolean; readonly detail: string }
}
export type FromChild = { kind: 'opened'; picture: Picture } | { kind: 'wrote' } | { kind: 'drained' }

const WRITERS = 4
const task = JSON.parse(process.argv[2] as string) as ChildTask

/** Rows of a statement, read beside the store. */
const rows = <T>(sql: string): T[] => {
  const db = new DatabaseSync(join(task.folder, 'desk.sqlite'), { readOnly: true })
  try {
    return db.prepare(sql).all() as T[]
  } finally {
    db.close()
  }
}
const tableOf = (name: SlotCollection): string => (name === 'settings' ? 'desk/settings/1' : `desk/${name}/0`)

const pictureOf = async (store: DeskStore): Promise<Picture> => {
  const found = await Promise.all(
    slotCollections.map(async (name) => [name, await store.documents[name].find({})] as const),
  )
  const changes = slotCollections.flatMap((name) =>
    rows<{ id: string; seq: number }>(`SELECT id, seq FROM "${tableOf(name)}"`),
  )
  return {
    check: (await store.data?.check()) ?? [],
    documents: Object.fromEntries(found) as unknown as Picture['documents'],
    outbox: rows<OutboxFact>('SELECT key, state, lane, seq, hold FROM outbox ORDER BY seq'),
    journal: (await store.journal.recent(1_000_000)).map(({ result }) => Number(result)),
    changes: Object.fromEntries(changes.map(({ id, seq }) => [id, seq])),
    health: store.health(),
  }
}

const said = openSync(join(task.folder, `said-${task.first}`), 'a')
/** In the file when this returns, whatever happens to the process then. */
const note = (line: string): void => void writeSync(said, `${line}\n`)
const tell = (message: FromChild): void => void process.send?.(message)

let number = task.first
const random = seeded(task.seed * 7_919 + task.first)

const write = async (store: DeskStore): Promise<void> => {
  const act = actOf(number++, random)
  note(`issued ${JSON.stringify(act)}`)
  await perform(store.documents, act)
  note(`done ${act.n}`)
  tell({ kind: 'wrote' })
  if (act.n % 4 !== 0) return
  await store.journal.append({
    at: act.n,
    user: 'ann',
    role: 'dealer',
    procedure: 'proof',
    input: '{}',
    result: String(act.n),
  })
  note(`journal ${act.n}`)
}
const forEver = async (step: () => Promise<unknown>): Promise<never> => {
  while (true) {
    await step()
    await turn()
  }
}

const maintenance: Partial<Record<ChildTask['task'], (store: DeskStore) => Promise<unknown>>> = {
  backup: async (store) => {
    await store.data?.backup()
    note('backed-up')
  },
  compact: async (store) => store.data?.compact(),
  rotate: async (store) => store.keys?.rotate(),
  export: async (store) => store.data?.export(true, 'ann'),
}

const { sender, hear } = createRemoteSender((message) => process.send?.(message))
process.on('message', (message) => hear(message as FromBridge))
process.on('unhandledRejection', (error) => {
  note(`failed ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  process.exit(1)
})

const store = await createStore({
  path: join(task.folder, 'desk.sqlite'),
  worker: new URL(task.worker),
  keys: keyFileOnly,
  clock: systemClock,
  log: silentLog,
})
tell({ kind: 'opened', picture: await pictureOf(store) })
/** The desk's waits, shortened: a life here is a fraction of a second. */
const quick: Timers = {
  setTimeout: (fn, ms) => systemTimers.setTimeout(fn, ms / 25),
  clearTimeout: systemTimers.clearTimeout,
}
if (task.task === 'import') {
  const report = await store.data?.import('given', false)
  note(`imported ${report?.written}`)
} else if (task.task !== 'picture') {
  const outbox = await createOutbox({
    door: store.outbox,
    senders: { desk: sender },
    clock: systemClock,
    timers: quick,
    random,
    log: silentLog,
  })
  outbox.onChange((rows) => {
    for (const { key, state } of rows)
      if (state === 'confirmed' || state === 'failed') note(`settled ${key} ${state}`)
  })
  if (task.task === 'drain') {
    // Behind a restore the way out is held until a person has looked.
    await outbox.pause('desk', false, 'ann')
    while ((await outbox.counts()).waiting > 0) await new Promise((resolve) => setTimeout(resolve, 20))
    tell({ kind: 'drained' })
    outbox.close()
  } else {
    for (let i = 0; i < WRITERS; i++) void forEver(() => write(store))
    const step = maintenance[task.task]
    if (step) void forEver(() => step(store))
    await new Promise(() => {})
  }
}
await store.close()
closeSync(said)
process.disconnect()
