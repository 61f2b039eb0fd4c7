import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addRxPlugin, getChangedDocumentsSince, type RxCollection } from 'rxdb'
import { RxDBAttachmentsPlugin } from 'rxdb/plugins/attachments'
import { disableWarnings, RxDBDevModePlugin } from 'rxdb/plugins/dev-mode'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { RxDBUpdatePlugin } from 'rxdb/plugins/update'
import { wrappedValidateAjvStorage } from 'rxdb/plugins/validate-ajv'
import { afterAll, describe, it, vi } from 'vitest'
import { getRxStorageNodeSqlite } from './sqlite-storage.ts'
import { shippedSuite } from './testing/shipped-suite.ts'

const {
  getPullHandler,
  getPullStream,
  getPushHandler,
  humansCollection,
  runReplicationBaseTestSuite,
  setConfig,
} = await shippedSuite()

/** The suite that RxDB ships, run against the storage on both sides of a replication. */
vi.setConfig({ testTimeout: 60_000 })
disableWarnings()
addRxPlugin(RxDBDevModePlugin)
addRxPlugin(RxDBAttachmentsPlugin)
addRxPlugin(RxDBUpdatePlugin)

const folder = mkdtempSync(join(tmpdir(), 'deskline-upstream-'))
const storage = () =>
  wrappedValidateAjvStorage({ storage: getRxStorageNodeSqlite({ filename: join(folder, 'test.sqlite') }) })
afterAll(() => {
  rmSync(folder, { recursive: true })
})

setConfig({
  storage: {
    name: 'node-sqlite',
    getStorage: storage,
    getPerformanceStorage: () => ({ storage: storage(), description: 'node-sqlite' }),
    hasPersistence: true,
    hasMultiInstance: true,
    hasAttachments: true,
    hasReplication: true,
  },
})
// The suite is written for runners with globals.
Object.assign(globalThis, { describe, it })

type Human = { passportId: string }
let server: RxCollection<Human> | null = null
let attachmentServer: RxCollection<Human> | null = null
const serverOf = (): RxCollection<Human> => {
  if (!server) throw new Error('the server was not set up')
  return server
}

type Pushed = Awaited<ReturnType<ReturnType<typeof getPushHandler<Human>>>>
/** A server sends the bytes of attachments with a conflict; RxDB's own handler leaves them out. */
const withBytes = async (conflicts: Pushed, { storageInstance }: RxCollection<Human>): Promise<Pushed> => {
  for (const { passportId, ...rest } of conflicts)
    for (const [id, attachment] of Object.entries((rest as { _attachments?: object })._attachments ?? {}))
      Object.assign(attachment, {
        data: await storageInstance.getAttachmentData(
          passportId,
          id,
          (attachment as { digest: string }).digest,
        ),
      })
  return conflicts
}

const replicate = (collection: RxCollection<Human>, remote: RxCollection<Human>, live: boolean) =>
  replicateRxCollection<Human, unknown>({
    collection,
    replicationIdentifier: `to ${remote.database.name}`,
    live,
    pull: { handler: getPullHandler(remote), stream$: getPullStream(remote) },
    push: { handler: async (rows) => withBytes(await getPushHandler(remote)(rows), remote) },
  })
const syncOnce = async (collection: RxCollection<Human>, remote: RxCollection<Human>): Promise<void> => {
  const state = replicate(collection, remote, false)
  await state.awaitInitialReplication()
  await state.cancel()
}

describe('replication', () => {
  runReplicationBaseTestSuite({
    startReplication: (collection) => replicate(collection, serverOf(), true),
    syncOnce: (collection) => syncOnce(collection, serverOf()),
    syncOnceWithAttachments: (collection) => syncOnce(collection, attachmentServer ?? serverOf()),
    getAllServerDocs: async () =>
      (await getChangedDocumentsSince(serverOf().storageInstance, 1_000)).documents,
    cleanUpServer: async () => {
      await server?.database.close()
      await attachmentServer?.database.close()
      server = (await humansCollection.create(0, undefined, false)) as never
      attachmentServer = (await humansCollection.createAttachments(0)) as never
    },
    softDeletes: true,
    isDeleted: (document: { _deleted: boolean }) => document._deleted,
    getPrimaryOfServerDoc: ({ passportId }: Human) => passportId,
  })
})
