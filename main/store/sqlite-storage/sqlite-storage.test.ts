import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type EventBulk,
  getChangedDocumentsSince,
  normalizeMangoQuery,
  now,
  prepareQuery,
  RXDB_VERSION,
  type RxStorageChangeEvent,
} from 'rxdb'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { getRxStorageNodeSqlite } from './sqlite-storage.ts'
import { type Doc, document, open, type Stored, schemaOf } from './storage-fixture.ts'

/** Writes wait for the disk; a busy machine makes that slow, not wrong. */
vi.setConfig({ testTimeout: 60_000 })

let folder = ''
const storage = () => getRxStorageNodeSqlite({ filename: join(folder, 'test.sqlite') })
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-storage-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const schema = schemaOf()
const find = (selector: object, more: { sort?: object[]; limit?: number; skip?: number } = {}) =>
  prepareQuery<Doc>(schema, normalizeMangoQuery(schema, { selector, ...more } as never) as never)

it('says what it is', () => {
  expect(storage()).toMatchObject({
    rxdbVersion: RXDB_VERSION,
    name: `node-sqlite:${join(folder, 'test.sqlite')}`,
  })
})

it.each([
  ['key compression', { keyCompression: true }, 'UT5'],
  ['compressed attachments', { attachments: { compression: 'gzip' } }, 'UT7'],
])('refuses %s, which needs a wrapper', async (_what, more, code) => {
  await expect(open(storage(), { schema: { ...schema, ...more } as never })).rejects.toMatchObject({ code })
})

describe('writing', () => {
  it('answers a conflict with the plain stored document', async () => {
    const instance = await open(storage())
    const first = document('a', { name: 'first' })
    await instance.bulkWrite([{ document: first }], 'test')
    const { error } = await instance.bulkWrite([{ document: document('a', { name: 'second' }) }], 'test')
    expect(error).toMatchObject([{ status: 409, documentId: 'a', isError: true }])
    expect(error[0]).toHaveProperty('documentInDb', first)
    await instance.close()
  })

  it('lets the first of two inserts in parallel win', async () => {
    const instance = await open(storage())
    const [first, second] = await Promise.all([
      instance.bulkWrite([{ document: document('a', { name: '1' }) }], 'test'),
      instance.bulkWrite([{ document: document('a', { name: '2' }) }], 'test'),
    ])
    expect(first.error).toEqual([])
    expect(second.error).toMatchObject([{ status: 409, writeRow: { document: { name: '2' } } }])
    await instance.close()
  })

  it('judges a second row on the same document by what the first one wrote', async () => {
    const instance = await open(storage())
    const created = document('a')
    const changed = document('a', { name: 'x', _rev: '2-b' })
    const { error } = await instance.bulkWrite(
      [
        { document: created },
        { document: document('a', { name: 'y' }) },
        { previous: created, document: changed },
      ],
      'test',
    )
    expect(error).toMatchObject([{ status: 409, documentInDb: created }])
    expect(await instance.findDocumentsById(['a'], true)).toEqual([changed])
    await instance.close()
  })

  it('takes documents that are deleted from the start, and back again', async () => {
    const instance = await open(storage())
    const events: string[] = []
    instance.changeStream().subscribe((bulk) => events.push(...bulk.events.map((event) => event.operation)))
    const gone = document('a', { _deleted: true })
    await instance.bulkWrite([{ document: gone }], 'test')
    expect(events).toEqual([])
    expect(await instance.findDocumentsById(['a'], false)).toEqual([])
    expect(await instance.findDocumentsById(['a'], true)).toEqual([gone])
    await instance.bulkWrite([{ previous: gone, document: document('a', { _rev: '2-b' }) }], 'test')
    expect(events).toEqual(['INSERT'])
    await instance.close()
  })

  it('has told of a write before its promise resolves, and nothing when all of it failed', async () => {
    const instance = await open(storage())
    const bulks: EventBulk<RxStorageChangeEvent<Stored>, unknown>[] = []
    instance.changeStream().subscribe((bulk) => bulks.push(bulk as never))
    await instance.bulkWrite([{ document: document('a') }], 'mine')
    expect(bulks).toMatchObject([{ context: 'mine', checkpoint: { seq: 1 }, events: [{ documentId: 'a' }] }])
    await instance.bulkWrite([{ document: document('a') }], 'mine')
    expect(bulks).toHaveLength(1)
    await instance.close()
  })

  it('undoes all of a call that fails in the middle', async () => {
    const instance = await open(storage())
    const broken = document('b')
    Object.assign(broken, { nested: { toJSON: () => JSON.parse('{') as unknown } })
    await expect(
      instance.bulkWrite([{ document: document('a') }, { document: broken }], 'test'),
    ).rejects.toThrow('JSON')
    expect(await instance.findDocumentsById(['a', 'b'], true)).toEqual([])
    expect((await instance.bulkWrite([{ document: document('a') }], 'test')).error).toEqual([])
    await instance.close()
  })

  it('keeps hundredths of the last-write time, lone surrogates and large numbers', async () => {
    const odd = document('\uD83D', { name: '\uDE00', age: 2 ** 53 - 1, _meta: { lwt: 1_700_000_000_000.01 } })
    const instance = await open(storage())
    await instance.bulkWrite([{ document: odd }], 'test')
    await instance.close()
    const again = await open(storage())
    expect(await again.findDocumentsById(['\uD83D'], true)).toEqual([odd])
    await again.close()
  })
})

