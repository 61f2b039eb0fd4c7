import { ensureRxStorageInstanceParamsAreCorrect, RXDB_VERSION, type RxStorage, randomToken } from 'rxdb'
import { createConnections } from './connections.ts'
import { createSqliteInstance } from './storage-instance.ts'

export type SqliteStorageOptions = {
  path: string | null
  /** Keep every other process out of the file while it is open. */
  exclusive?: boolean
}

/**
 * RxDB storage on the SQLite that Node brings. One file per RxDB database; `null` keeps everything in memory.
 * Synchronous inside: it belongs into the desk's process, never into a window's.
 *
 * Its name tells storages on different files apart, so that one process may open the same database name in each.
 */
export const createSqliteStorage = (options: SqliteStorageOptions): RxStorage<object, object> => {
  const connections = createConnections(options.path, options.exclusive ?? false)
  const name = `node-sqlite:${options.path ?? randomToken(10)}`
  return {
    name,
    rxdbVersion: RXDB_VERSION,
    createStorageInstance: async (params) => {
      ensureRxStorageInstanceParamsAreCorrect(params)
      return createSqliteInstance(name, connections, params)
    },
  }
}
