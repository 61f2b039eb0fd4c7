import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addRxPlugin, createRxDatabase, type RxCollection, type RxJsonSchema } from 'rxdb'
import { disableWarnings, RxDBDevModePlugin } from 'rxdb/plugins/dev-mode'
import { RxDBMigrationSchemaPlugin } from 'rxdb/plugins/migration-schema'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { wrappedValidateAjvStorage } from 'rxdb/plugins/validate-ajv'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { getRxStorageNodeSqlite } from './sqlite-storage.ts'

/** Writes wait for the disk; a busy machine makes that slow, not wrong. */
vi.setConfig({ testTimeout: 60_000 })

/** RxDB itself, in its strictest mode, on the storage. */
disableWarnings()
addRxPlugin(RxDBDevModePlugin)
addRxPlugin(RxDBMigrationSchemaPlugin)

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-rxdb-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})
const openDatabase = () =>
  createRxDatabase({
    name: 'desk',
    storage: wrappedValidateAjvStorage({
      storage: getRxStorageNodeSqlite({ filename: join(folder, 'test.sqlite') }),
    }),
    multiInstance: false,
    eventReduce: false,
  })

type Note = { id: string; at: number; text: string }
const notes: RxJsonSchema<Note> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 40 },
    at: { type: 'integer', minimum: 0, maximum: 1e6, multipleOf: 1 },
    text: { type: 'string' },
  },
  required: ['id', 'at', 'text'],
  indexes: ['at'],
}

it('inserts, changes, finds, watches and removes, also after opening again', async () => {
  const first = await openDatabase()
  const { note } = await first.addCollections({ note: { schema: notes } })
  const seen: number[] = []
  const following = note
    .find({ selector: { at: { $gt: 1 } } })
    .$.subscribe((found) => seen.push(found.length))
  await note.bulkInsert([1, 2, 3].map((at) => ({ id: `n${at}`, at, text: '😀' })))
  await (await note.findOne('n1').exec(true)).incrementalPatch({ at: 10 })
  await (await note.findOne('n2').exec(true)).remove()
  await expect.poll(() => seen.at(-1)).toBe(2)
  following.unsubscribe()
  await first.close()

  const second = await openDatabase()
  const { note: again } = await second.addCollections({ note: { schema: notes } })
  const found = await again.find({ sort: [{ at: 'desc' }] }).exec()
  expect(found.map(({ id, at }) => `${id}@${at}`)).toEqual(['n1@10', 'n3@3'])
  expect(await again.count({ selector: { at: { $lt: 5 } } }).exec()).toBe(1)
  await second.close()
})

it('brings documents from one schema version to the next', async () => {
  const before = await openDatabase()
  const { note } = await before.addCollections({ note: { schema: notes } })
  await note.bulkInsert(Array.from({ length: 120 }, (_, i) => ({ id: `n${i}`, at: i, text: 'old' })))
  await before.close()

  const after = await openDatabase()
  const { note: next } = await after.addCollections({
    note: {
      schema: { ...notes, version: 1 },
      migrationStrategies: { 1: (old: Note) => ({ ...old, text: `${old.text}, migrated` }) },
    },
  })
  expect(await next.count().exec()).toBe(120)
  expect((await next.findOne('n119').exec(true)).text).toBe('old, migrated')
  await after.close()
})

describe('replication', () => {
  it('pushes every document once by our checkpoints, over a restart and a clock that was set back', async () => {
    const database = await openDatabase()
    const { note } = await database.addCollections({ note: { schema: notes } })
    await note.bulkInsert(Array.from({ length: 250 }, (_, i) => ({ id: `n${i}`, at: i, text: '' })))
    const pushed: string[] = []
    const replicate = async () => {
      const replication = replicateRxCollection<Note, unknown>({
        collection: note,
        replicationIdentifier: 'test',
        live: false,
        push: {
          batchSize: 20,
          handler: async (rows) => {
            pushed.push(...rows.map(({ newDocumentState }) => newDocumentState.id))
            return []
          },
        },
      })
      await replication.awaitInitialReplication()
      await replication.cancel()
    }
    await replicate()
    expect([pushed.length, new Set(pushed).size]).toEqual([250, 250])
    await note.storageInstance.bulkWrite(
      [
        {
          document: {
            id: 'late',
            at: 1,
            text: '',
            _deleted: false,
            _attachments: {},
            _meta: { lwt: 1_000 },
            _rev: '1-a',
          },
        },
      ],
      'test',
    )
    await replicate()
    expect(pushed.slice(250)).toEqual(['late'])
    await database.close()
  })

  it('pushes what was written after a migration by the checkpoint from before it', async () => {
    const pushed: string[] = []
    const push = async (collection: RxCollection<Note>) => {
      const replication = replicateRxCollection<Note, unknown>({
        collection,
        replicationIdentifier: 'test',
        live: false,
        push: {
          handler: async (rows) => {
            pushed.push(...rows.map(({ newDocumentState: { id, at } }) => `${id}@${at}`))
            return []
          },
        },
      })
      await replication.awaitInitialReplication()
      await replication.cancel()
    }
    const before = await openDatabase()
    const { note } = await before.addCollections({ note: { schema: notes } })
    // Many changes of one document: the checkpoint is far behind the number of documents.
    let changed = await note.insert({ id: 'old', at: 0, text: '' })
    for (let at = 1; at <= 20; at++) changed = await changed.patch({ at })
    await push(note)
    await before.close()

    const after = await openDatabase()
    const { note: next } = await after.addCollections({
      note: { schema: { ...notes, version: 1 }, migrationStrategies: { 1: (old: Note) => old } },
    })
    await next.insert({ id: 'new', at: 1, text: '' })
    await push(next)
    expect(pushed).toEqual(['old@20', 'new@1'])
    await after.close()
  })
})