describe('queries', () => {
  it('find an emoji within bounds padded with U+FFFF', async () => {
    const instance = await open(storage())
    await instance.bulkWrite(
      ['😀', 'z', '\uFFFD'].map((name, i) => ({ document: document(`${i}`, { name }) })),
      'test',
    )
    const { documents } = await instance.query(find({ name: { $gte: 'a' } }, { sort: [{ name: 'asc' }] }))
    expect(documents.map(({ name }) => name)).toEqual(['z', '😀', '\uFFFD'])
    await instance.close()
  })

  it('take a limit of zero as none', async () => {
    const instance = await open(storage())
    await instance.bulkWrite([{ document: document('a') }], 'test')
    expect((await instance.query(find({}, { limit: 0 }))).documents).toEqual([])
    expect((await instance.query(find({ age: { $ne: 7 } }, { limit: 0 }))).documents).toEqual([])
    expect(await instance.count(find({}, { limit: 0 }))).toEqual({ count: 0, mode: 'fast' })
    await instance.close()
  })

  it('break ties by the primary key, and count what they would answer', async () => {
    const instance = await open(storage())
    await instance.bulkWrite(
      ['c', 'a', 'b'].map((id) => ({ document: document(id) })),
      'test',
    )
    const { documents } = await instance.query(find({}, { sort: [{ name: 'asc' }], skip: 1, limit: 5 }))
    expect(documents.map(({ id }) => id)).toEqual(['b', 'c'])
    expect(await instance.count(find({}, { skip: 1 }))).toMatchObject({ count: 2 })
    expect(await instance.count(find({ age: { $ne: 7 } }))).toMatchObject({ count: 3 })
    await instance.close()
  })

  it('refuse an index that is not there', async () => {
    const instance = await open(storage())
    const plan = find({})
    plan.queryPlan.index = ['_deleted', 'age', 'id']
    await expect(instance.count(plan)).rejects.toThrow('no index on _deleted, age, id')
    await instance.close()
  })
})

describe('changes', () => {
  it('are answered in the order they were written, even when the clock was set back', async () => {
    const instance = await open(storage())
    const write = (id: string, lwt: number) =>
      instance.bulkWrite([{ document: document(id, { _meta: { lwt } }) }], 'test')
    await write('a', 5_000)
    await write('b', 5_000)
    const first = await getChangedDocumentsSince(instance, 10)
    expect(first.documents.map(({ id }) => id)).toEqual(['a', 'b'])
    await write('c', 1_000)
    const second = await getChangedDocumentsSince(instance, 10, first.checkpoint)
    expect(second.documents.map(({ id }) => id)).toEqual(['c'])
    expect(await getChangedDocumentsSince(instance, 10, second.checkpoint)).toEqual({
      documents: [],
      checkpoint: second.checkpoint,
    })
    await instance.close()
  })

  it('answer a document once, in its newest state, and page without holes', async () => {
    const instance = await open(storage())
    for (let i = 0; i < 7; i++) await instance.bulkWrite([{ document: document(`${i}`) }], 'test')
    await instance.bulkWrite(
      [{ previous: document('2'), document: document('2', { _rev: '2-b', age: 9 }) }],
      'test',
    )
    const ids: string[] = []
    let checkpoint: unknown
    for (let page = await getChangedDocumentsSince(instance, 3); page.documents.length > 0; ) {
      ids.push(...page.documents.map(({ id, age }) => `${id}/${age}`))
      checkpoint = page.checkpoint
      page = await getChangedDocumentsSince(instance, 3, checkpoint)
    }
    expect(ids).toEqual(['0/1', '1/1', '3/1', '4/1', '5/1', '6/1', '2/9'])
    await instance.close()
  })

  it('never get a number twice, even when the newest was cleaned up', async () => {
    const instance = await open(storage())
    await instance.bulkWrite([{ document: document('a', { _deleted: true }) }], 'test')
    const before = await getChangedDocumentsSince(instance, 10)
    expect(await instance.cleanup(0)).toBe(true)
    await instance.bulkWrite([{ document: document('b') }], 'test')
    expect((await getChangedDocumentsSince(instance, 10, before.checkpoint)).documents).toHaveLength(1)
    await instance.close()
  })
})

