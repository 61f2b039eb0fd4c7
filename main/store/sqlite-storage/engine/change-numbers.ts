import type { DatabaseSync } from 'node:sqlite'
import { quoted } from './quoted.ts'

export type ChangeNumbers = {
  /** The number of the last change. */
  readonly last: () => number
  /** Call it at the start of a transaction: another process may have written. */
  readonly refresh: () => void
  readonly next: () => number
  /** The transaction was undone. */
  readonly backTo: (last: number) => void
  /** Call it before rows go for good: the last number must outlive its row, and the table. */
  readonly keep: () => void
  /** A table that was just made goes on behind what other schema versions of its collection reached. */
  readonly goOn: () => void
}

/** The last number of any schema version of a table's collection, whether that table is still there or not. */
const lastOfVersions = (db: DatabaseSync, table: string): number => {
  const collection = table.slice(0, table.lastIndexOf('/') + 1)
  const isVersion = (name: string): boolean =>
    name.startsWith(collection) && /^\d+$/.test(name.slice(collection.length))
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[]
  const kept = db.prepare("SELECT substr(name, 6) AS name, value FROM storage WHERE name LIKE 'last/%'").all()
  return Math.max(
    0,
    ...tables
      .filter(({ name }) => isVersion(name))
      .map(
        ({ name }) => db.prepare(`SELECT max(seq) AS n FROM ${quoted(name)}`).get() as { n: number | null },
      )
      .map(({ n }) => n ?? 0),
    ...(kept as { name: string; value: number }[])
      .filter(({ name }) => isVersion(name))
      .map(({ value }) => value),
  )
}

/**
 * Numbers the changes of a table. They are counted here instead of by AUTOINCREMENT, which writes a further page in
 * each transaction; a number is not used again even where the row that bore the highest one was purged, where the
 * collection was removed, or where it has come to another schema version: RxDB carries checkpoints of a replication over
 * to that one, and what is written there must be behind them.
 */
export const createChangeNumbers = (db: DatabaseSync, table: string): ChangeNumbers => {
  const name = `last/${table}`
  const highest = db.prepare(`SELECT max(seq) AS n FROM ${quoted(table)}`)
  const kept = db.prepare('SELECT value AS n FROM storage WHERE name = ?')
  const keep = db.prepare('INSERT OR REPLACE INTO storage VALUES (?, ?)')
  const version = db.prepare('PRAGMA data_version')
  const read = (): number =>
    Math.max(
      (highest.get() as { n: number | null }).n ?? 0,
      (kept.get(name) as { n: number } | undefined)?.n ?? 0,
    )
  const seen = (): number => (version.get() as { data_version: number }).data_version
  let at = seen()
  let last = read()
  return {
    last: () => last,
    refresh: () => {
      const now = seen()
      if (now === at) return
      at = now
      last = read()
    },
    next: () => ++last,
    backTo: (to) => {
      last = to
    },
    keep: () => {
      keep.run(name, last)
    },
    goOn: () => {
      last = lastOfVersions(db, table)
      if (last > 0) keep.run(name, last)
    },
  }
}
