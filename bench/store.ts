import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { addRxPlugin, createRxDatabase, type RxCollection } from 'rxdb'
import { RxDBMigrationSchemaPlugin } from 'rxdb/plugins/migration-schema'
import { createStore } from '../main/store/create-store.ts'
import { type AlertDocument, alertDocument } from '../main/store/documents/alerts.ts'
import { rxCollections } from '../main/store/documents/collections.ts'
import { getRxStorageNodeSqlite } from '../main/store/sqlite-storage/sqlite-storage.ts'
import type { Alert } from '../shared/api/models.ts'
import { silentLog, systemClock } from '../shared/runtime/ports.ts'

/**
 * Documents against raw node:sqlite in the same run, both WAL with synchronous=FULL. The peer writes the same JSON into
 * one table with the same three look-up columns indexed. Rounds alternate; medians are printed.
 */
const ROUNDS = 5
const SINGLE = 200
const BULK = 5_000
const BATCH = 1_000
const READS = 2_000

const folder = mkdtempSync(join(tmpdir(), 'deskline-bench-'))
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] as number
const print = (figure: string, ours: number, unit: string, peer: number): void => {
  const ratio = unit.endsWith('/s') ? ours / peer : peer / ours
  console.log(
    `RESULT store.${figure} ${ours.toPrecision(4)} ${unit} vs node:sqlite ${peer.toPrecision(4)} ratio ${ratio.toFixed(2)}`,
  )
}

const alert = (id: string, n: number): Alert => ({
  id,
  ruleId: 'open-result',
  ruleName: 'Open result beyond 5,000 or 50 %',
  severity: 'warning',
  measure: 'floating',
  side: 'loss',
  limitKind: 'amount',
  limit: 5_000,
  login: 1_000 + (n % 3_000),
  name: 'A client with a usual name',
  group: 'std-usd',
  country: 'Germany',
  figures: {
    currency: 'USD',
    base: 'USD',
    value: -5_012.34,
    valueBase: -5_012.34,
    share: -0.31,
    funds: 16_000.12,
    balance: 16_000.12,
    credit: 0,
    equity: 10_987.78,
    floating: -5_012.34,
    dayPl: -4_321.01,
    margin: 2_345.67,
    marginLevel: 468.43,
    positions: 4,
    at: 1_800_000_000_000,
    serverTime: 1_800_007_200_000,
  },
  state: 'new',
  raisedAt: 1_800_000_000_000 + n,
  seenAt: null,
  seenBy: null,
  calls: [],
  outcome: null,
  note: '',
  callBackAt: null,
  closedAt: null,
  closedBy: null,
})

const openRaw = (name: string) => {
  const db = new DatabaseSync(join(folder, name))
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA locking_mode = EXCLUSIVE')
  db.exec('CREATE TABLE d (id TEXT PRIMARY KEY, login INTEGER, raised INTEGER, ended INTEGER, data TEXT)')
  db.exec('CREATE INDEX d_login ON d (login, raised); CREATE INDEX d_ended ON d (ended)')
  const insert = db.prepare('INSERT OR REPLACE INTO d VALUES (?, ?, ?, ?, ?)')
  const select = db.prepare('SELECT data FROM d WHERE id = ?')
  return {
    db,
    put: (each: Alert) => {
      const d = alertDocument(each)
      insert.run(d.id, d.login, d.raisedAt, d.endedAt, JSON.stringify(d))
    },
    get: (id: string) => JSON.parse((select.get(id) as { data: string }).data) as AlertDocument,
  }
}
const openRx = async (name: string) => {
  const database = await createRxDatabase<{ alerts: RxCollection<AlertDocument> }>({
    name: 'desk',
    storage: getRxStorageNodeSqlite({ filename: join(folder, name), exclusive: true }),
    multiInstance: false,
    eventReduce: false,
  })
  const { alerts } = await database.addCollections({ alerts: rxCollections(false)['alerts'] as never })
  return { database, alerts }
}

const singles = async (round: number) => {
  const store = await createStore({
    path: join(folder, `single-${round}.sqlite`),
    clock: systemClock,
    log: silentLog,
  })
  const raw = openRaw(`single-raw-${round}.sqlite`)
  const ours: number[] = []
  const peer: number[] = []
  const journal: number[] = []
  for (let i = 0; i < SINGLE; i++) {
    const each = alert(`a${i}`, i)
    const t0 = performance.now()
    await store.alerts.put(each)
    const t1 = performance.now()
    raw.put(each)
    const t2 = performance.now()
    store.journal.append({
      at: i,
      user: 'u',
      role: 'dealer',
      procedure: 'alerts.seen',
      input: '{}',
      result: 'ok',
    })
    ours.push(t1 - t0)
    peer.push(t2 - t1)
    journal.push(performance.now() - t2)
  }
  await store.close()
  raw.db.close()
  return { ours: median(ours), peer: median(peer), journal: median(journal) }
}

const bulk = async (round: number) => {
  const all = Array.from({ length: BULK }, (_, i) => alert(`a${i}`, i))
  const { database, alerts } = await openRx(`bulk-${round}.sqlite`)
  const t0 = performance.now()
  for (let i = 0; i < BULK; i += BATCH) await alerts.bulkInsert(all.slice(i, i + BATCH).map(alertDocument))
  const ours = BULK / ((performance.now() - t0) / 1_000)

  const raw = openRaw(`bulk-raw-${round}.sqlite`)
  const t1 = performance.now()
  for (let i = 0; i < BULK; i += BATCH) {
    raw.db.exec('BEGIN IMMEDIATE')
    for (const each of all.slice(i, i + BATCH)) raw.put(each)
    raw.db.exec('COMMIT')
  }
  const peer = BULK / ((performance.now() - t1) / 1_000)

  const ids = Array.from({ length: READS }, (_, i) => `a${(i * 7_919) % BULK}`)
  const { storageInstance } = alerts
  const t2 = performance.now()
  for (const id of ids) await storageInstance.findDocumentsById([id], false)
  const reads = READS / ((performance.now() - t2) / 1_000)
  const t3 = performance.now()
  for (const id of ids) raw.get(id)
  const peerReads = READS / ((performance.now() - t3) / 1_000)
  await database.close()
  raw.db.close()
  return { ours, peer, reads, peerReads }
}

addRxPlugin(RxDBMigrationSchemaPlugin)
try {
  const single: Awaited<ReturnType<typeof singles>>[] = []
  const many: Awaited<ReturnType<typeof bulk>>[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const one = await singles(round)
    const all = await bulk(round)
    // The first round warms up.
    if (round > 0) {
      single.push(one)
      many.push(all)
    }
  }
  const peerPut = median(single.map((r) => r.peer))
  print('put_p50', median(single.map((r) => r.ours)), 'ms', peerPut)
  print('journal_p50', median(single.map((r) => r.journal)), 'ms', peerPut)
  print('bulk_insert', median(many.map((r) => r.ours)), 'docs/s', median(many.map((r) => r.peer)))
  print('point_read', median(many.map((r) => r.reads)), 'docs/s', median(many.map((r) => r.peerReads)))
} finally {
  rmSync(folder, { recursive: true })
}