describe('cleanup', () => {
  it('takes old tombstones in batches and leaves everything else', async () => {
    const instance = await open(storage())
    const old = Array.from({ length: 1_500 }, (_, i) => document(`old${i}`, { _deleted: true }))
    const fresh = document('fresh', { _deleted: true, _meta: { lwt: now() } })
    const live = document('live')
    await instance.bulkWrite(
      [...old, fresh, live].map((each) => ({ document: each })),
      'test',
    )
    expect(await instance.cleanup(60_000)).toBe(false)
    expect(await instance.cleanup(60_000)).toBe(true)
    expect(await instance.findDocumentsById(['old0', 'old1499', 'fresh', 'live'], true)).toEqual([
      fresh,
      live,
    ])
    await instance.close()
  })
})

describe('attachments', () => {
  const withAttachments = schemaOf({ attachments: {} })
  const attachment = (text: string, digest = text) => ({
    data: new Blob([text], { type: 'text/plain' }),
    length: text.length,
    type: 'text/plain',
    digest,
  })
  const carrying = (attachments: object, more: Partial<Stored> = {}): Stored =>
    document('a', { ...more, _attachments: attachments as never })

  it('come back as they went in, under the right digest only', async () => {
    const instance = await open(storage(), { schema: withAttachments })
    await instance.bulkWrite([{ document: carrying({ '😀': attachment('hello') }) }], 'test')
    const data = await instance.getAttachmentData('a', '😀', 'hello')
    expect([await data.text(), data.type]).toEqual(['hello', 'text/plain'])
    await expect(instance.getAttachmentData('a', '😀', 'other')).rejects.toThrow('digest other')
    const [stored] = await instance.findDocumentsById(['a'], false)
    expect(stored?._attachments['😀']).toEqual({ length: 5, type: 'text/plain', digest: 'hello' })
    await instance.close()
  })

  it('are replaced, left out and kept as the document says, and go with it', async () => {
    const instance = await open(storage(), { schema: withAttachments })
    await instance.bulkWrite(
      [{ document: carrying({ keep: attachment('k'), swap: attachment('s1'), drop: attachment('d') }) }],
      'test',
    )
    const [one] = (await instance.findDocumentsById(['a'], false)) as [Stored]
    const two = carrying({ keep: one._attachments['keep'], swap: attachment('s2') }, { _rev: '2-b' })
    expect((await instance.bulkWrite([{ previous: one, document: two }], 'test')).error).toEqual([])
    expect(await (await instance.getAttachmentData('a', 'keep', 'k')).text()).toBe('k')
    expect(await (await instance.getAttachmentData('a', 'swap', 's2')).text()).toBe('s2')
    await expect(instance.getAttachmentData('a', 'drop', 'd')).rejects.toThrow('no attachment drop')

    const [three] = (await instance.findDocumentsById(['a'], false)) as [Stored]
    await instance.bulkWrite(
      [{ previous: three, document: carrying({}, { _rev: '3-c', _deleted: true }) }],
      'test',
    )
    await expect(instance.getAttachmentData('a', 'keep', 'k')).rejects.toThrow('no attachment keep')
    await instance.close()
  })

  it('without data are refused, and nobody is told of the document', async () => {
    const instance = await open(storage(), { schema: withAttachments })
    let told = 0
    instance.changeStream().subscribe(() => {
      told += 1
    })
    const { error } = await instance.bulkWrite(
      [{ document: carrying({ stub: { length: 1, type: 'text/plain', digest: 'x' } }) }],
      'test',
    )
    expect(error).toMatchObject([{ status: 510, attachmentId: 'stub' }])
    expect(await instance.findDocumentsById(['a'], true)).toEqual([])
    expect(told).toBe(0)
    await instance.close()
  })
})

