import { ensureRxStorageInstanceParamsAreCorrect, RXDB_VERSION, randomToken } from 'rxdb'
import { type EngineClient, onEngineNotice, openEngine } from './engine-client.ts'
import { StorageFailed, StorageWrongKey } from './errors.ts'
import { type EngineStart, SEALING } from './protocol.ts'
import { BadSealing } from './sealing/errors.ts'
import { sealedParts, withoutSealing } from './sealing/sealed-schema.ts'
import { createSqliteInstance } from './storage-instance.ts'
import type { SealingNotice, SqliteStorage, SqliteStorageOptions } from './types.ts'

/** @throws StorageFailed, StorageWrongKey */
const ensureSealable = (
  collection: string,
  schema: Parameters<typeof sealedParts>[1],
  withKeys: boolean,
): void => {
  try {
    const { paths, attachments } = sealedParts(collection, schema)
    if (!withKeys && (paths.length > 0 || attachments))
      throw new StorageWrongKey(`Collection ${collection} has sealed fields, and no keys were given (UT6).`)
  } catch (error) {
    throw error instanceof BadSealing ? new StorageFailed(error.message) : error
  }
}

/**
 * RxDB storage on the SQLite that Node brings, in a worker thread of its own for each file. All databases of a storage
 * share its file; with `:memory:` each has its own, until its last user has gone.
 *
 * Its name tells storages on different files apart, so that one process may open the same database name in each.
 */
export const getRxStorageNodeSqlite = (options: SqliteStorageOptions): SqliteStorage => {
  const { filename } = options
  const inMemory = filename === ':memory:'
  const token = randomToken(10)
  const name = `node-sqlite:${inMemory ? token : filename}`
  const worker = options.worker ?? new URL('./worker.ts', import.meta.url)

  const keyOf = (databaseName: string): string => `:memory:/${token}/${databaseName}`
  const open = (databaseName: string): Promise<EngineClient> => {
    const start: EngineStart = {
      databaseName,
      filename,
      exclusive: options.exclusive ?? false,
      readOnly: options.readOnly ?? false,
      synchronous: options.synchronous ?? 'full',
      hostData: options.workerData,
      keys: options.keys ?? null,
    }
    return openEngine(keyOf(databaseName), start, worker)
  }
  /** One thing asked by somebody who need not have a collection open. */
  const ask = async <T>(databaseName: string, fn: (engine: EngineClient) => Promise<T>): Promise<T> => {
    const engine = await open(databaseName)
    try {
      return await fn(engine)
    } finally {
      await engine.release()
    }
  }

  return {
    name,
    rxdbVersion: RXDB_VERSION,
    createStorageInstance: async (params) => {
      const { collectionName, schema } = params
      ensureSealable(collectionName, schema, options.keys !== undefined)
      ensureRxStorageInstanceParamsAreCorrect({ ...params, schema: withoutSealing(schema) })
      const engine = await open(params.databaseName)
      try {
        return await createSqliteInstance(name, engine, params)
      } catch (error) {
        await engine.release()
        throw error
      }
    },
    call: (databaseName, companion, method, input) =>
      ask(databaseName, (engine) => engine.ask('call', { companion, method, input })),
    onNotice: (databaseName, companion, fn) => onEngineNotice(keyOf(databaseName), filename, companion, fn),
    useKeys: (databaseName, keys) => ask(databaseName, (engine) => engine.useKeys(keys)),
    onSealing: (databaseName, fn) =>
      onEngineNotice(keyOf(databaseName), filename, SEALING, (notice) => fn(notice as SealingNotice)),
    backup: (databaseName, toPath) => ask(databaseName, (engine) => engine.ask('backup', { toPath })),
    compact: (databaseName) =>
      ask(databaseName, async (engine) => {
        await engine.ask('compact', null)
      }),
    check: (databaseName) => ask(databaseName, (engine) => engine.check()),
    stats: (databaseName) => ask(databaseName, (engine) => engine.ask('stats', null)),
  }
}
