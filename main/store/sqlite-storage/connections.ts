import { DatabaseSync } from 'node:sqlite'

export type Connection = {
  readonly db: DatabaseSync
  /** Runs `fn` in one write transaction; whatever it throws undoes all of it. */
  readonly write: <T>(fn: () => T) => T
  /** Gives this user's share back; the last one closes the file. */
  readonly release: () => void
}

export type Connections = { readonly open: (databaseName: string) => Connection }

/** How long a statement waits for another process that holds the file. */
const BUSY_MS = 5_000

/**
 * WAL, and every commit waits for the disk: a document that was acknowledged survives a power cut.
 * 16 MB of page cache, and as much log before it is folded back into the file; the file is read through memory
 * mapping of up to 256 MB.
 */
const openFile = (path: string, exclusive: boolean): DatabaseSync => {
  const db = new DatabaseSync(path, { timeout: BUSY_MS })
  try {
    if (exclusive) db.exec('PRAGMA locking_mode = EXCLUSIVE')
    db.exec('PRAGMA journal_mode = WAL')
    db.exec('PRAGMA synchronous = FULL')
    db.exec('PRAGMA cache_size = -16384')
    db.exec('PRAGMA wal_autocheckpoint = 4000')
    db.exec('PRAGMA mmap_size = 268435456')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const writer =
  (db: DatabaseSync): Connection['write'] =>
  (fn) => {
    db.exec('BEGIN IMMEDIATE')
    try {
      const result = fn()
      db.exec('COMMIT')
      return result
    } catch (error) {
      // A full disk or a damaged page makes SQLite roll back by itself.
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }

/**
 * Connections of one storage, shared and counted: all collections of a database use one. With a path there is
 * one file; without, each database name has its own in memory until its last user has gone.
 */
export const createConnections = (path: string | null, exclusive: boolean): Connections => {
  const shared = new Map<string, { db: DatabaseSync; users: number }>()
  return {
    open: (databaseName) => {
      const key = path ?? databaseName
      const entry = shared.get(key) ?? { db: openFile(path ?? ':memory:', exclusive), users: 0 }
      shared.set(key, entry)
      entry.users += 1
      let released = false
      return {
        db: entry.db,
        write: writer(entry.db),
        release: () => {
          if (released) return
          released = true
          entry.users -= 1
          if (entry.users > 0) return
          shared.delete(key)
          entry.db.close()
        },
      }
    },
  }
}
