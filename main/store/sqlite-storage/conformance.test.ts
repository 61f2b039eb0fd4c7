import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import {
  type MangoQuery,
  normalizeMangoQuery,
  prepareQuery,
  type RxStorage,
  type RxStorageInstance,
} from 'rxdb'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { expect, it } from 'vitest'
import { getRxStorageNodeSqlite } from './sqlite-storage.ts'
import { type Doc, document, open, type Stored, schemaOf } from './storage-fixture.ts'

/**
 * The same random life is given to RxDB's own memory storage and to ours, and every answer compared: errors with
 * their conflicting documents, events, queries, counts, attachments, cleanups, and what is there after closing and
 * opening again, or after the worker was killed. Only the order of changes is ours: a list of who was written when
 * tells what to expect of it.
 */
type Instance = RxStorageInstance<Doc, unknown, unknown, { seq: number }>

const worker = new URL('./testing/companion-worker.ts', import.meta.url)
const openly = schemaOf({ attachments: {} })
/** Nothing is indexed that is sealed. */
const sealedIndexes = ['id', 'age', ['flag', 'age'], 'score']
const lives = [
  { title: 'in the clear', peerSchema: openly, ourSchema: openly, keys: undefined },
  {
    title: 'with sealed fields and attachments',
    peerSchema: schemaOf({ attachments: {}, indexes: sealedIndexes }),
    ourSchema: schemaOf({
      attachments: { encrypted: true },
      indexes: sealedIndexes,
      encrypted: ['name', 'nested.deep'],
    }),
    keys: { current: 'k', keys: { k: new Uint8Array(32).fill(7) } },
  },
]
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
  previous: fc.constantFrom('current', 'current', 'current', 'before', 'none', 'stale'),
  /** By name: other bytes, or those that are there. */
  attachments: fc.record(
    {
      x: fc.constantFrom('keep', 'one', 'two'),
      '😀': fc.constantFrom('keep', 'one', ''),
    },
    { requiredKeys: [] },
  ),
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
      rows: fc.array(writeRow, { minLength: 1, maxLength: 6 }),
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
  {
    arbitrary: fc.record({ kind: fc.constant('attachment' as const), id, name: fc.constantFrom('x', '😀') }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('since' as const),
      back: fc.integer({ min: 0, max: 20 }),
      limit: fc.integer({ min: 1, max: 8 }),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({ kind: fc.constant('reopen' as const), kill: fc.integer({ min: 0, max: 9 }) }),
    weight: 1,
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

type Row = { previous?: Stored; document: Stored }
let revision = 0

const attachmentsFor = (
  wanted: Record<string, string>,
  previous: Stored | undefined,
): Stored['_attachments'] => {
  const all: Record<string, unknown> = {}
  for (const [name, what] of Object.entries(wanted)) {
    const kept = previous?._attachments[name]
    if (what !== 'keep')
      all[name] = {
        data: new Blob([what], { type: 'text/plain' }),
        length: what.length,
        type: 'text/plain',
        digest: `digest of ${what}`,
      }
    else if (kept) all[name] = kept
  }
  return all as Stored['_attachments']
}
/** As it is stored: RxDB takes the bytes out. */
const stripped = (document: Stored): Stored => ({
  ...document,
  _attachments: Object.fromEntries(
    Object.entries(document._attachments).map(([name, { length, type, digest }]) => [
      name,
      { length, type, digest },
    ]),
  ),
})

const rowsFor = async (peer: Instance, wanted: Extract<Step, { kind: 'write' }>['rows']): Promise<Row[]> => {
  const rows: Row[] = []
  for (const { id, previous, fields, lwt, attachments } of wanted) {
    const [current] = await peer.findDocumentsById([id], true)
    const earlier = rows.findLast((row) => row.document.id === id)?.document
    const base = {
      current,
      before: earlier && stripped(earlier),
      none: undefined,
      stale: document(id, { _rev: '0-stale' }),
    }[previous]
    revision += 1
    const now = document(id, {
      ...fields,
      _meta: { lwt },
      _rev: `${revision}-r`,
      _attachments: fields._deleted ? {} : attachmentsFor(attachments, base),
    })
    rows.push(base ? { previous: base, document: now } : { document: now })
  }
  return rows
}

/** RxDB's memory storage loses its mind over two rows on one document in one call: it is given them in two. */
const inTurns = (rows: Row[]): Row[][] => {
  const turns: Row[][] = []
  for (const row of rows) {
    const turn = turns.at(-1)
    if (!turn || turn.some(({ document: { id } }) => id === row.document.id)) turns.push([row])
    else turn.push(row)
  }
  return turns
}

const plan = (
  { schema }: Instance,
  wanted: { selector: object; sort?: object[]; skip?: number; limit?: number },
) => {
  const copy = structuredClone(wanted)
  if (copy.sort?.length === 0) delete copy.sort
  return prepareQuery<Doc>(schema, normalizeMangoQuery(schema, copy as MangoQuery<Stored>) as never)
}

/** Who was written when, as far as still there: the order of changes. */
type Order = { last: number; of: Map<string, number> }

const write = async (instance: Instance, calls: Row[][]) => {
  const events: unknown[] = []
  const errors: unknown[] = []
  const following = instance.changeStream().subscribe(({ context, events: all }) => events.push(context, all))
  for (const rows of calls) errors.push(...(await instance.bulkWrite(structuredClone(rows), 'test')).error)
  following.unsubscribe()
  return { events, errors }
}

const bytesOf = async (instance: Instance, id: string, name: string, digest: string): Promise<unknown> => {
  try {
    const blob = await instance.getAttachmentData(id, name, digest)
    return [await blob.text(), blob.type]
  } catch {
    return 'none'
  }
}
const attachmentOf = async (instance: Instance, id: string, name: string): Promise<unknown> => {
  const [holder] = await instance.findDocumentsById([id], true)
  const digest = holder?._attachments[name]?.digest ?? 'digest of one'
  return [await bytesOf(instance, id, name, digest), await bytesOf(instance, id, name, `${digest}?`)]
}

const answer = async (instance: Instance, wanted: Step) => {
  if (wanted.kind === 'query') return instance.query(plan(instance, wanted.query))
  if (wanted.kind === 'count') return instance.count(plan(instance, { selector: wanted.selector }))
  if (wanted.kind === 'find') return instance.findDocumentsById(wanted.ids, wanted.withDeleted)
  if (wanted.kind === 'attachment') return attachmentOf(instance, wanted.id, wanted.name)
  if (wanted.kind === 'cleanup') return instance.cleanup(Date.now() - (wanted.before + 0.5) * SPREAD)
  return null
}

const checkWrite = async (peer: Instance, ours: Instance, order: Order, rows: Row[]) => {
  const expected = await write(peer, inTurns(rows))
  const got = await write(ours, [rows])
  expect(got).toEqual(structuredClone(expected))
  const refused = [...(got.errors as { writeRow: Row }[])]
  for (const {
    document: { id, _rev },
  } of rows)
    if (!refused.some(({ writeRow }) => writeRow.document._rev === _rev)) order.of.set(id, ++order.last)
}

const checkSince = async (ours: Instance, order: Order, back: number, limit: number) => {
  const seq = Math.max(0, order.last - back)
  const expected = [...order.of]
    .filter(([, at]) => at > seq)
    .sort(([, a], [, b]) => a - b)
    .slice(0, limit)
  const got = await ours.getChangedDocumentsSince?.(limit, { seq })
  expect(got?.documents.map(({ id }) => id)).toEqual(expected.map(([id]) => id))
  expect(got?.checkpoint).toEqual({ seq: expected.at(-1)?.[1] ?? seq })
}

const checkAnswer = async (peer: Instance, ours: Instance, order: Order, wanted: Step) => {
  const expected = await answer(peer, wanted)
  expect(await answer(ours, wanted)).toEqual(structuredClone(expected))
  if (wanted.kind !== 'cleanup') return
  for (const id of order.of.keys())
    if ((await peer.findDocumentsById([id], true)).length === 0) order.of.delete(id)
}

const reopen = (kill: number) => ({ kind: 'reopen' as const, kill })
const all = { kind: 'query' as const, query: { selector: {} } }

it.each(lives)('answers as the memory storage does, $title', { timeout: 240_000 }, async (life) => {
  const { peerSchema, ourSchema, keys } = life
  const folder = mkdtempSync(join(tmpdir(), 'deskline-storage-'))
  const peerStorage = getRxStorageMemory() as unknown as RxStorage<object, object>
  const ourStorage = getRxStorageNodeSqlite({
    filename: join(folder, 'test.sqlite'),
    worker,
    ...(keys && { keys }),
  })
  let run = 0
  let killed = 0
  // The file stays open between runs; what a re-open reads is what was written.
  const keeper = await open(ourStorage, { databaseName: 'keeper' })
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        run += 1
        const databaseName = `conformance-${keys ? 'sealed' : 'open'}-${run}`
        let peer: Instance = await open(peerStorage, { databaseName, schema: peerSchema })
        let ours: Instance = await open(ourStorage, { databaseName, schema: ourSchema })
        const order: Order = { last: 0, of: new Map() }
        // Now and then for certain, not by luck alone.
        const last = run % 20 === 1 ? [reopen(0), all, reopen(1)] : [reopen(1)]
        for (const wanted of [...steps, all, ...last, all]) {
          if (wanted.kind === 'reopen') {
            // A killed worker is replaced under an instance that stays; else all is closed and opened again.
            if (wanted.kill === 0)
              await ourStorage.call(databaseName, 'lister', 'die', null).catch(() => (killed += 1))
            else {
              await Promise.all([peer.close(), ours.close()])
              peer = await open(peerStorage, { databaseName, schema: peerSchema })
              ours = await open(ourStorage, { databaseName, schema: ourSchema })
            }
          } else if (wanted.kind === 'write')
            await checkWrite(peer, ours, order, await rowsFor(peer, wanted.rows))
          else if (wanted.kind === 'since') await checkSince(ours, order, wanted.back, wanted.limit)
          else await checkAnswer(peer, ours, order, wanted)
        }
        await Promise.all([peer.remove(), ours.remove()])
      }),
      { numRuns: keys ? 80 : 150 },
    )
    expect(killed).toBeGreaterThan(0)
  } finally {
    await keeper.close()
    rmSync(folder, { recursive: true })
  }
})
