import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  adoptCurrentKey,
  ensureKeysFit,
  enterSealedColumn,
  listedKeys,
  makeKeyList,
  readKeyList,
  WrongKey,
} from './key-list.ts'
import { type KeyRing, withNewKey } from './key-ring.ts'
import { createResealing } from './reseal.ts'
import { contextOf, createSealer } from './sealer.ts'

let folder = ''
let path = ''
const open: DatabaseSync[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealing-'))
  path = join(folder, 'a.sqlite')
})
afterEach(() => {
  for (const db of open.splice(0)) if (db.isOpen) db.close()
  rmSync(folder, { recursive: true })
})

const connect = () => {
  const db = new DatabaseSync(path)
  open.push(db)
  const transaction = <T>(fn: () => T): T => {
    db.exec('BEGIN IMMEDIATE')
    try {
      const result = fn()
      db.exec('COMMIT')
      return result
    } catch (error) {
      db.exec('ROLLBACK')
      throw error
    }
  }
  return { db, transaction }
}

/** A file with a table of sealed values, as a program would open it. */
const openFile = (ring: KeyRing) => {
  const { db, transaction } = connect()
  ensureKeysFit(listedKeys(db), ring)
  const sealer = createSealer(ring)
  const column = { table: 'a "b"', column: 'sealed', prefix: ['clients'], idColumns: ['id', 'part'] }
  transaction(() => {
    makeKeyList(db)
    adoptCurrentKey(db, ring)
    db.exec('CREATE TABLE IF NOT EXISTS "a ""b""" (seq INTEGER PRIMARY KEY, id BLOB, part TEXT, sealed BLOB)')
    enterSealedColumn(db, column)
  })
  const contextAt = (n: number) => contextOf('clients', Buffer.from(`c${n}`), `p${n}`)
  return {
    db,
    transaction,
    sealer,
    put: (from: number, to: number) =>
      transaction(() => {
        const insert = db.prepare('INSERT INTO "a ""b""" (id, part, sealed) VALUES (?, ?, ?)')
        for (let n = from; n < to; n++)
          insert.run(Buffer.from(`c${n}`), `p${n}`, sealer.seal(`secret ${n}`, contextAt(n)))
      }),
    values: () =>
      db
        .prepare('SELECT sealed FROM "a ""b""" ORDER BY seq')
        .all()
        .map(({ sealed }, n) => sealer.openText(sealed as Uint8Array, contextAt(n))),
    keysInUse: () =>
      new Set(
        db
          .prepare('SELECT sealed FROM "a ""b"""')
          .all()
          .map(({ sealed }) => sealer.keyOf(sealed as Uint8Array)),
      ),
    resealing: createResealing({ db, transaction, sealer }),
  }
}
const secrets = (count: number): string[] => Array.from({ length: count }, (_, n) => `secret ${n}`)
const listed = (db: DatabaseSync) => listedKeys(db).map(({ id, current }) => ({ id, current }))

describe('the list of keys in a file', () => {
  it('refuses a ring without the key, with another key of that name, or no ring, and changes no byte', () => {
    const ring = withNewKey(null)
    const file = openFile(ring)
    file.put(0, 3)
    file.db.close()
    const before = readFileSync(path)
    const impostor = withNewKey(null)
    const cases: (KeyRing | null)[] = [
      withNewKey(null),
      { current: ring.current, keys: { [ring.current]: impostor.keys[impostor.current] as Uint8Array } },
      null,
    ]
    for (const wrong of cases) expect(() => ensureKeysFit(readKeyList(path), wrong)).toThrow(WrongKey)
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(openFile(ring).values()).toEqual(secrets(3))
  })

  it('takes any ring where nothing is sealed yet', () => {
    const { db } = connect()
    expect(listedKeys(db)).toEqual([])
    ensureKeysFit(listedKeys(db), null)
    ensureKeysFit(listedKeys(db), withNewKey(null))
    expect(readKeyList(join(folder, 'nowhere'))).toEqual([])
    expect(
      createResealing({ db, transaction: (fn) => fn(), sealer: createSealer(withNewKey(null)) }).needed(),
    ).toBe(false)
  })
})

