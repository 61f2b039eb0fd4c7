import type { DatabaseSync } from 'node:sqlite'

export type Transactions = {
  /** Runs `fn` in a write transaction, or inside the one under way; whatever it throws undoes all it did. */
  readonly write: <T>(fn: () => T) => T
  /** Hears of every commit. */
  readonly onCommit: (fn: () => void) => void
}

export const createTransactions = (db: DatabaseSync): Transactions => {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const heard: (() => void)[] = []
  const inner = <T>(fn: () => T): T => {
    db.exec('SAVEPOINT inner')
    try {
      const result = fn()
      db.exec('RELEASE inner')
      return result
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK TO inner; RELEASE inner')
      throw error
    }
  }
  const outer = <T>(fn: () => T): T => {
    begin.run()
    try {
      const result = fn()
      commit.run()
      return result
    } catch (error) {
      // A full disk or a damaged page makes SQLite roll back by itself.
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
  return {
    write: (fn) => {
      if (db.isTransaction) return inner(fn)
      const result = outer(fn)
      for (const tell of heard) tell()
      return result
    },
    onCommit: (fn) => {
      heard.push(fn)
    },
  }
}
