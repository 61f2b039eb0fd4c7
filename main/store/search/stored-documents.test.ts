import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addRxPlugin, createRxDatabase } from 'rxdb'
import { RxDBMigrationSchemaPlugin } from 'rxdb/plugins/migration-schema'
import { expect, it } from 'vitest'
import { emptyPerson } from '../../../shared/documents/person.ts'
import { silentLog, systemTimers } from '../../../shared/runtime/ports.ts'
import { type RxCollections, rxCollections } from '../documents/collections.ts'
import { withNewKey } from '../sqlite-storage/sealing/key-ring.ts'
import { getRxStorageNodeSqlite } from '../sqlite-storage/sqlite-storage.ts'
import { createDocumentSearch } from './document-search.ts'

addRxPlugin(RxDBMigrationSchemaPlugin)

const lead = (id: string, name: string, phone: string) => ({
  id,
  client: '',
  login: 0,
  stage: 'new' as const,
  score: 0,
  ...emptyPerson(),
  name,
  phones: [{ number: phone, kind: 'mobile' as const, note: '' }],
})

it('finds sealed documents in the store’s own file while it is written, with old keys and new ones', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deskline-search-'))
  const filename = join(folder, 'desk.sqlite')
  const keys = withNewKey(null)
  const storage = getRxStorageNodeSqlite({ filename, keys })
  const database = await createRxDatabase<RxCollections>({
    name: 'desk',
    storage,
    multiInstance: false,
    eventReduce: false,
  })
  await database.addCollections(rxCollections(true))
  const { leads } = database.collections
  const save = (document: ReturnType<typeof lead>) => leads.upsert(document)
  await save(lead('l1', 'Zacharias Quendelmoser', '+43 660 1234567'))
  const search = createDocumentSearch({
    filename,
    databaseName: 'desk',
    collections: [{ name: 'leads', version: leads.schema.version, sealed: true }],
    keys,
    worker: new URL('./worker.ts', import.meta.url),
    timers: systemTimers,
    log: silentLog,
  })
  const ids = async (text: string): Promise<string[]> => {
    search.changed()
    return (await search.find(text, { limit: 10 })).hits.map(({ id }) => id)
  }
  try {
    await expect.poll(async () => (await search.status()).complete, { timeout: 20_000 }).toBe(true)
    expect(await ids('quendelmosr')).toEqual(['l1'])
    expect(await ids('0660 1234567')).toEqual(['l1'])
    await save(lead('l2', 'Quendelmoser Junior', '+43 660 7654321'))
    expect(await ids('quendelmoser')).toEqual(['l2', 'l1'])

    const next = withNewKey(keys)
    await storage.useKeys('desk', next)
    search.useKeys(next)
    await save(lead('l3', 'Quendelmoser Senior', ''))
    expect(await ids('quendelmoser')).toEqual(['l3', 'l2', 'l1'])
    await leads.findOne('l2').remove()
    await save(lead('l1', 'Somebody Else', ''))
    expect(await ids('quendelmoser')).toEqual(['l3'])
    expect(await search.status()).toMatchObject({ documents: 2, unreadable: 0, fault: null })

    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).toString('latin1').toLowerCase()).not.toContain('quendel')
  } finally {
    await search.close()
    await database.close()
    rmSync(folder, { recursive: true })
  }
})
