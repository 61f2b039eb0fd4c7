import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite'

/** Turns what stands in a row into the document's JSON. The store's sealing is known here only. */
export type RowOpener = {
  /** Columns that hold the document. */
  readonly columns: readonly string[]
  readonly open: (id: string, values: readonly SQLOutputValue[]) => string
}

/** A collection's table: `seq` numbers every change, the latest of a document alone is kept. */
export type SourceTable = { readonly table: string; readonly opener: RowOpener }

/** `json` is null for a deleted document, and for one that could not be opened (`fault` says why). */
export type SourceRow = {
  readonly seq: number
  readonly id: string
  readonly deleted: boolean
  /** When it was written, UTC ms. */
  readonly at: number
  readonly json: string | null
  readonly fault: string | null
}

export type Source = {
  /** Rows in a table, and the number of its last change; zeros where there is no such table (yet). */
  readonly size: (table: number) => { count: number; last: number }
  /** Rows changed behind a number, the first change first. */
  readonly after: (table: number, seq: number, limit: number) => SourceRow[]
  /** Rows changed before a number, the last change first. */
  readonly before: (table: number, seq: number, limit: number) => SourceRow[]
  /** The row of one change, or null when the document was changed again since. */
  readonly at: (table: number, seq: number) => SourceRow | null
  readonly close: () => void
}

const BUSY_MS = 5_000

export const plainOpener: RowOpener = { columns: ['data'], open: (_id, values) => values[0] as string }

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const sourceRow = (row: unknown, opener: RowOpener): SourceRow => {
  const [seq, id, deleted, at, ...values] = row as [number, string, number, number, ...SQLOutputValue[]]
  let json: string | null = null
  let fault: string | null = null
  try {
    if (deleted === 0) json = opener.open(id, values)
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error)
  }
  return { seq, id, deleted: deleted === 1, at, json, fault }
}

/**
 * Reads the store's file through a connection of its own, for reading only. Every call is one short transaction, so
 * that the writer's log can be folded back at any time.
 */
export const openSource = (filename: string, tables: readonly SourceTable[]): Source => {
  const db = new DatabaseSync(filename, { readOnly: true, timeout: BUSY_MS })
  const prepared = new Map<string, StatementSync>()
  const exists = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
  const known = new Set<number>()
  const isThere = (table: number): boolean => {
    if (known.has(table)) return true
    if (!exists.get((tables[table] as SourceTable).table)) return false
    known.add(table)
    return true
  }
  const rowsOf = (table: number, where: string, ...values: number[]): SourceRow[] => {
    if (!isThere(table)) return []
    const { table: name, opener } = tables[table] as SourceTable
    const sql = `SELECT seq, id, deleted, lwt, ${opener.columns.join(', ')} FROM ${quoted(name)} WHERE ${where}`
    let statement = prepared.get(sql)
    if (!statement) {
      statement = db.prepare(sql)
      statement.setReturnArrays(true)
      prepared.set(sql, statement)
    }
    return statement.all(...values).map((row) => sourceRow(row, opener))
  }
  return {
    size: (table) => {
      if (!isThere(table)) return { count: 0, last: 0 }
      const name = quoted((tables[table] as SourceTable).table)
      const row = db.prepare(`SELECT count(*) AS count, coalesce(max(seq), 0) AS last FROM ${name}`).get()
      return row as { count: number; last: number }
    },
    after: (table, seq, limit) => rowsOf(table, 'seq > ? ORDER BY seq LIMIT ?', seq, limit),
    before: (table, seq, limit) => rowsOf(table, 'seq < ? ORDER BY seq DESC LIMIT ?', seq, limit),
    at: (table, seq) => rowsOf(table, 'seq = ?', seq)[0] ?? null,
    close: () => db.close(),
  }
}
