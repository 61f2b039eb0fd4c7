import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  addRxPlugin,
  createBlob,
  createRxDatabase,
  fillWithDefaultSettings,
  type RxJsonSchema,
  type RxStorageInstance,
} from 'rxdb'
import { RxDBAttachmentsPlugin } from 'rxdb/plugins/attachments'
import { RxDBMigrationSchemaPlugin } from 'rxdb/plugins/migration-schema'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StorageCorrupt, StorageFailed, StorageWrongKey } from './errors.ts'
import { type KeyRing, withNewKey } from './sealing/key-ring.ts'
import { getRxStorageNodeSqlite } from './sqlite-storage.ts'
import type { SealingNotice, SqliteStorage } from './types.ts'

addRxPlugin(RxDBAttachmentsPlugin)
addRxPlugin(RxDBMigrationSchemaPlugin)

type Client = {
  id: string
  login: number
  name: string
  contact: { phone: string; country: string }
  notes: string[]
}
const schemaOf = (more: Partial<RxJsonSchema<Client>> = {}): RxJsonSchema<Client> => ({
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 40 },
    login: { type: 'integer', minimum: 0, maximum: 2_147_483_647, multipleOf: 1 },
    name: { type: 'string', maxLength: 100 },
    contact: {
      type: 'object',
      properties: { phone: { type: 'string' }, country: { type: 'string', maxLength: 2 } },
    },
    notes: { type: 'array', items: { type: 'string' } },
  },
  required: ['id', 'login', 'name', 'contact', 'notes'],
  indexes: ['login'],
  encrypted: ['name', 'notes', 'contact'],
  attachments: { encrypted: true },
  ...more,
})
const personal = {
  name: 'Zacharias Quendelmoser',
  phone: '+43 660 1234567',
  note: 'Möchte erst nach Ostern telefonieren',
  scan: 'PASSPORT-NUMBER-P7654321',
}
const client = (n: number): Client => ({
  id: `client-${n}`,
  login: n,
  name: `${personal.name} ${n}`,
  contact: { phone: personal.phone, country: 'AT' },
  notes: [personal.note, `${n}`],
})