it('folds its log into the file when nothing is written for a while', async () => {
  const instance = await open(storage())
  const rows = Array.from({ length: 500 }, (_, i) => ({ document: document(`a${i}`) }))
  await instance.bulkWrite(rows, 'test')
  const small = statSync(join(folder, 'test.sqlite')).size
  await expect
    .poll(() => statSync(join(folder, 'test.sqlite')).size, { timeout: 20_000 })
    .toBeGreaterThan(small + 100_000)
  await instance.close()
})

describe('opening and closing', () => {
  it('closes twice, and closes after it was removed', async () => {
    const instance = await open(storage())
    await instance.close()
    await instance.close()
    const other = await open(storage())
    await other.remove()
    await expect(other.close()).resolves.toBeUndefined()
  })

  it('answers nothing more once closed, and is not removed then', async () => {
    const instance = await open(storage())
    let completed = false
    instance.changeStream().subscribe({
      complete: () => {
        completed = true
      },
    })
    await instance.close()
    expect(completed).toBe(true)
    await expect(instance.remove()).rejects.toMatchObject({ name: 'StorageClosed' })
    await expect(instance.findDocumentsById(['a'], true)).rejects.toMatchObject({ name: 'StorageClosed' })
    await expect(instance.bulkWrite([{ document: document('a') }], 'test')).rejects.toMatchObject({
      name: 'StorageClosed',
    })
  })

  it('numbers changes on where the collection was removed and is made again', async () => {
    const first = await open(storage())
    await first.bulkWrite([{ document: document('a') }, { document: document('b') }], 'test')
    const { checkpoint } = await getChangedDocumentsSince(first, 10)
    await first.remove()
    const again = await open(storage())
    await again.bulkWrite([{ document: document('c') }], 'test')
    expect((await getChangedDocumentsSince(again, 10, checkpoint)).documents.map(({ id }) => id)).toEqual([
      'c',
    ])
    await again.close()
  })

  it('removes its documents for good, after queries that were not read to their end', async () => {
    const instance = await open(storage())
    await instance.bulkWrite([{ document: document('a') }, { document: document('b') }], 'test')
    await instance.query(find({ age: { $ne: 7 } }, { limit: 1 }))
    await instance.remove()
    const again = await open(storage())
    expect((await again.query(find({}))).documents).toEqual([])
    await again.close()
  })

  it('keeps schema versions and database names apart, also while both are open', async () => {
    const shared = storage()
    const instances = await Promise.all([
      open(shared),
      open(shared, { schema: schemaOf({ version: 1 }) }),
      open(shared, { databaseName: 'other' }),
    ])
    for (const [i, instance] of instances.entries())
      await instance.bulkWrite([{ document: document('a', { age: i }) }], 'test')
    for (const [i, instance] of instances.entries())
      expect(await instance.findDocumentsById(['a'], false)).toMatchObject([{ age: i }])
    await Promise.all(instances.map((instance) => instance.close()))
  })

  it('keeps a memory database until its last user has gone, and apart from every other', async () => {
    const memory = getRxStorageNodeSqlite({ filename: ':memory:' })
    const [one, two] = [await open(memory), await open(memory)]
    await one.bulkWrite([{ document: document('a') }], 'test')
    await one.close()
    expect(await two.findDocumentsById(['a'], false)).toHaveLength(1)
    const elsewhere = await open(getRxStorageNodeSqlite({ filename: ':memory:' }))
    expect(await elsewhere.findDocumentsById(['a'], false)).toEqual([])
    await Promise.all([two.close(), elsewhere.close()])
  })

  it('tells another instance of the same database what was written', async () => {
    const one = await open(storage(), { multiInstance: true, token: 'one' })
    const two = await open(storage(), { multiInstance: true, token: 'two' })
    const heard = new Promise<string | undefined>((resolve) => {
      two.changeStream().subscribe((bulk) => resolve(bulk.events[0]?.documentId))
    })
    await one.bulkWrite([{ document: document('a') }], 'test')
    expect(await heard).toBe('a')
    expect(await two.findDocumentsById(['a'], false)).toHaveLength(1)
    await Promise.all([one.close(), two.close()])
  })
})

