import { timingSafeEqual } from 'node:crypto'
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { checkValue, type KeyRing } from './key-ring.ts'

/**
 * What a file says about its own sealing: which keys its values are sealed with, each with a check value, and where
 * sealed values are. So a wrong key is noticed before anything is read or written, and every value is found again
 * when the key is changed, whoever owns the table.
 */
export type ListedKey = { readonly id: string; readonly check: Uint8Array; readonly current: boolean }

/** A column with sealed values. Their context: `prefix`, then the columns of `idColumns` (text or blob). */
export type SealedColumn = {
  readonly table: string
  readonly column: string
  readonly prefix: readonly string[]
  readonly idColumns: readonly string[]
}

/** The ring does not open this file. Nothing was read from it but its list of keys, and nothing written. */
export class WrongKey extends Error {
  override readonly name = 'WrongKey'
}

const hasTable = (db: DatabaseSync, name: string): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined

/** Empty where nothing was ever sealed. Reads only. */
export const listedKeys = (db: DatabaseSync): ListedKey[] =>
  hasTable(db, 'sealing_keys')
    ? db
        .prepare('SELECT id, check_value, current FROM sealing_keys ORDER BY added')
        .all()
        .map((row) => ({
          id: String(row['id']),
          check: row['check_value'] as Uint8Array,
          current: row['current'] === 1,
        }))
    : []

/** How long another process that holds the file is waited for. */
const BUSY_MS = 5_000

/**
 * A connection that leaves no trace: one that can write would fold the write-ahead log of a killed process into the
 * file when it is closed, and one that cannot makes a log where there is none. Where there is none nobody has the file
 * open, and it can be read as if it never changed; should somebody open it in this moment, whoever opens it to work
 * with it looks again.
 */
const openUntouched = (filename: string): DatabaseSync => {
  const options = { timeout: BUSY_MS, readOnly: true }
  if (existsSync(`${filename}-wal`)) return new DatabaseSync(filename, options)
  const url = pathToFileURL(filename)
  url.searchParams.set('immutable', '1')
  return new DatabaseSync(url, options)
}

/** The list of a file, which stays as it is. Empty where there is no file. */
export const readKeyList = (filename: string): ListedKey[] => {
  if (!existsSync(filename)) return []
  const db = openUntouched(filename)
  try {
    return listedKeys(db)
  } finally {
    db.close()
  }
}

/**
 * Looks whether the ring has every key that values are sealed with.
 * @throws WrongKey
 */
export const ensureKeysFit = (listed: readonly ListedKey[], ring: KeyRing | null): void => {
  for (const { id, check } of listed) {
    const key = ring && Object.hasOwn(ring.keys, id) ? ring.keys[id] : undefined
    if (!key)
      throw new WrongKey(
        ring === null
          ? `Fields are sealed with key ${id}, and no keys were given.`
          : `Fields are sealed with key ${id}, which is not in the key ring.`,
      )
    const expected = checkValue(key)
    if (check.length !== expected.length || !timingSafeEqual(check, expected))
      throw new WrongKey(`Key ${id} of the key ring is not the one that fields were sealed with.`)
  }
}

/** Makes the two lists. Belongs into a transaction, after `ensureKeysFit`. */
export const makeKeyList = (db: DatabaseSync): void => {
  db.exec(
    'CREATE TABLE IF NOT EXISTS sealing_keys (added INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, ' +
      'check_value BLOB NOT NULL, current INTEGER NOT NULL) STRICT',
  )
  // `resealed`: every row up to this rowid has the current key; null: the column needs no look any more.
  db.exec(
    'CREATE TABLE IF NOT EXISTS sealing_columns (name TEXT NOT NULL, column TEXT NOT NULL, prefix TEXT NOT NULL, ' +
      'id_columns TEXT NOT NULL, resealed INTEGER, PRIMARY KEY (name, column)) STRICT',
  )
}

/**
 * Writes the ring's current key into the list as the one that new values are sealed with. Where that is a change,
 * every sealed column has to be gone through anew. Belongs into a transaction, after `ensureKeysFit`.
 */
export const adoptCurrentKey = (db: DatabaseSync, { current, keys }: KeyRing): void => {
  if (listedKeys(db).some((key) => key.current && key.id === current)) return
  const key = keys[current] as Uint8Array
  db.exec('UPDATE sealing_keys SET current = 0')
  db.prepare(
    'INSERT INTO sealing_keys (id, check_value, current) VALUES (?, ?, 1) ON CONFLICT (id) DO UPDATE SET current = 1',
  ).run(current, checkValue(key))
  db.exec('UPDATE sealing_columns SET resealed = 0')
}

/** Enters a column with sealed values; it must belong to a table with row ids. Belongs into a transaction. */
export const enterSealedColumn = (
  db: DatabaseSync,
  { table, column, prefix, idColumns }: SealedColumn,
): void => {
  db.prepare('INSERT OR IGNORE INTO sealing_columns VALUES (?, ?, ?, ?, NULL)').run(
    table,
    column,
    JSON.stringify(prefix),
    JSON.stringify(idColumns),
  )
}

/** Columns that still have to be gone through, each with the row up to which that is done. */
export const columnsToReseal = (db: DatabaseSync): (SealedColumn & { readonly resealed: number })[] => {
  if (!hasTable(db, 'sealing_columns')) return []
  const rows = db
    .prepare(
      'SELECT name, column, prefix, id_columns, resealed FROM sealing_columns WHERE resealed IS NOT NULL ORDER BY name, column',
    )
    .all()
  return rows.map((row) => ({
    table: String(row['name']),
    column: String(row['column']),
    prefix: JSON.parse(String(row['prefix'])) as string[],
    idColumns: JSON.parse(String(row['id_columns'])) as string[],
    resealed: Number(row['resealed']),
  }))
}

/** Notes how far a column is done; null: wholly, or its table is no more. */
export const noteResealed = (
  db: DatabaseSync,
  { table, column }: SealedColumn,
  upTo: number | null,
): void => {
  db.prepare('UPDATE sealing_columns SET resealed = ? WHERE name = ? AND column = ?').run(upTo, table, column)
}

/** Begins every column that is not done anew: row ids may be others now (VACUUM). */
export const beginAgain = (db: DatabaseSync): void => {
  if (hasTable(db, 'sealing_columns'))
    db.exec('UPDATE sealing_columns SET resealed = 0 WHERE resealed IS NOT NULL')
}

/** Takes the keys off the list that nothing is sealed with any more. Answers their ids. */
export const dropOldKeys = (db: DatabaseSync): string[] =>
  db
    .prepare('DELETE FROM sealing_keys WHERE current = 0 RETURNING id')
    .all()
    .map((row) => String(row['id']))
