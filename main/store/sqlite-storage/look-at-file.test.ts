import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { looksSound, wasClosedCleanly } from './look-at-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-look-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})
const file = () => join(folder, 'a.sqlite')
const PAGE = 4_096

/** A file of this many rows of 2 kB each, with an index. */
const make = (rows: number): void => {
  const db = new DatabaseSync(file())
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (id TEXT UNIQUE, data BLOB); BEGIN')
  const insert = db.prepare('INSERT INTO t VALUES (?, zeroblob(2000))')
  for (let i = 0; i < rows; i++) insert.run(`row ${i}`)
  db.exec('COMMIT')
  db.close()
}
const look = (): boolean => {
  const db = new DatabaseSync(file())
  try {
    return looksSound(db, file())
  } catch {
    return false
  } finally {
    db.close()
  }
}
const damage = (at: number, bytes: number): void => {
  const whole = readFileSync(file())
  whole.fill(0x5a, at, at + bytes)
  writeFileSync(file(), whole)
}

describe.each([
  ['small', 100],
  ['large', 20_000],
])('a %s file', (size, rows) => {
  beforeEach(() => make(rows))

  it('that is whole looks so, also when it was not closed', () => {
    expect(statSync(file()).size > 33_554_432).toBe(size === 'large')
    expect([wasClosedCleanly(file()), look()]).toEqual([true, true])
    const db = new DatabaseSync(file())
    db.exec('DELETE FROM t WHERE rowid < 10')
    expect([wasClosedCleanly(file()), look()]).toEqual([false, true])
    db.close()
    expect(wasClosedCleanly(file())).toBe(true)
  })

  it('that was cut off does not', () => {
    truncateSync(file(), Math.floor(statSync(file()).size / PAGE / 2) * PAGE)
    expect(look()).toBe(false)
  })

  it('whose header or first pages are damaged does not', () => {
    damage(0, 16)
    expect(look()).toBe(false)
    rmSync(file())
    make(rows)
    damage(PAGE, 3 * PAGE)
    expect(look()).toBe(false)
  })
})

it('an empty file is a new one', () => {
  writeFileSync(file(), '')
  expect(look()).toBe(true)
})
