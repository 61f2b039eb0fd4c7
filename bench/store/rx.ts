import { addRxPlugin, createRxDatabase, type RxCollection, type RxStorage } from 'rxdb'
import { RxDBMigrationSchemaPlugin } from 'rxdb/plugins/migration-schema'
import type { AlertDocument } from '../../main/store/documents/alerts.ts'
import { rxCollections } from '../../main/store/documents/collections.ts'

let opened = 0

/** The alerts in a database of their own on any storage of RxDB. */
export const openRx = async (
  storage: RxStorage<unknown, unknown>,
  sealing = false,
  name = `bench${++opened}`,
) => {
  addRxPlugin(RxDBMigrationSchemaPlugin)
  const database = await createRxDatabase<{ alerts: RxCollection<AlertDocument> }>({
    name,
    storage: storage as RxStorage<object, object>,
    multiInstance: false,
    eventReduce: false,
  })
  const { alerts } = await database.addCollections({ alerts: rxCollections(sealing)['alerts'] as never })
  return {
    collection: alerts as unknown as RxCollection<AlertDocument>,
    close: () => database.close(),
  }
}
