import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { getRxStorageNodeSqlite } from './sqlite-storage.ts'
import { document, open } from './storage-fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

const worker = new URL('./testing/companion-worker.ts', import.meta.url)
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-storage-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})
const file = () => join(folder, 'test.sqlite')
const storage = () => getRxStorageNodeSqlite({ filename: file(), worker })
const row = (id: string, more = {}) => ({ document: document(id, more) })
const crashed = { name: 'StorageCrashed' }

describe('a worker that dies', () => {
  it('in the middle of a write: it is not there, and work goes on', async () => {
    const instance = await open(storage())
    await instance.bulkWrite([row('a')], 'test')
    const heard: unknown[] = []
    instance.changeStream().subscribe((bulk) => heard.push(bulk))
    const writing = instance.bulkWrite([row('b'), row('c', { name: 'deadly' })], 'test')
    const reading = instance.findDocumentsById(['a', 'b', 'c'], true)
    await expect(writing).rejects.toMatchObject(crashed)
    expect((await reading).map(({ id }) => id)).toEqual(['a'])
    expect(heard).toEqual([])
    await instance.bulkWrite([row('d')], 'test')
    expect(await instance.findDocumentsById(['d'], false)).toHaveLength(1)
    await instance.close()
  })

  it('behind a commit: the write is there, and its changes are told', async () => {
    const ours = storage()
    const instance = await open(ours)
    const first = document('a')
    await instance.bulkWrite([{ document: first }], 'test')
    const heard: unknown[] = []
    instance.changeStream().subscribe(({ events, checkpoint }) => heard.push(events, checkpoint))
    const next = document('a', { _rev: '2-b', name: 'last words' })
    const writing = instance.bulkWrite([{ previous: first, document: next }, row('b')], 'test')
    await expect(writing).rejects.toMatchObject(crashed)
    // A young worker is started again by the next question.
    expect(await instance.findDocumentsById(['a', 'b'], true)).toEqual([next, document('b')])
    expect(heard).toEqual([
      [
        { operation: 'UPDATE', documentId: 'a', documentData: next, previousDocumentData: first },
        {
          operation: 'INSERT',
          documentId: 'b',
          documentData: document('b'),
          previousDocumentData: undefined,
        },
      ],
      { seq: 3 },
    ])
    expect(await ours.call('test', 'lister', 'list', null)).toHaveLength(3)
    await instance.close()
  })

  it('while it is asked a companion, or again and again', async () => {
    const ours = storage()
    const instance = await open(ours)
    for (let n = 0; n < 3; n++) {
      await expect(ours.call('test', 'lister', 'die', null)).rejects.toMatchObject(crashed)
      await instance.bulkWrite([row(`a${n}`)], 'test')
    }
    expect(await instance.findDocumentsById(['a0', 'a1', 'a2'], false)).toHaveLength(3)
    await instance.close()
  })

  it('in the middle of a large write', async () => {
    const instance = await open(storage())
    const rows = Array.from({ length: 3_000 }, (_, i) => row(`a${i}`, i === 2_000 ? { name: 'deadly' } : {}))
    await expect(instance.bulkWrite(rows, 'test')).rejects.toMatchObject(crashed)
    expect(await instance.findDocumentsById(['a0', 'a2999'], true)).toEqual([])
    await instance.close()
  })

  it('takes a database in memory with it', async () => {
    const ours = getRxStorageNodeSqlite({ filename: ':memory:', worker })
    const instance = await open(ours)
    await instance.bulkWrite([row('a')], 'test')
    await expect(ours.call('test', 'lister', 'die', null)).rejects.toMatchObject(crashed)
    await expect(instance.findDocumentsById(['a'], true)).rejects.toMatchObject(crashed)
    await instance.close()
    const fresh = await open(ours)
    expect(await fresh.findDocumentsById(['a'], true)).toEqual([])
    await fresh.close()
  })

  it('and cannot be started at all', async () => {
    const broken = getRxStorageNodeSqlite({
      filename: file(),
      worker: new URL('data:text/javascript,throw new Error("no")'),
    })
    await expect(open(broken)).rejects.toMatchObject({
      ...crashed,
      message: expect.stringContaining('no') as string,
    })
  })
})

