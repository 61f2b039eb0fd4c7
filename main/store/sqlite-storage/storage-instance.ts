import {
  addRxStorageMultiInstanceSupport,
  type EventBulk,
  now,
  type RxDocumentData,
  type RxStorageChangeEvent,
  type RxStorageInstance,
  type RxStorageInstanceCreationParams,
} from 'rxdb'
import { Subject } from 'rxjs'
import { createAttachmentTable } from './attachment-table.ts'
import { loadBlobs, runsOfDistinct, writeRun } from './bulk-write.ts'
import { createCollectionTable } from './collection-table.ts'
import type { Connections } from './connections.ts'
import { runCount, runQuery } from './query.ts'

/** Place in the order of changes of one collection. */
export type SqliteCheckpoint = { readonly seq: number }

type Changes<D> = EventBulk<RxStorageChangeEvent<RxDocumentData<D>>, SqliteCheckpoint>

/** Tombstones removed in one call of `cleanup()`. */
const PURGE_AT_ONCE = 1_000

class StorageClosed extends Error {
  override readonly name = 'StorageClosed'
}

/**
 * One collection in one schema version, on one table. Everything inside a write is synchronous and in one
 * transaction: it is durable when its promise resolves, and no queue is needed within a process.
 *
 * Changes are numbered (`seq`) in the order they were written, and that number is the checkpoint: unlike the
 * last-write time it cannot go back when the clock of the machine is set back between two runs.
 */
export const createSqliteInstance = <D>(
  storageName: string,
  connections: Connections,
  params: RxStorageInstanceCreationParams<D, object>,
): RxStorageInstance<D, object, object, SqliteCheckpoint> => {
  const { databaseName, collectionName, schema, options } = params
  const connection = connections.open(databaseName)
  const changes = new Subject<Changes<D>>()
  let closing: Promise<void> | null = null

  const tableName = `${databaseName}/${collectionName}/${schema.version}`
  const openTables = () => {
    try {
      return {
        table: createCollectionTable<D>(connection, tableName, schema),
        attachments: schema.attachments
          ? createAttachmentTable(connection, `${tableName}/attachments`)
          : null,
      }
    } catch (error) {
      connection.release()
      throw error
    }
  }
  const { table, attachments } = openTables()

  const stillOpen = (): void => {
    if (closing) throw new StorageClosed(`The storage of ${collectionName} is closed.`)
  }

  const instance: RxStorageInstance<D, object, object, SqliteCheckpoint> = {
    databaseName,
    collectionName,
    schema,
    internals: {},
    options,

    bulkWrite: async (rows, context) => {
      stillOpen()
      const blobs = attachments ? await loadBlobs(rows) : new Map<Blob, Uint8Array>()
      stillOpen()
      const written = connection.write(() =>
        runsOfDistinct(rows, table.primaryPath).map((run) =>
          writeRun(instance, table, attachments, blobs, run, context),
        ),
      )
      for (const { eventBulk } of written) if (eventBulk.events.length > 0) changes.next(eventBulk)
      return { error: written.flatMap(({ errors }) => errors) }
    },

    findDocumentsById: async (ids, withDeleted) => {
      stillOpen()
      const found: RxDocumentData<D>[] = []
      for (const id of ids) {
        const document = table.get(id)
        if (document && (withDeleted || !document._deleted)) found.push(document)
      }
      return found
    },

    query: async (prepared) => {
      stillOpen()
      return { documents: runQuery(table, schema, prepared) }
    },

    count: async (prepared) => {
      stillOpen()
      return { count: runCount(table, schema, prepared), mode: 'fast' }
    },

    getAttachmentData: async (documentId, attachmentId, digest) => {
      stillOpen()
      const data = attachments?.get(documentId, attachmentId, digest) ?? null
      if (data === null)
        throw new Error(`There is no attachment ${attachmentId} of ${documentId} with digest ${digest}.`)
      return data
    },

    getChangedDocumentsSince: async (limit, checkpoint) => {
      stillOpen()
      const changed = table.changedAfter(checkpoint?.seq ?? 0, limit)
      return {
        documents: changed.map(({ document }) => document),
        checkpoint: { seq: changed.at(-1)?.seq ?? checkpoint?.seq ?? 0 },
      }
    },

    changeStream: () => changes.asObservable(),

    cleanup: async (minimumDeletedTime) => {
      stillOpen()
      const purged = connection.write(() => {
        const ids = table.purge(now() - minimumDeletedTime, PURGE_AT_ONCE)
        for (const id of ids) attachments?.removeAll(id)
        return ids.length
      })
      return purged < PURGE_AT_ONCE
    },

    close: () => {
      closing ??= (async () => {
        changes.complete()
        connection.release()
      })()
      return closing
    },

    remove: async () => {
      stillOpen()
      connection.write(() => {
        table.drop()
        attachments?.drop()
      })
      await instance.close()
    },
  }
  addRxStorageMultiInstanceSupport(storageName, params, instance)
  return instance
}
