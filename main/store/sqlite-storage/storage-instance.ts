import {
  addRxStorageMultiInstanceSupport,
  type BulkWriteRow,
  type EventBulk,
  now,
  type RxDocumentData,
  type RxStorageChangeEvent,
  type RxStorageInstance,
  type RxStorageInstanceCreationParams,
  randomToken,
} from 'rxdb'
import { Subject } from 'rxjs'
import { askedRange } from './asked-range.ts'
import { parseDocuments } from './document-texts.ts'
import type { EngineClient } from './engine-client.ts'
import { StorageClosed, StorageCrashed, StorageFailed } from './errors.ts'
import { textKey } from './index-key.ts'
import { lostChanges } from './lost-writes.ts'
import { postWrite } from './post-write.ts'
import type { AnySchema } from './protocol.ts'
import { writtenOf } from './write-answer.ts'
import { createRowMaker, type LoadedBlobs, loadBlobs } from './write-rows.ts'

/** Place in the order of changes of one collection. */
export type SqliteCheckpoint = { readonly seq: number }

type Changes<D> = EventBulk<RxStorageChangeEvent<RxDocumentData<D>>, SqliteCheckpoint>

/** Tombstones removed in one call of `cleanup()`. */
const PURGE_AT_ONCE = 1_000

const noBlobs: LoadedBlobs = new Map()

/**
 * One collection in one schema version. The work is done in the file's worker, in the order asked; a write is durable
 * when its promise resolves, and its changes have been emitted by then.
 *
 * Changes are numbered (`seq`) in the order they were written, and that number is the checkpoint: unlike the
 * last-write time it cannot go back when the clock of the machine is set back between two runs.
 */
export const createSqliteInstance = async <D>(
  storageName: string,
  engine: EngineClient,
  params: RxStorageInstanceCreationParams<D, object>,
): Promise<RxStorageInstance<D, object, object, SqliteCheckpoint>> => {
  const { databaseName, collectionName, schema, options } = params
  const { primaryPath, idOf, toRows } = createRowMaker<D>(schema)
  const changes = new Subject<Changes<D>>()
  const table = `${databaseName}/${collectionName}/${schema.version}`
  let closing: Promise<void> | null = null
  let working = 0
  let idle = (): void => {}

  type Write = { readonly rows: BulkWriteRow<D>[]; readonly context: string }
  const underWay = new Set<Write>()
  /** Writes whose worker died before it answered. */
  const lost: Write[] = []
  const { handle } = await engine.openCollection(
    { table, collection: collectionName, schema: schema as unknown as AnySchema },
    {
      crashed: () => {
        for (const write of underWay) lost.push(write)
        underWay.clear()
        return [...new Set(lost.flatMap(({ rows }) => rows.map(({ document }) => textKey(idOf(document)))))]
      },
      reopened: async (stored, last) => {
        const rows = lost.flatMap((write) => write.rows)
        const context = lost.at(-1)?.context ?? ''
        lost.length = 0
        const events = lostChanges<D>(rows, await parseDocuments<D>(stored), idOf)
        if (events.length > 0)
          changes.next({ id: randomToken(10), events, checkpoint: { seq: last }, context })
      },
    },
  )

  /** Counts what is under way: closing waits for it. */
  const work = async <T>(fn: () => Promise<T>): Promise<T> => {
    if (closing) throw new StorageClosed(`The storage of ${collectionName} is closed.`)
    working++
    try {
      return await fn()
    } finally {
      working--
      if (working === 0) idle()
    }
  }
  const allDone = (): Promise<void> =>
    working === 0
      ? Promise.resolve()
      : new Promise((resolve) => {
          idle = resolve
        })

  /** Reading a Blob takes a moment; writes behind it keep their place. */
  let loading: Promise<unknown> | null = null
  const loaded = async (rows: BulkWriteRow<D>[]): Promise<LoadedBlobs> => {
    const blobs = loadBlobs(rows)
    const turn = Promise.allSettled([loading, blobs])
    loading = turn
    await turn
    if (loading === turn) loading = null
    return blobs
  }

  const instance: RxStorageInstance<D, object, object, SqliteCheckpoint> = {
    databaseName,
    collectionName,
    schema,
    internals: {},
    options,

    bulkWrite: (rows, context) =>
      work(async () => {
        const blobs = schema.attachments ? await loaded(rows) : noBlobs
        const write = { rows, context }
        underWay.add(write)
        const answer = await postWrite(engine, handle, rows, (part) => toRows(part, blobs)).finally(() =>
          underWay.delete(write),
        )
        const written = writtenOf<D>(instance, primaryPath, idOf, rows, answer, context)
        for (const { eventBulk } of written) if (eventBulk.events.length > 0) changes.next(eventBulk)
        return { error: written.flatMap(({ errors }) => errors) }
      }),

    findDocumentsById: (ids, withDeleted) =>
      work(async () =>
        parseDocuments<D>(await engine.ask('byIds', { handle, ids: ids.map(textKey), withDeleted })),
      ),

    query: (prepared) =>
      work(async () => {
        const range = askedRange(schema, prepared, true)
        return { documents: await parseDocuments<D>(await engine.ask('query', { handle, range })) }
      }),

    count: (prepared) =>
      work(async () => {
        const range = askedRange(schema, prepared, false)
        const all = await engine.ask('count', { handle, range: { ...range, skip: 0, limit: null } })
        const { skip, limit } = range
        return { count: Math.max(0, Math.min(all - skip, limit ?? Number.POSITIVE_INFINITY)), mode: 'fast' }
      }),

    getAttachmentData: (documentId, attachmentId, digest) =>
      work(async () => {
        const found = await engine.ask('attachment', {
          handle,
          id: textKey(documentId),
          attachment: attachmentId,
          digest,
        })
        if (found === null)
          throw new StorageFailed(
            `There is no attachment ${attachmentId} of ${documentId} with digest ${digest}.`,
          )
        return new Blob([found.bytes], { type: found.type })
      }),

    getChangedDocumentsSince: (limit, checkpoint) =>
      work(async () => {
        const after = checkpoint?.seq ?? 0
        const { last, documents } = await engine.ask('changedSince', { handle, after, limit })
        return { documents: await parseDocuments<D>(documents), checkpoint: { seq: last } }
      }),

    changeStream: () => changes.asObservable(),

    cleanup: (minimumDeletedTime) =>
      work(async () => {
        const until = now() - minimumDeletedTime
        return (await engine.ask('purge', { handle, until, limit: PURGE_AT_ONCE })) < PURGE_AT_ONCE
      }),

    close: () => {
      closing ??= (async () => {
        await allDone()
        changes.complete()
        await engine.closeCollection(handle).catch((error: unknown) => {
          if (!(error instanceof StorageCrashed)) throw error
        })
        await engine.release()
      })()
      return closing
    },

    remove: async () => {
      if (closing)
        // RxDB's own suite takes nothing but a plain Error here; its name says what it is.
        throw Object.assign(new Error(`The storage of ${collectionName} is closed.`), {
          name: 'StorageClosed',
          code: 0,
        })
      await work(() => engine.ask('drop', { handle }))
      await instance.close()
    },
  }
  addRxStorageMultiInstanceSupport(storageName, params, instance)
  return instance
}
