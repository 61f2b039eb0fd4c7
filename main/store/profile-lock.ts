import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreInUse, StoreUnavailable } from './errors.ts'

const BUSY = 5

/**
 * Takes the profile for this process: an SQLite file of nothing, locked as long as it is open. The system frees it when
 * the process ends, however it ends. The document file itself stays open to this process's other threads.
 * Answers what gives it back.
 * @throws StoreInUse, StoreUnavailable
 */
export const lockProfile = (path: string): (() => void) => {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(join(dirname(path), 'desk.lock'), { timeout: 0 })
    db.exec('BEGIN EXCLUSIVE')
    const held = db
    return () => held.close()
  } catch (error) {
    db?.close()
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
    throw code === BUSY ? new StoreInUse(path) : new StoreUnavailable(path, error)
  }
}
