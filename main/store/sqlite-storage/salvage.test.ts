import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { salvage } from './salvage.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-salvage-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const PAGE = 4096
const ROWS = 2000
const file = (): string => join(folder, 'a.sqlite')
const fresh = (): string => join(folder, 'b.sqlite')

const make = (): void => {
  const db = new DatabaseSync(file())
  db.exec(`
    PRAGMA user_version = 7;
    CREATE TABLE clients (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, lwt REAL NOT NULL, sealed BLOB, text TEXT NOT NULL,
      short INTEGER NOT NULL GENERATED ALWAYS AS (length(text) < 5) STORED);
    CREATE INDEX by_text ON clients (text);
    CREATE TABLE keys (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
    CREATE TABLE log (n INTEGER PRIMARY KEY AUTOINCREMENT, line TEXT NOT NULL);
    CREATE TRIGGER log_stays BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'no'); END;
  `)
  const put = db.prepare('INSERT INTO clients (seq, id, lwt, sealed, text) VALUES (?, ?, ?, ?, ?)')
  const key = db.prepare('INSERT INTO keys VALUES (?, ?)')
  const log = db.prepare('INSERT INTO log (line) VALUES (?)')
  db.exec('BEGIN')
  for (let i = 1; i <= ROWS; i++) {
    put.run(i * 3, `c${i}`, i + 0.25, Uint8Array.of(i & 255, 7), `client ${i}`)
    key.run(`k${i}`, i % 2 ? BigInt(i) : i / 8)
    log.run(`line ${i} ${'x'.repeat(40)}`)
  }
  db.exec('COMMIT')
  db.exec("INSERT INTO log (n, line) VALUES (9000, 'last')")
  db.close()
}
const read = (path: string, sql: string): unknown[] => {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return db.prepare(sql).all()
  } finally {
    db.close()
  }
}
const tables = ['clients', 'keys', 'log'] as const
const everything = (path: string) =>
  Object.fromEntries(tables.map((name) => [name, read(path, `SELECT * FROM ${name} ORDER BY 1`)]))

it('of a whole file everything comes over', () => {
  make()
  const before = readFileSync(file())
  expect(salvage(file(), fresh())).toEqual({ rows: 3 * ROWS + 1, lost: [] })
  expect(everything(fresh())).toEqual(everything(file()))
  expect(read(fresh(), 'PRAGMA user_version')).toEqual([{ user_version: 7 }])
  const types = 'SELECT typeof(value) AS is_a FROM keys ORDER BY name'
  expect(read(fresh(), types)).toEqual(read(file(), types))
  expect(read(fresh(), 'SELECT seq FROM sqlite_sequence')).toEqual([{ seq: 9000 }])
  expect(readFileSync(file()).equals(before)).toBe(true)
  const db = new DatabaseSync(fresh())
  expect(() => db.exec('DELETE FROM log')).toThrow('no')
  db.close()
})

it('whatever page is damaged, every row of the others comes over, and none that was not there', () => {
  make()
  const whole = readFileSync(file())
  const before = everything(file())
  const pages = whole.length / PAGE
  fc.assert(
    fc.property(fc.integer({ min: 2, max: pages - 1 }), fc.boolean(), (page, zero) => {
      const torn = Buffer.from(whole)
      torn.fill(zero ? 0 : 0x5a, page * PAGE, (page + 1) * PAGE)
      writeFileSync(file(), torn)
      rmSync(fresh(), { force: true })
      const found = salvage(file(), fresh())
      expect(found).not.toBeNull()
      const after = everything(fresh())
      const count = (of: typeof before, name: string): number => (of[name] ?? []).length
      const known = new Set(tables.flatMap((name) => (before[name] ?? []).map((row) => JSON.stringify(row))))
      const all = tables.flatMap((name) => (after[name] ?? []).map((row) => JSON.stringify(row)))
      expect(all.filter((row) => !known.has(row))).toEqual([])
      expect(all.length).toBe(found?.rows)
      const fewer = tables.filter((name) => count(after, name) < count(before, name))
      expect(fewer.filter((name) => found?.lost.includes(name) !== true)).toEqual([])
      // A page holds some dozen rows at most, and one that leads to others can be gone around where rows have numbers.
      expect(found?.rows).toBeGreaterThan(ROWS)
    }),
    { numRuns: 40 },
  )
})

it('of what is no database nothing is made', () => {
  writeFileSync(file(), Buffer.from('certainly not a database '.repeat(400)))
  expect(salvage(file(), fresh())).toBeNull()
})
