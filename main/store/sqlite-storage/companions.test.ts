import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { getRxStorageNodeSqlite } from './sqlite-storage.ts'
import { document, open } from './storage-fixture.ts'

const worker = new URL('./testing/companion-worker.ts', import.meta.url)

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-storage-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})
const storage = () =>
  getRxStorageNodeSqlite({ filename: join(folder, 'test.sqlite'), worker, workerData: { shared: [1] } })

it('are told what is written, in its transaction', async () => {
  const ours = storage()
  const instance = await open(ours)
  const rows = [document('a'), document('b', { name: 'unwanted' })].map((each) => ({ document: each }))
  await instance.bulkWrite(rows, 'test')
  await instance.bulkWrite(rows, 'test')
  expect(await ours.call('test', 'lister', 'list', null)).toEqual([{ id: 'a', collection: 'docs' }])
  await instance.close()
  expect(await ours.call('test', 'lister', 'list', null)).toHaveLength(1)
})

it('undo the write with what they throw', async () => {
  const ours = storage()
  const instance = await open(ours)
  const heard: unknown[] = []
  instance.changeStream().subscribe((bulk) => heard.push(bulk))
  const rows = [document('a'), document('b', { name: 'refused' })].map((each) => ({ document: each }))
  await expect(instance.bulkWrite(rows, 'test')).rejects.toMatchObject({
    name: 'StorageFailed',
    message: 'refused by the companion',
  })
  expect(await instance.findDocumentsById(['a', 'b'], true)).toEqual([])
  expect(await ours.call('test', 'lister', 'list', null)).toEqual([])
  expect(heard).toEqual([])
  // The number of the change that did not come about is free again.
  await instance.bulkWrite([{ document: document('c') }], 'test')
  expect((await instance.getChangedDocumentsSince?.(9))?.checkpoint).toEqual({ seq: 1 })
  await instance.close()
})

it('answer calls, at once or later, also when no collection is open', async () => {
  const ours = storage()
  expect(await ours.call('test', 'lister', 'facts', null)).toEqual({
    databaseName: 'test',
    workerData: { shared: [1] },
  })
  expect(await ours.call('test', 'lister', 'later', new Date(5))).toEqual(new Date(5))
})

it('fail by name', async () => {
  const ours = storage()
  const instance = await open(ours)
  await expect(ours.call('test', 'lister', 'throw', 'so')).rejects.toMatchObject({
    name: 'StorageFailed',
    message: 'so',
  })
  await expect(ours.call('test', 'nobody', 'x', null)).rejects.toThrow('no companion nobody')
  await expect(ours.call('test', 'lister', 'unclonable', null)).rejects.toMatchObject({
    name: 'StorageFailed',
  })
  await expect(ours.call('test', 'lister', 'half', 'x')).rejects.toThrow('half way')
  expect(await ours.call('test', 'lister', 'list', null)).toEqual([])
  await instance.close()
})

it('say something by themselves, until nobody listens', async () => {
  const ours = storage()
  const heard: unknown[] = []
  const stop = ours.onNotice('test', 'lister', (message) => heard.push(message))
  ours.onNotice('test', 'other', (message) => heard.push(message))
  const instance = await open(ours)
  await instance.bulkWrite([{ document: document('a') }], 'test')
  expect(heard.filter((message) => message === 'committed').length).toBeGreaterThan(0)
  stop()
  heard.length = 0
  await instance.bulkWrite([{ document: document('b') }], 'test')
  expect(heard).toEqual([])
  await instance.close()
})

it('see a large write in parts and undo all of it, and nothing gets in between', async () => {
  const ours = storage()
  const instance = await open(ours)
  const rows = Array.from({ length: 2_600 }, (_, i) => ({ document: document(`d${i}`) }))
  const writing = instance.bulkWrite(rows, 'test')
  const meanwhile = instance.findDocumentsById(['d2599'], false)
  expect(await writing).toEqual({ error: [] })
  expect(await meanwhile).toHaveLength(1)
  expect(await ours.call('test', 'lister', 'list', null)).toHaveLength(2_600)

  const more = rows.map(({ document: { id } }) => ({ document: document(`${id}x`) }))
  more.push({ document: document('last', { name: 'refused' }) })
  await expect(instance.bulkWrite(more, 'test')).rejects.toThrow('refused by the companion')
  const loop = { document: document('loop') }
  Object.assign(loop.document, { loop })
  await expect(instance.bulkWrite([...more.slice(0, 700), loop], 'test')).rejects.toThrow('circular')
  expect(await ours.call('test', 'lister', 'list', null)).toHaveLength(2_600)
  expect(await instance.findDocumentsById(['d0x', 'd2599x'], true)).toEqual([])
  await instance.close()
})