let folder = ''
let filename = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-sealing-'))
  filename = join(folder, 'a.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const ring = withNewKey(null)
const openDatabase = async (
  keys: KeyRing | undefined,
  schema = schemaOf(),
  storage: SqliteStorage = getRxStorageNodeSqlite({ filename, ...(keys ? { keys } : {}) }),
) => {
  const database = await createRxDatabase({ name: 'crm', storage, multiInstance: false, eventReduce: false })
  try {
    const migrationStrategies = Object.fromEntries(
      Array.from({ length: schema.version }, (_, i) => [i + 1, (document: Client) => document]),
    )
    const { clients } = await database.addCollections({ clients: { schema, migrationStrategies } })
    return { database, clients, storage }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Every form in which a text may lie in a file. */
const formsOf = (text: string): Buffer[] => [
  Buffer.from(text, 'utf8'),
  Buffer.from(text, 'utf16le'),
  Buffer.from(text, 'utf16le').swap16(),
  Buffer.from(JSON.stringify(text).slice(1, -1), 'latin1'),
  // Whatever stands in front of it, two of three places of base64 show one of these.
  ...[0, 1, 2].map((shift) =>
    Buffer.from(
      Buffer.from(`${'x'.repeat(shift)}${text}`)
        .toString('base64')
        .slice(4, -4),
    ),
  ),
  Buffer.from(Buffer.from(text).toString('hex')),
]
/** Personal texts found in the files of the folder. */
const foundOnDisk = (): string[] =>
  readdirSync(folder).flatMap((file) => {
    const bytes = readFileSync(join(folder, file))
    return Object.values(personal)
      .filter((text) => formsOf(text).some((form) => bytes.includes(form)))
      .map((text) => `${file}: ${text}`)
  })
const snapshot = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !name.endsWith('-shm'))
      .map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
  )

describe('a file with sealed fields', () => {
  it('gives documents and attachments back whole, also in queries, and after opening again', async () => {
    const first = await openDatabase(ring)
    await first.clients.bulkInsert(Array.from({ length: 50 }, (_, n) => client(n)))
    const document = await first.clients.findOne('client-7').exec(true)
    await document.putAttachment({
      id: 'scan',
      type: 'text/plain',
      data: createBlob(personal.scan, 'text/plain'),
    })
    await document.incrementalPatch({ notes: ['changed', personal.note] })
    const queried = await first.clients.find({ selector: { name: { $regex: 'moser 4\\d$' } } }).exec()
    expect(queried).toHaveLength(10)
    expect((await first.clients.find({ sort: [{ login: 'desc' }], limit: 1 }).exec())[0]?.toJSON()).toEqual(
      client(49),
    )
    await first.database.close()

    const { clients, database } = await openDatabase(ring)
    const again = await clients.findOne('client-7').exec(true)
    expect(again.toJSON()).toMatchObject({ ...client(7), notes: ['changed', personal.note] })
    expect(await again.getAttachment('scan')?.getStringData()).toBe(personal.scan)
    await database.close()
  })

  it('never holds a personal text: not in file, log or temporary files, after writing, deleting, a new key, compacting, a backup', async () => {
    const { clients, database, storage } = await openDatabase(ring)
    const seen: string[] = []
    const look = (when: string): void => void seen.push(...foundOnDisk().map((found) => `${when}: ${found}`))
    await clients.bulkInsert(Array.from({ length: 300 }, (_, n) => client(n)))
    look('inserted')
    const document = await clients.findOne('client-1').exec(true)
    await document.putAttachment({
      id: 'scan',
      type: 'text/plain',
      data: createBlob(personal.scan, 'text/plain'),
    })
    await clients.bulkUpsert(Array.from({ length: 100 }, (_, n) => ({ ...client(n), login: n + 1_000 })))
    look('updated')
    await clients.bulkRemove(['client-1', 'client-2', 'client-3'])
    look('removed')
    await storage.useKeys('crm', withNewKey(ring))
    look('rotating')
    await clients.storageInstance.cleanup(0)
    await storage.compact('crm')
    look('compacted')
    await storage.backup('crm', join(folder, 'backup.sqlite'))
    look('backed up')
    expect(await clients.count().exec()).toBe(297)
    await database.close()
    look('closed')
    expect(seen).toEqual([])
    // What is looked for would be found.
    expect(formsOf(personal.name).some((form) => Buffer.from(`"${personal.name}"`).includes(form))).toBe(true)
  })

  it('is refused with wrong keys or none before a byte is written', async () => {
    const { clients, database } = await openDatabase(ring)
    await clients.bulkInsert([client(1)])
    await database.close()
    const closed = snapshot()
    for (const keys of [withNewKey(null), undefined])
      await expect(openDatabase(keys)).rejects.toThrow(StorageWrongKey)
    expect(snapshot()).toEqual(closed)
  })

  it('is refused so also with the log of a killed process beside it, which stays there', async () => {
    const { clients, database } = await openDatabase(ring)
    await clients.bulkInsert([client(1)])
    // A reader that never ends keeps the log from being folded in when the file is closed.
    const reader = new DatabaseSync(filename, { readOnly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM sqlite_schema').get()
    await clients.bulkInsert([client(2)])
    await database.close()
    expect(statSync(`${filename}-wal`).size).toBeGreaterThan(0)
    const before = snapshot()
    const other = withNewKey(null)
    const impostor: KeyRing = {
      current: ring.current,
      keys: { [ring.current]: other.keys[other.current] as Uint8Array },
    }
    for (const keys of [other, impostor, undefined]) {
      await expect(openDatabase(keys)).rejects.toThrow(StorageWrongKey)
      expect(snapshot()).toEqual(before)
    }
    reader.close()
    const again = await openDatabase(ring)
    expect(await again.clients.count().exec()).toBe(2)
    await again.database.close()
  })

  it('says which value is damaged or in the wrong place, and goes on with the others', async () => {
    const first = await openDatabase(ring)
    await first.clients.bulkInsert([client(1), client(2), client(3)])
    await first.database.close()
    const db = new DatabaseSync(filename)
    const table = '"crm/clients/0"'
    db.exec(
      `UPDATE ${table} SET sealed = (SELECT sealed FROM ${table} WHERE id = 'client-2') WHERE id = 'client-1'`,
    )
    db.close()
    const { clients, database } = await openDatabase(ring)
    await expect(clients.findOne('client-1').exec()).rejects.toThrow(StorageCorrupt)
    expect((await clients.findOne('client-2').exec(true)).name).toBe(client(2).name)
    await clients.bulkInsert([client(4)])
    await database.close()
  })
})

describe('a schema', () => {
  const open = (
    schema: RxJsonSchema<Client>,
    keys?: KeyRing,
  ): Promise<RxStorageInstance<Client, object, object>> =>
    getRxStorageNodeSqlite({ filename, ...(keys ? { keys } : {}) }).createStorageInstance<Client>({
      databaseInstanceToken: 'token',
      databaseName: 'crm',
      collectionName: 'clients',
      schema: fillWithDefaultSettings(schema),
      options: {},
      multiInstance: false,
      devMode: false,
    })

  it('with sealed fields is refused without keys', async () => {
    await expect(open(schemaOf())).rejects.toThrow(
      new StorageWrongKey('Collection clients has sealed fields, and no keys were given (UT6).'),
    )
    expect(readdirSync(folder)).toEqual([])
  })

  it('may not index what is sealed', async () => {
    await expect(open(schemaOf({ encrypted: ['login'] }), ring)).rejects.toThrow(StorageFailed)
    await expect(open(schemaOf({ encrypted: ['login'] }), ring)).rejects.toThrow(
      'Field login of collection clients cannot be sealed: it is indexed.',
    )
  })

  it('may not seal other fields in the same version', async () => {
    const { encrypted: _, ...rest } = schemaOf()
    await (await open({ ...rest, attachments: {} }, ring)).close()
    await expect(open(schemaOf(), ring)).rejects.toThrow(/Give its schema a version above 0/)
  })

  it('of a higher version takes over documents that were readable, and nothing of them stays readable', async () => {
    const { encrypted: _, ...rest } = schemaOf({ attachments: {} })
    const before = await openDatabase(undefined, rest)
    await before.clients.bulkInsert(Array.from({ length: 200 }, (_, n) => client(n)))
    await before.clients.bulkRemove(['client-5', 'client-6'])
    await before.clients.bulkUpsert(Array.from({ length: 50 }, (_, n) => client(n + 100)))
    await before.database.close()
    expect(foundOnDisk()).not.toEqual([])

    const { clients, database } = await openDatabase(ring, schemaOf({ version: 1 }))
    expect(await clients.count().exec()).toBe(198)
    expect((await clients.findOne('client-9').exec(true)).toJSON()).toEqual(client(9))
    expect(foundOnDisk()).toEqual([])
    await database.close()
    expect(foundOnDisk()).toEqual([])
  })

  it('may seal fields within others', async () => {
    const schema = schemaOf({ encrypted: ['name', 'contact.phone', 'notes'] })
    const { clients, database } = await openDatabase(ring, schema)
    await clients.bulkInsert([client(1)])
    await database.close()
    const db = new DatabaseSync(filename, { readOnly: true })
    const row = db.prepare('SELECT data FROM "crm/clients/0"').get()
    expect(JSON.parse(String(row?.['data']))).toMatchObject({ contact: { country: 'AT' }, login: 1 })
    db.close()
    expect(foundOnDisk()).toEqual([])
    const again = await openDatabase(ring, schema)
    expect((await again.clients.findOne('client-1').exec(true)).toJSON()).toEqual(client(1))
    await again.database.close()
  })
})

describe('a new key', () => {
  const keysInUse = (): string[] => {
    const db = new DatabaseSync(filename, { readOnly: true })
    const ids = db
      .prepare(
        'SELECT DISTINCT substr(sealed, 3, 12) AS id FROM "crm/clients/0" UNION SELECT substr(data, 3, 12) FROM "crm/clients/0/attachments"',
      )
      .all()
      .map(({ id }) => Buffer.from(id as Uint8Array).toString())
    db.close()
    return ids
  }
  const done = (storage: SqliteStorage): { told: SealingNotice[]; done: Promise<void> } => {
    const told: SealingNotice[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    storage.onSealing('crm', (notice) => {
      told.push(notice)
      if ('done' in notice && notice.done) resolve()
    })
    return { told, done: promise }
  }

  it('seals everything anew while work goes on, tells how far it is, and needs the old one no more', async () => {
    const { clients, database, storage } = await openDatabase(ring)
    await clients.bulkInsert(Array.from({ length: 1_000 }, (_, n) => client(n)))
    const document = await clients.findOne('client-1').exec(true)
    await document.putAttachment({
      id: 'scan',
      type: 'text/plain',
      data: createBlob(personal.scan, 'text/plain'),
    })
    const next = withNewKey(ring)
    const resealed = done(storage)
    await storage.useKeys('crm', next)
    await clients.bulkInsert(Array.from({ length: 100 }, (_, n) => client(n + 2_000)))
    await resealed.done
    expect(resealed.told.at(-1)).toMatchObject({ done: true, broken: 0, dropped: [ring.current] })
    expect(resealed.told.length).toBeGreaterThan(3)
    expect(keysInUse()).toEqual([next.current])
    expect(await clients.count().exec()).toBe(1_100)
    await database.close()

    const only: KeyRing = {
      current: next.current,
      keys: { [next.current]: next.keys[next.current] as Uint8Array },
    }
    const again = await openDatabase(only)
    expect((await again.clients.findOne('client-999').exec(true)).toJSON()).toEqual(client(999))
    const scanned = await again.clients.findOne('client-1').exec(true)
    expect(await scanned.getAttachment('scan')?.getStringData()).toBe(personal.scan)
    await again.database.close()
  })

  it('that comes with the next start is worked through then, and compacting in between loses no value', async () => {
    const before = await openDatabase(ring)
    await before.clients.bulkInsert(Array.from({ length: 700 }, (_, n) => client(n)))
    for (const n of [1, 2, 3]) {
      const document = await before.clients.findOne(`client-${n}`).exec(true)
      const data = createBlob(personal.scan, 'text/plain')
      await document.putAttachment({ id: 'scan', type: 'text/plain', data })
    }
    await before.database.close()
    const next = withNewKey(ring)
    const storage = getRxStorageNodeSqlite({ filename, keys: next })
    const resealed = done(storage)
    const { database } = await openDatabase(next, schemaOf(), storage)
    await storage.compact('crm')
    await resealed.done
    await database.close()
    expect(keysInUse()).toEqual([next.current])
  })

  it('is refused where a key is missing that values are sealed with', async () => {
    const { clients, database, storage } = await openDatabase(ring)
    await clients.bulkInsert([client(1)])
    await expect(storage.useKeys('crm', withNewKey(null))).rejects.toThrow(StorageWrongKey)
    await clients.bulkInsert([client(2)])
    await database.close()
    expect(keysInUse()).toEqual([ring.current])
  })
})