describe('a disk that is full', () => {
  it('refuses the write, keeps what was there, and goes on when there is room', async () => {
    const ours = storage()
    const instance = await open(ours)
    await instance.bulkWrite([row('a')], 'test')
    await ours.call('test', 'lister', 'exec', 'PRAGMA max_page_count = 40')
    const many = Array.from({ length: 2_000 }, (_, i) => row(`b${i}`))
    await expect(instance.bulkWrite(many, 'test')).rejects.toMatchObject({ name: 'StorageFull', code: 13 })
    expect(await instance.findDocumentsById(['a', 'b0', 'b1999'], true)).toHaveLength(1)
    await instance.bulkWrite([row('c')], 'test')
    expect((await instance.getChangedDocumentsSince?.(9))?.checkpoint).toEqual({ seq: 2 })
    await ours.call('test', 'lister', 'exec', 'PRAGMA max_page_count = 1000000')
    expect(await instance.bulkWrite(many, 'test')).toEqual({ error: [] })
    await instance.close()
    expect(await ours.check('test')).toEqual([])
  })
})

describe('a file that may only be read', () => {
  it('is read, and refuses writes by name', async () => {
    const before = await open(storage())
    await before.bulkWrite([row('a')], 'test')
    await before.close()
    const bytes = readFileSync(file())
    const instance = await open(getRxStorageNodeSqlite({ filename: file(), readOnly: true }))
    expect(await instance.findDocumentsById(['a'], false)).toHaveLength(1)
    await expect(instance.bulkWrite([row('b')], 'test')).rejects.toMatchObject({ name: 'StorageReadOnly' })
    await instance.close()
    expect(readFileSync(file()).equals(bytes)).toBe(true)
  })

  it('is not opened with other options at the same time', async () => {
    const instance = await open(storage())
    await expect(
      open(getRxStorageNodeSqlite({ filename: file(), exclusive: true, worker })),
    ).rejects.toMatchObject({
      name: 'StorageFailed',
      message: expect.stringContaining('other options') as string,
    })
    await instance.close()
  })
})

describe('a damaged file', () => {
  it('that is no database is refused and left as it is', async () => {
    const rubbish = Buffer.from('certainly not a database '.repeat(400))
    writeFileSync(file(), rubbish)
    await expect(open(storage())).rejects.toMatchObject({ name: 'StorageCorrupt' })
    expect(readFileSync(file()).equals(rubbish)).toBe(true)
  })

  it('gives what can be read, and an error by name for what cannot', async () => {
    const ours = storage()
    const before = await open(ours)
    const text = 'x'.repeat(9)
    const many = Array.from({ length: 3_000 }, (_, i) => row(`b${i}`, { name: text, nested: { deep: text } }))
    await before.bulkWrite(many, 'test')
    await before.close()
    const bytes = readFileSync(file())
    // A leaf of the table: most pages are.
    const at = bytes.indexOf('"id":"b1500"')
    bytes.fill(0x5a, at - (at % 4096), at - (at % 4096) + 4096)
    writeFileSync(file(), bytes)

    const instance = await open(ours)
    await expect(instance.findDocumentsById(['b1500'], true)).rejects.toMatchObject({
      name: 'StorageCorrupt',
      code: 11,
    })
    expect(await instance.findDocumentsById(['b1', 'b2999'], true)).toHaveLength(2)
    expect((await ours.check('test')).length).toBeGreaterThan(0)
    await instance.close()
  })
})

it('a file that another process holds is refused, after a while', async () => {
  const other = new DatabaseSync(file())
  other.exec('PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE held (x)')
  await expect(open(storage())).rejects.toMatchObject({ name: 'StorageBusy', code: 5 })
  other.close()
  await (await open(storage())).close()
})

it('a file of a newer layout is refused and left as it is', async () => {
  await (await open(storage())).close()
  const db = new DatabaseSync(file())
  db.exec("UPDATE storage SET value = 99 WHERE name = 'layout'")
  db.close()
  const bytes = readFileSync(file())
  await expect(open(storage())).rejects.toMatchObject({ name: 'StorageTooNew' })
  expect(readFileSync(file()).equals(bytes)).toBe(true)
})

it('a folder that is not there is said', async () => {
  const nowhere = getRxStorageNodeSqlite({ filename: join(folder, 'missing', 'x.sqlite') })
  await expect(open(nowhere)).rejects.toMatchObject({ name: 'StorageFailed', code: 14 })
})
