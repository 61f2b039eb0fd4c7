import { join } from 'node:path'
import 'fake-indexeddb/auto'
import PouchDB from 'pouchdb'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import type { AlertDocument } from '../../main/store/documents/alerts.ts'
import { withNewKey } from '../../main/store/sqlite-storage/sealing/key-ring.ts'
import { getRxStorageNodeSqlite } from '../../main/store/sqlite-storage/sqlite-storage.ts'
import { median, report } from '../report.ts'
import { benchAlert } from './documents.ts'
import { longestBlock } from './longest-block.ts'
import { openRaw } from './raw.ts'
import { openRx } from './rx.ts'

const BULK = 100_000
/** The slower peers write fewer, which only helps them. */
const FEWER = 20_000
const FEWEST = 5_000
const AT_ONCE = 1_000
const ROUNDS = 3

type Writer = {
  readonly write: (documents: AlertDocument[]) => Promise<unknown> | void
  readonly close: () => unknown
}

/** Documents a second, and the longest time the thread was held up. */
const rateOf = async (open: () => Promise<Writer> | Writer, count: number) => {
  const documents = Array.from({ length: count }, (_, i) => benchAlert(i))
  const { write, close } = await open()
  globalThis.gc?.()
  const before = performance.now()
  const block = await longestBlock(async () => {
    for (let at = 0; at < count; at += AT_ONCE) await write(documents.slice(at, at + AT_ONCE))
  })
  const rate = (count / (performance.now() - before)) * 1_000
  await close()
  return { rate, block }
}

const rx = async (storage: Parameters<typeof openRx>[0], sealing = false): Promise<Writer> => {
  const { collection, close } = await openRx(storage, sealing)
  return { write: (documents) => collection.bulkInsert(documents), close }
}
/** Without RxDB's documents in between, as the desk writes them. */
const storageOnly = async (storage: Parameters<typeof openRx>[0]): Promise<Writer> => {
  const { collection, close } = await openRx(storage)
  const rest = { _deleted: false, _attachments: {}, _meta: { lwt: 1_000 }, _rev: '1-a' }
  return {
    write: (documents) =>
      collection.storageInstance.bulkWrite(
        documents.map((document) => ({ document: { ...document, ...rest } })),
        'bench',
      ),
    close,
  }
}

/** Writing many documents, a thousand at a time: ours, SQLite by hand, and what else keeps documents in JavaScript. */
export const benchBulk = async (folder: string): Promise<void> => {
  let n = 0
  const path = (): string => join(folder, `bulk-${++n}`)
  const ours = (sealed = false) =>
    getRxStorageNodeSqlite({
      filename: `${path()}.sqlite`,
      ...(sealed ? { keys: withNewKey(null) } : {}),
    }) as never
  const raw = (): Writer => {
    const db = openRaw(`${path()}.raw`)
    return { write: (documents) => db.putAll(documents), close: db.close }
  }
  const rounds: Record<'ours' | 'storage' | 'sealed' | 'raw', Awaited<ReturnType<typeof rateOf>>[]> = {
    ours: [],
    storage: [],
    sealed: [],
    raw: [],
  }
  // Warm, then in turns.
  await rateOf(() => rx(ours()), FEWEST)
  await rateOf(raw, FEWEST)
  for (let round = 0; round < ROUNDS; round++) {
    rounds.ours.push(await rateOf(() => rx(ours()), BULK))
    rounds.raw.push(await rateOf(raw, BULK))
    rounds.storage.push(await rateOf(() => storageOnly(ours()), BULK))
  }
  rounds.sealed.push(await rateOf(() => rx(ours(true), true), BULK))
  const rate = (of: keyof typeof rounds): number => median(rounds[of].map((each) => each.rate))
  report('store.bulk_insert', rate('ours'), 'docs/s', { name: 'node:sqlite', value: rate('raw') })
  report('store.bulk_write_storage', rate('storage'), 'docs/s', { name: 'node:sqlite', value: rate('raw') })
  report('store.bulk_insert_sealed', rate('sealed'), 'docs/s', { name: 'unsealed', value: rate('ours') })

  const memory = await rateOf(() => rx(getRxStorageMemory()), BULK)
  report('store.bulk_insert', rate('ours'), 'docs/s', { name: 'rxdb-memory', value: memory.rate })
  report('store.bulk_longest_block', median(rounds.ours.map(({ block }) => block)), 'ms', {
    name: 'rxdb-memory',
    value: memory.block,
  })
  report('store.bulk_write_longest_block', median(rounds.storage.map(({ block }) => block)), 'ms', {
    name: 'limit',
    value: 60,
  })
  const pouch = await rateOf(() => {
    const db = new PouchDB(path())
    return {
      write: (documents) => db.bulkDocs(documents.map(({ id, ...rest }) => ({ _id: id, ...rest }))),
      close: () => db.close(),
    }
  }, FEWER)
  report('store.bulk_insert', rate('ours'), 'docs/s', { name: 'pouchdb-leveldb', value: pouch.rate })
  const dexie = await rateOf(() => rx(getRxStorageDexie()), FEWEST)
  report('store.bulk_insert', rate('ours'), 'docs/s', { name: 'dexie-fake-indexeddb', value: dexie.rate })
}