it('takes twenty instances at once, a composite key, and a field that goes', async () => {
  const ours = storage()
  const many = await Promise.all(
    Array.from({ length: 20 }, (_, i) => open(ours, { databaseName: `test${i}` })),
  )
  await Promise.all(many.map((instance) => instance.bulkWrite([{ document: document('a') }], 'test')))
  await Promise.all(many.map((instance) => instance.remove()))

  const composite = schemaOf({ primaryKey: { key: 'id', fields: ['name', 'age'], separator: '|' } })
  const instance = await open(ours, { schema: composite })
  const first = document('n|1')
  await instance.bulkWrite([{ document: first }], 'test')
  const { nested: _gone, ...less } = document('n|1', { _rev: '2-b' })
  expect(await instance.bulkWrite([{ previous: first, document: less as Stored }], 'test')).toEqual({
    error: [],
  })
  expect(await instance.findDocumentsById(['n|1'], false)).toEqual([less])
  await instance.close()
})

it('reads a long answer in pieces, in order', async () => {
  const instance = await open(storage())
  const ids = Array.from({ length: 6_000 }, (_, i) => `d${String(i).padStart(5, '0')}`)
  await instance.bulkWrite(
    ids.map((id) => ({ document: document(id) })),
    'test',
  )
  const { documents } = await instance.query(find({}, { sort: [{ id: 'asc' }] }))
  expect(documents.map(({ id }) => id)).toEqual(ids)
  const down = await instance.query(
    find({ _deleted: { $eq: false } }, { sort: [{ name: 'desc' }], limit: 3, skip: 2 }),
  )
  expect(down.documents.map(({ id }) => id)).toEqual(ids.slice(2, 5))
  await instance.close()
})

it('sorts texts with control characters downward as RxDB does, which its index strings do not', async () => {
  const ours = storage()
  const peer = await open(getRxStorageMemory() as never)
  const names = ['a', 'a\t', 'a b', '', '\t', 'b', 'a\u0000']
  const rows = names.map((name, i) => ({ document: document(`${i}`, { name }) }))
  const instance = await open(ours)
  await instance.bulkWrite(rows.slice(0, 1), 'test')
  await instance.bulkWrite(rows.slice(1), 'test')
  await peer.bulkWrite(structuredClone(rows), 'test')
  for (const sort of [[{ name: 'desc' }], [{ name: 'desc' }, { id: 'desc' }], [{ name: 'asc' }]])
    for (const limit of [1, 3, 10])
      for (const selector of [{}, { name: { $gt: 'a' } }]) {
        const query = find({ ...selector, _deleted: { $eq: false } }, { sort, limit })
        expect(await instance.query(query)).toEqual(structuredClone(await peer.query(query)))
      }
  await Promise.all([instance.close(), peer.remove()])
})

it('reads groups of every size from their end', async () => {
  const instance = await open(storage())
  // Groups of 1 to 200 documents, among them those at the size where reading changes.
  const sizes = [1, 63, 64, 65, 66, 200, 1, 2, 130]
  const all = sizes.flatMap((size, age) =>
    Array.from({ length: size }, (_, i) =>
      document(`${String(i).padStart(3, '0')}-${age}`, { age, name: 'n' }),
    ),
  )
  await instance.bulkWrite(
    all.map((each) => ({ document: each })),
    'test',
  )
  const order = all.toSorted((a, b) => b.age - a.age || (a.id < b.id ? -1 : 1)).map(({ id }) => id)
  const sort = [{ age: 'desc' }, { name: 'desc' }]
  for (const selector of [{}, { age: { $gte: 3, $lt: 8 } }, { age: { $gt: 1, $lte: 5 } }]) {
    const wanted = order.filter((id) => {
      const age = Number(id.slice(4))
      const { $gte = 0, $gt = -1, $lt = 99, $lte = 98 } = (selector.age ?? {}) as Record<string, number>
      return age >= $gte && age > $gt && age < $lt && age <= $lte
    })
    for (const [skip, limit] of [
      [0, 1_000],
      [0, 3],
      [100, 70],
      [190, 300],
    ] as const) {
      const query = find({ ...selector, _deleted: { $eq: false } }, { sort, skip, limit })
      expect((await instance.query(query)).documents.map(({ id }) => id)).toEqual(
        wanted.slice(skip, skip + limit),
      )
    }
  }
  await instance.close()
})
