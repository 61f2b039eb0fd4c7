import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { type MangoQuery, normalizeMangoQuery, prepareQuery, type RxStorageInstance } from 'rxdb'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { expect, it } from 'vitest'
import { getRxStorageNodeSqlite } from './sqlite-storage.ts'
import { type Doc, document, open, type Stored, schemaOf } from './storage-fixture.ts'

/**
 * The same random life is given to RxDB's own memory storage and to ours, and every answer compared: errors with
 * their conflicting documents, events, queries, counts, cleanups, and what is there after closing and opening again.
 */
type Instance = RxStorageInstance<Doc, unknown, unknown>

const schema = schemaOf()
const text = fc.constantFrom(
  '',
  'a',
  'aa',
  'b',
  'A',
  'é',
  '😀',
  '😀a',
  '\uFFFF',
  '\uFFFD',
  '\uD83D',
  '\t',
  ' x',
  '\u0000',
  'z~',
)
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'é', '😀', '\uFFFD', 'z', 'aa')
const age = fc.integer({ min: 0, max: 5 })
const score = fc.integer({ min: -1_000, max: 1_000 }).map((n) => n / 100)
/** Last-write times lie far apart, so that the running clock does not blur what a cleanup takes. */
const SPREAD = 10_000_000
const lwt = fc.integer({ min: 1, max: 20 }).map((n) => n * SPREAD + 0.01)

const writeRow = fc.record({
  id,
  previous: fc.constantFrom('current', 'current', 'current', 'none', 'stale'),
  fields: fc.record({
    name: text,
    age,
    score,
    flag: fc.boolean(),
    nested: fc.record({ deep: text }),
    _deleted: fc.oneof(
      { arbitrary: fc.constant(false), weight: 3 },
      { arbitrary: fc.constant(true), weight: 1 },
    ),
  }),
  lwt,
})

const comparison = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(
    fc.record({ $eq: value }),
    fc.record({ $gt: value }),
    fc.record({ $gte: value }),
    fc.record({ $lt: value }),
    fc.record({ $lte: value }),
    fc.record({ $gte: value, $lt: value }),
    fc.record({ $ne: value }),
    fc.record({ $in: fc.array(value, { maxLength: 3 }) }),
    fc.record({ $nin: fc.array(value, { maxLength: 3 }) }),
  )
const byId = fc.record({ id: comparison(id), _deleted: fc.constant({ $eq: false }) })
const byAnything = fc
  .record(
    {
      id: comparison(id),
      name: fc.oneof(comparison(text), fc.constant({ $regex: '^a' })),
      age: comparison(age),
      score: comparison(score),
      flag: fc.record({ $eq: fc.boolean() }),
      'nested.deep': comparison(text),
      _deleted: fc.constant({ $eq: false }),
    },
    { requiredKeys: [] },
  )
  .chain((plain) =>
    fc
      .option(comparison(age), { nil: undefined, freq: 3 })
      .map((other) => (other === undefined ? plain : { $or: [plain, { age: other }] })),
  )
const selector = fc.oneof({ arbitrary: byAnything, weight: 4 }, { arbitrary: byId, weight: 1 })
const direction = fc.constantFrom('asc' as const, 'desc' as const)
const sort = fc.array(
  fc.oneof(
    fc.record({ name: direction }),
    fc.record({ age: direction }),
    fc.record({ score: direction }),
    fc.record({ id: direction }),
    fc.record({ 'nested.deep': direction }),
  ),
  { maxLength: 2 },
)
const query = fc.record(
  { selector, sort, skip: fc.integer({ min: 0, max: 3 }), limit: fc.integer({ min: 0, max: 8 }) },
  { requiredKeys: ['selector'] },
)

const step = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      rows: fc.uniqueArray(writeRow, { selector: (row) => row.id, minLength: 1, maxLength: 6 }),
    }),
    weight: 4,
  },
  { arbitrary: fc.record({ kind: fc.constant('query' as const), query }), weight: 6 },
  { arbitrary: fc.record({ kind: fc.constant('count' as const), selector }), weight: 2 },
  {
    arbitrary: fc.record({
      kind: fc.constant('find' as const),
      ids: fc.array(id, { maxLength: 4 }),
      withDeleted: fc.boolean(),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({ kind: fc.constant('cleanup' as const), before: fc.integer({ min: 0, max: 21 }) }),
    weight: 1,
  },
  { arbitrary: fc.record({ kind: fc.constant('reopen' as const) }), weight: 1 },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

let revision = 0
const rowsFor = async (peer: Instance, wanted: Extract<Step, { kind: 'write' }>['rows']) =>
  Promise.all(
    wanted.map(async ({ id, previous, fields, lwt }) => {
      const [current] = await peer.findDocumentsById([id], true)
      revision += 1
      const row: { previous?: Stored; document: Stored } = {
        document: document(id, { ...fields, _meta: { lwt }, _rev: `${revision}-r` }),
      }
      if (previous === 'current' && current) row.previous = current
      if (previous === 'stale') row.previous = document(id, { _rev: '0-stale' })
      return row
    }),
  )

const plan = (wanted: { selector: object; sort?: object[]; skip?: number; limit?: number }) => {
  const copy = structuredClone(wanted)
  if (copy.sort?.length === 0) delete copy.sort
  return prepareQuery<Doc>(schema, normalizeMangoQuery(schema, copy as MangoQuery<Stored>) as never)
}

const answer = async (instance: Instance, wanted: Step, rows: Awaited<ReturnType<typeof rowsFor>>) => {
  if (wanted.kind === 'write') {
    const events: unknown[] = []
    const following = instance
      .changeStream()
      .subscribe(({ context, events: all }) => events.push(context, all))
    const { error } = await instance.bulkWrite(structuredClone(rows), 'test')
    following.unsubscribe()
    return { events, errors: error }
  }
  if (wanted.kind === 'query') return instance.query(plan(wanted.query))
  if (wanted.kind === 'count') return instance.count(plan({ selector: wanted.selector }))
  if (wanted.kind === 'find') return instance.findDocumentsById(wanted.ids, wanted.withDeleted)
  if (wanted.kind === 'cleanup') return instance.cleanup(Date.now() - (wanted.before + 0.5) * SPREAD)
  return null
}

const all = { kind: 'query' as const, query: { selector: {} } }

it('answers as the memory storage does', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deskline-storage-'))
  const peerStorage = getRxStorageMemory() as unknown as ReturnType<typeof getRxStorageNodeSqlite>
  const ourStorage = getRxStorageNodeSqlite({ filename: join(folder, 'test.sqlite') })
  let run = 0
  // The file stays open between runs; what a re-open reads is what was written.
  const keeper = await open(ourStorage, { databaseName: 'keeper' })
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        run += 1
        const databaseName = `conformance-${run}`
        let peer: Instance = await open(peerStorage, { databaseName })
        let ours: Instance = await open(ourStorage, { databaseName })
        for (const wanted of [...steps, all, { kind: 'reopen' as const }, all]) {
          if (wanted.kind === 'reopen') {
            await Promise.all([peer.close(), ours.close()])
            peer = await open(peerStorage, { databaseName })
            ours = await open(ourStorage, { databaseName })
            continue
          }
          const rows = wanted.kind === 'write' ? await rowsFor(peer, wanted.rows) : []
          const expected = await answer(peer, wanted, rows)
          expect(await answer(ours, wanted, rows)).toEqual(structuredClone(expected))
        }
        await Promise.all([peer.remove(), ours.remove()])
      }),
      { numRuns: 250 },
    )
  } finally {
    await keeper.close()
    rmSync(folder, { recursive: true })
  }
})
