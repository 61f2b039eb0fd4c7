import { fillWithDefaultSettings } from 'rxdb'
import type { KeyRing } from '../sealing/key-ring.ts'
import { getRxStorageNodeSqlite } from '../sqlite-storage.ts'

/** Test support: documents with one sealed field. */
type SealedDoc = { id: string; secret: string }
const sealedSchema = fillWithDefaultSettings<SealedDoc>({
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 20 }, secret: { type: 'string' } },
  required: ['id', 'secret'],
  encrypted: ['secret'],
})
export const openSealed = (filename: string, keys: KeyRing) => {
  const storage = getRxStorageNodeSqlite({ filename, keys })
  return {
    storage,
    instance: storage.createStorageInstance<SealedDoc>({
      databaseInstanceToken: 'token',
      databaseName: 'sealed',
      collectionName: 'docs',
      schema: sealedSchema,
      options: {},
      multiInstance: false,
      devMode: false,
    }),
  }
}
export const stored = (id: string) => ({
  id,
  secret: `secret of ${id}`,
  _deleted: false,
  _attachments: {},
  _meta: { lwt: 1_000 },
  _rev: '1-a',
})
