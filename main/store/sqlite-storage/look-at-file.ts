import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

/** Files up to this size are read whole: that takes a tenth of a second. */
const SMALL = 33_554_432

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Whether a file is as long as its header says. What a write-ahead log may still add is not known from here. */
const isLongEnough = (path: string): boolean => {
  if (!wasClosedCleanly(path)) return true
  const file = openSync(path, 'r')
  try {
    const header = Buffer.alloc(100)
    if (readSync(file, header, 0, 100, 0) < 100) return fstatSync(file).size === 0
    const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
    const isCurrent = header.readUInt32BE(24) === header.readUInt32BE(92)
    return !isCurrent || fstatSync(file).size >= header.readUInt32BE(28) * pageSize
  } finally {
    closeSync(file)
  }
}

/** Reads both ends of every table and index, which touches the pages that everything hangs on. */
const readEdges = (db: DatabaseSync): void => {
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    .all() as { name: string }[]
  for (const { name } of tables) {
    const isRowid = (db.prepare(`PRAGMA table_list(${quoted(name)})`).get() as { wr: number }).wr === 0
    if (isRowid)
      for (const order of ['ASC', 'DESC'])
        db.prepare(`SELECT * FROM ${quoted(name)} ORDER BY rowid ${order} LIMIT 1`).all()
    const indexes = db.prepare(`PRAGMA index_list(${quoted(name)})`).all() as {
      name: string
      partial: number
    }[]
    for (const index of indexes) {
      if (index.partial === 1) continue
      const [first] = db.prepare(`PRAGMA index_info(${quoted(index.name)})`).all() as {
        name: string | null
      }[]
      if (!first?.name) continue
      const column = quoted(first.name)
      for (const order of ['ASC', 'DESC'])
        db.prepare(`SELECT ${column} FROM ${quoted(name)} ORDER BY ${column} ${order} LIMIT 1`).all()
    }
  }
}

/** Whether the last process that had the file open came to the end of its work: SQLite then removes the log. */
export const wasClosedCleanly = (path: string): boolean =>
  !existsSync(`${path}-wal`) || statSync(`${path}-wal`).size === 0

/**
 * Looks whether a file is whole, in a time that does not grow with it: a small one is checked through, of a large one
 * the length, the header and the ends of every table and index. What this does not see, a full check does.
 * @param db an open connection to the same file
 * @throws what SQLite throws at a damaged file
 */
export const looksSound = (db: DatabaseSync, path: string): boolean => {
  if (!isLongEnough(path)) return false
  if (statSync(path).size <= SMALL) {
    const [check] = db.prepare('PRAGMA quick_check(1)').all() as { quick_check: string }[]
    return check?.quick_check === 'ok'
  }
  readEdges(db)
  return true
}
