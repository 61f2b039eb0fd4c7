import { DatabaseSync } from 'node:sqlite'
import { StorageTooNew } from '../errors.ts'
import type { EngineStart } from '../protocol.ts'
import { ensureKeysFit, readKeyList } from '../sealing/key-list.ts'
import { TOO_MANY } from './checkpoints.ts'

/** How long a statement waits for another process that holds the file. */
const BUSY_MS = 5_000

/** Of our tables as a whole. 1: before there was a `"storage"` table; keys were BLOBs. */
const LAYOUT = 2

const setUp = (db: DatabaseSync, { filename, exclusive, readOnly, synchronous }: EngineStart): void => {
  if (exclusive) db.exec('PRAGMA locking_mode = EXCLUSIVE')
  db.exec('PRAGMA cache_size = -65536')
  db.exec('PRAGMA mmap_size = 268435456')
  const known = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'storage'").get()
  const layout =
    known && (db.prepare("SELECT value FROM storage WHERE name = 'layout'").get() as { value: number })
  if (layout && layout.value > LAYOUT)
    throw new StorageTooNew(`${filename} has layout ${layout.value}; this version knows ${LAYOUT}.`)
  if (readOnly) return
  db.exec('PRAGMA journal_mode = WAL')
  db.exec(`PRAGMA synchronous = ${synchronous.toUpperCase()}`)
  db.exec(`PRAGMA wal_autocheckpoint = ${TOO_MANY}`)
  if (layout) return
  db.exec('BEGIN IMMEDIATE')
  db.exec('CREATE TABLE IF NOT EXISTS storage (name TEXT PRIMARY KEY, value) WITHOUT ROWID')
  db.exec(`INSERT OR IGNORE INTO storage VALUES ('layout', ${LAYOUT})`)
  db.exec('COMMIT')
}

/**
 * Opens the file: WAL, so that readers in other threads never wait for a write. Whatever is wrong with it is
 * thrown before anything is changed.
 */
export const openFile = (start: EngineStart): DatabaseSync => {
  ensureKeysFit(readKeyList(start.filename), start.keys)
  const db = new DatabaseSync(start.filename, { timeout: BUSY_MS, readOnly: start.readOnly })
  try {
    setUp(db, start)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
