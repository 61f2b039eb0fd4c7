import { DatabaseSync } from 'node:sqlite'
import { looksSound } from './look-at-file.ts'

/** What was read out of a damaged file. */
export type Salvaged = {
  readonly rows: number
  /** Tables of which something could not be read. */
  readonly lost: readonly string[]
}

/** Looks that may fail in one table: about a second of them. */
const MOST_FAILURES = 50_000
/** Rowids that are tried behind a row where nothing is known of the end. */
const BLIND = 65_536

type Cells = Record<string, null | number | bigint | string | Uint8Array>
type Made = { readonly type: string; readonly name: string; readonly sql: string }

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Columns that hold something: what is generated from others is made again. */
const columnsOf = (db: DatabaseSync, table: string): string[] =>
  (db.prepare(`PRAGMA table_xinfo(${quoted(table)})`).all() as { name: string; hidden: number }[])
    .filter(({ hidden }) => hidden === 0)
    .map(({ name }) => name)

const hasRowids = (db: DatabaseSync, table: string): boolean =>
  (db.prepare(`PRAGMA table_list(${quoted(table)})`).get() as { wr: number }).wr === 0

type Put = (row: Cells) => void

/** Reads in one order as far as it goes; answers the last row's rowid, and whether that was the end. */
const takeUntilDamage = (
  db: DatabaseSync,
  select: string,
  put: Put,
  until: (row: Cells) => boolean = () => false,
): { readonly last: Cells | null; readonly ended: boolean } => {
  let last: Cells | null = null
  const statement = db.prepare(select)
  statement.setReadBigInts(true)
  try {
    for (const given of statement.iterate()) {
      const row = given as Cells
      if (until(row)) return { last, ended: false }
      put(row)
      last = row
    }
    return { last, ended: true }
  } catch {
    return { last, ended: false }
  }
}

/** Takes what can be read between two rowids, around what cannot. */
const takeAround = (db: DatabaseSync, select: string, put: Put, first: number, last: number): void => {
  const statement = db.prepare(`${select} WHERE rowid BETWEEN ? AND ?`)
  statement.setReadBigInts(true)
  let failures = 0
  const take = (from: number, to: number): void => {
    if (from > to || failures > MOST_FAILURES) return
    let rows: Cells[]
    try {
      rows = statement.all(from, to)
    } catch {
      failures++
      if (from === to) return
      const middle = from + Math.floor((to - from) / 2)
      take(from, middle)
      take(middle + 1, to)
      return
    }
    for (const row of rows) put(row)
  }
  take(first, last)
}

const takeByRowid = (db: DatabaseSync, table: string, columns: string, put: Put): boolean => {
  const select = `SELECT rowid AS "row id", ${columns} FROM ${quoted(table)}`
  const idOf = (row: Cells | null): number | undefined => (row ? Number(row['row id']) : undefined)
  const up = takeUntilDamage(db, `${select} ORDER BY rowid`, put)
  if (up.ended) return true
  const first = (idOf(up.last) ?? 0) + 1
  const down = takeUntilDamage(
    db,
    `${select} ORDER BY rowid DESC`,
    put,
    (row) => (idOf(row) as number) < first,
  )
  takeAround(db, select, put, first, (idOf(down.last) ?? first + BLIND) - 1)
  return false
}

/** A table that is its own index is read from both ends as far as it goes. */
const takeFromEnds = (db: DatabaseSync, table: string, columns: string, put: Put): boolean => {
  const keys = (db.prepare(`PRAGMA table_xinfo(${quoted(table)})`).all() as { name: string; pk: number }[])
    .filter(({ pk }) => pk > 0)
    .toSorted((a, b) => a.pk - b.pk)
  const by = (order: string): string => keys.map(({ name }) => `${quoted(name)} ${order}`).join(', ')
  const select = `SELECT ${columns} FROM ${quoted(table)} ORDER BY`
  if (takeUntilDamage(db, `${select} ${by('ASC')}`, put).ended) return true
  takeUntilDamage(db, `${select} ${by('DESC')}`, put)
  return false
}

const copyTable = (
  source: DatabaseSync,
  target: DatabaseSync,
  table: string,
): { rows: number; whole: boolean } => {
  const names = columnsOf(target, table)
  const columns = names.map(quoted).join(', ')
  const insert = target.prepare(
    `INSERT OR IGNORE INTO ${quoted(table)} (${columns}) VALUES (${names.map(() => '?').join(', ')})`,
  )
  let rows = 0
  const put: Put = (row) => {
    rows += Number(insert.run(...names.map((name) => row[name] ?? null)).changes)
  }
  const take = hasRowids(target, table) ? takeByRowid : takeFromEnds
  return { whole: take(source, table, columns, put), rows }
}

/** Numbers that were given out stay given out. */
const keepSequences = (source: DatabaseSync, target: DatabaseSync): void => {
  const has = target.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").get()
  if (!has) return
  const set = target.prepare('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?')
  const add = target.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)')
  let rows: Cells[] = []
  try {
    rows = source.prepare('SELECT name, seq FROM sqlite_sequence').all()
  } catch {
    // The highest number of each table stands for it.
  }
  for (const row of rows)
    if (set.run(row['seq'] as number, row['name'] as string).changes === 0)
      add.run(row['name'] as string, row['seq'] as number)
}

const copy = (source: DatabaseSync, target: DatabaseSync): Salvaged => {
  const made = source
    .prepare(
      "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .all() as Made[]
  const tables = made.filter(({ type }) => type === 'table')
  const lost: string[] = []
  let rows = 0
  target.exec('BEGIN')
  for (const { sql } of tables) target.exec(sql)
  for (const { name } of tables) {
    const table = copyTable(source, target, name)
    rows += table.rows
    if (!table.whole) lost.push(name)
  }
  // Behind the rows: indexes are quicker made at once, and triggers were run when the rows came first.
  for (const { type, sql } of made) if (type !== 'table') target.exec(sql)
  keepSequences(source, target)
  for (const name of ['user_version', 'application_id']) {
    const value = (source.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[name]
    target.exec(`PRAGMA ${name} = ${Number(value)}`)
  }
  target.exec('COMMIT')
  return { rows, lost }
}

/**
 * Reads what can be read of a damaged file into a new one, table by table and around the damaged pages; the damaged file
 * is only read. Takes about as long as the file is large.
 * @param to where the new file is written; nothing may be there
 * @returns null where not even the list of tables can be read, or what was written is not whole; then `to` is of no use
 */
export const salvage = (from: string, to: string): Salvaged | null => {
  let source: DatabaseSync | null = null
  let target: DatabaseSync | null = null
  try {
    source = new DatabaseSync(from, { readOnly: true })
    target = new DatabaseSync(to)
    const salvaged = copy(source, target)
    return looksSound(target, to) ? salvaged : null
  } catch {
    return null
  } finally {
    source?.close()
    target?.close()
  }
}
