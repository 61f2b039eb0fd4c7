import { addRxPlugin, createRxDatabase } from 'rxdb'
import { disableWarnings, RxDBDevModePlugin } from 'rxdb/plugins/dev-mode'
import { RxDBMigrationSchemaPlugin } from 'rxdb/plugins/migration-schema'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { wrappedValidateAjvStorage } from 'rxdb/plugins/validate-ajv'
import { expect, it } from 'vitest'
import { collectionNames, type RxCollections, rxCollections } from './collections.ts'
import { settingDocument } from './settings.ts'

disableWarnings()
addRxPlugin(RxDBDevModePlugin)
addRxPlugin(RxDBMigrationSchemaPlugin)

it('has schemas that RxDB takes in its strictest mode, and that judge what is written', async () => {
  const database = await createRxDatabase<RxCollections>({
    name: 'strict',
    storage: wrappedValidateAjvStorage({ storage: getRxStorageMemory() }),
    multiInstance: false,
    eventReduce: false,
  })
  try {
    const added = await database.addCollections(rxCollections(false))
    expect(Object.keys(added).toSorted()).toEqual(collectionNames.toSorted())
    await database.collections.settings.insert(settingDocument('layout', 'a', '{}'))
    await expect(
      database.collections.settings.insert({ ...settingDocument('layout', 'b', '{}'), more: 1 } as never),
    ).rejects.toThrow('VD2')
  } finally {
    await database.close()
  }
})
