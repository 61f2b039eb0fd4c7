import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLog } from '../../shared/runtime/ports.ts'
import { createStore } from './create-store.ts'
import { FORMAT } from './documents/collections.ts'

vi.setConfig({ testTimeout: 60_000 })

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-old-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})
const file = () => join(folder, 'desk.sqlite')
const start = () =>
  createStore({ path: file(), clock: { now: () => Date.UTC(2026, 10, 22) }, log: silentLog })

/** A file as the Deskline of that format wrote it. */
const unpack = (name: string): void => {
  for (const each of ['desk', 'journal']) {
    const packed = readFileSync(new URL(`testing/${each}-${name}.sqlite.gz`, import.meta.url))
    writeFileSync(join(folder, `${each}.sqlite`), gunzipSync(packed))
  }
}
const rows = (sql: string): unknown[] => {
  const db = new DatabaseSync(file(), { readOnly: true })
  try {
    return db.prepare(sql).all()
  } finally {
    db.close()
  }
}

describe('a file of format 1', () => {
  beforeEach(() => {
    unpack('format-1')
  })

  it('opens with everything in it', async () => {
    const store = await start()
    const alerts = await store.alerts.current(0)
    expect(alerts).toHaveLength(40)
    expect(alerts.filter(({ state }) => state === 'done')).toHaveLength(14)
    expect(alerts.find(({ id }) => id === 'open-result:1001:loss:1000')).toMatchObject({
      name: 'Иван Петров',
      note: 'twice written',
    })
    expect(alerts.find(({ login }) => login === 1000)?.figures.dayPl).toBe(0.1 + 0.2)
    expect(new Set(alerts.map(({ name }) => name))).toContain('Ana\u0000ría')
    expect(await store.alerts.forLogin(1003, 99)).toHaveLength(6)
    expect((await store.rules.list()).map(({ id, enabled }) => `${id} ${enabled}`).sort()).toEqual([
      'day-result true',
      'exceptional-result true',
      'open-result true',
      'own false',
    ])
    expect(await store.layouts.get('dealer:main')).toBe('{"panel":1}')
    expect(await store.layouts.get('sales:main')).toBe('[]')
    expect(store.health().ok).toBe(true)
    await store.close()
  })

  it('is of the new format afterwards, its rules once and among the definitions', async () => {
    await (await start()).close()
    expect(rows('PRAGMA user_version')).toEqual([{ user_version: FORMAT }])
    const store = await start()
    expect(await store.documents.definitions.count({ kind: 'rule' })).toBe(4)
    expect(await store.documents.settings.count({ kind: 'rule' })).toBe(0)
    expect(await store.alerts.current(0)).toHaveLength(40)
    await store.close()
  })

  it('does not bring back a rule that was changed since', async () => {
    const before = await start()
    const own = (await before.rules.list()).find(({ id }) => id === 'own')
    if (!own) throw new Error('the rule is not there')
    await before.rules.put({ ...own, name: 'Changed' })
    await before.documents.settings.put({
      id: 'rule:own',
      kind: 'rule',
      key: 'own',
      json: JSON.stringify(own),
    })
    await before.close()
    const store = await start()
    expect((await store.rules.list()).find(({ id }) => id === 'own')?.name).toBe('Changed')
    await store.close()
  })
})

it('refuses a file of a newer format by name and leaves every byte of it', async () => {
  const db = new DatabaseSync(file())
  db.exec(`CREATE TABLE "desk/alerts/9" (x); PRAGMA user_version = ${FORMAT + 1}`)
  db.close()
  const before = readFileSync(file())
  await expect(start()).rejects.toMatchObject({
    name: 'StoreTooNew',
    message: expect.stringContaining(`format ${FORMAT + 1}`) as string,
  })
  expect(readFileSync(file()).equals(before)).toBe(true)
})
