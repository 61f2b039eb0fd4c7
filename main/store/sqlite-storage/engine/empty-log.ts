import type { DatabaseSync } from 'node:sqlite'

/**
 * Folds the write-ahead log into the file and cuts it off: until then it keeps pages as they were. Does not wait for
 * readers in other threads; answers whether it was done.
 */
export const emptyLog = (db: DatabaseSync): boolean => {
  const patience = Number(db.prepare('PRAGMA busy_timeout').get()?.['timeout'])
  db.exec('PRAGMA busy_timeout = 0')
  try {
    return db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0
  } finally {
    db.exec(`PRAGMA busy_timeout = ${patience}`)
  }
}