describe('sealing everything anew', () => {
  it('goes slice by slice, takes new writes along, and drops the old key at the end', () => {
    const old = withNewKey(null)
    const before = openFile(old)
    before.put(0, 700)
    before.db.close()

    const ring = withNewKey(old)
    const file = openFile(ring)
    expect(file.resealing.needed()).toBe(true)
    expect(listed(file.db)).toEqual([
      { id: old.current, current: false },
      { id: ring.current, current: true },
    ])
    const first = file.resealing.step()
    expect(first).toEqual({ rows: 256, total: 700, broken: 0, dropped: [], done: false })
    expect(file.keysInUse()).toEqual(new Set([old.current, ring.current]))
    file.put(700, 750)
    let last = first
    while (!last.done) last = file.resealing.step()
    expect(last).toEqual({ rows: 750, total: 750, broken: 0, dropped: [old.current], done: true })
    expect(file.keysInUse()).toEqual(new Set([ring.current]))
    expect(listed(file.db)).toEqual([{ id: ring.current, current: true }])
    expect(file.values()).toEqual(secrets(750))
    expect(file.resealing.needed()).toBe(false)
    file.db.close()

    // The old key opens nothing any more, and is not needed.
    const only = { current: ring.current, keys: { [ring.current]: ring.keys[ring.current] as Uint8Array } }
    expect(openFile(only).values()).toEqual(secrets(750))
  })

  it('goes on where it stopped', () => {
    const old = withNewKey(null)
    const before = openFile(old)
    before.put(0, 600)
    before.db.close()
    const ring = withNewKey(old)
    const stopped = openFile(ring)
    stopped.resealing.step()
    stopped.db.close()

    const again = openFile(ring)
    expect(again.values()).toEqual(secrets(600))
    expect(again.resealing.step()).toMatchObject({ rows: 256, total: 600 - 256 })
    while (!again.resealing.step().done);
    expect(again.keysInUse()).toEqual(new Set([ring.current]))
  })

  it('starts over when the key changes once more in between, and when it changes back', () => {
    const a = withNewKey(null)
    openFile(a).put(0, 300)
    const b = withNewKey(a)
    openFile(b).resealing.step()
    const c = withNewKey(b)
    const file = openFile(c)
    file.resealing.step()
    expect(listed(file.db).map(({ id }) => id)).toEqual([a.current, b.current, c.current])
    const back = openFile({ ...c, current: a.current })
    let last = back.resealing.step()
    while (!last.done) last = back.resealing.step()
    expect(last.dropped.toSorted()).toEqual([b.current, c.current].toSorted())
    expect(back.keysInUse()).toEqual(new Set([a.current]))
    expect(back.values()).toEqual(secrets(300))
  })

  it('leaves alone what is damaged, says how many, and does the rest', () => {
    const old = withNewKey(null)
    const before = openFile(old)
    before.put(0, 5)
    before.db.exec(`UPDATE "a ""b""" SET sealed = zeroblob(64) WHERE seq = 2`)
    before.db.exec(`UPDATE "a ""b""" SET sealed = (SELECT sealed FROM "a ""b""" WHERE seq = 4) WHERE seq = 3`)
    before.db.close()
    const ring = withNewKey(old)
    const file = openFile(ring)
    let last = file.resealing.step()
    while (!last.done) last = file.resealing.step()
    expect(last).toMatchObject({ rows: 5, broken: 2, done: true })
    const keys = file.db.prepare('SELECT substr(sealed, 3, 12) AS id FROM "a ""b""" ORDER BY seq').all()
    expect(keys.map(({ id }) => Buffer.from(id as Uint8Array).toString())).toEqual([
      ring.current,
      '\0'.repeat(12),
      old.current,
      ring.current,
      ring.current,
    ])
  })

  it('passes over a table that is no more', () => {
    const old = withNewKey(null)
    const before = openFile(old)
    before.put(0, 5)
    before.db.exec('DROP TABLE "a ""b"""')
    enterSealedColumn(before.db, { table: 'gone', column: 'x', prefix: [], idColumns: [] })
    before.db.close()
    const file = openFile(withNewKey(old))
    let last = file.resealing.step()
    while (!last.done) last = file.resealing.step()
    expect(last.dropped).toEqual([old.current])
  })
})
