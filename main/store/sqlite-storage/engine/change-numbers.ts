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
  /** Call it before rows go for good: the last number must outlive its row. */
  readonly keep: () => void
  readonly forget: () => void
}

/**
 * Numbers the changes of a table. They are counted here instead of by AUTOINCREMENT, which writes a further page in
 * each transaction; a number is not used again even where the row that bore the highest one was purged.
 */
export const createChangeNumbers = (db: DatabaseSync, table: string): ChangeNumbers => {
  const name = `last/${table}`
  const highest = db.prepare(`SELECT max(seq) AS n FROM ${quoted(table)}`)
  const kept = db.prepare('SELECT value AS n FROM storage WHERE name = ?')
  const keep = db.prepare('INSERT OR REPLACE INTO storage VALUES (?, ?)')
  const forget = db.prepare('DELETE FROM storage WHERE name = ?')
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
    forget: () => {
      forget.run(name)
    },
  }
}
