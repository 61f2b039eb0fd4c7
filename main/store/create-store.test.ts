import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Alert } from '../../shared/api/models.ts'
import { type Log, silentLog } from '../../shared/runtime/ports.ts'
import { createStore } from './create-store.ts'
import type { JournalEntry, Store } from './types.ts'

/** Writes wait for the disk; a busy machine makes that slow, not wrong. */
vi.setConfig({ testTimeout: 60_000 })

let folder = ''
let opened: Store[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-store-'))
})
afterEach(async () => {
  await Promise.all(opened.map((store) => store.close()))
  opened = []
  rmSync(folder, { recursive: true })
})
const file = () => join(folder, 'desk.sqlite')
const start = async (path: string | null = file(), log: Log = silentLog): Promise<Store> => {
  const store = await createStore({ path, clock: { now: () => Date.UTC(2026, 10, 2, 9, 30) }, log })
  opened.push(store)
  return store
}
const stop = async (store: Store): Promise<void> => {
  opened = opened.filter((each) => each !== store)
  await store.close()
}

const alert = (id: string, more: Partial<Alert> = {}): Alert => ({
  id,
  ruleId: 'open',
  ruleName: 'Open result',
  severity: 'warning',
  measure: 'floating',
  side: 'profit',
  limitKind: 'share',
  limit: 0.5,
  login: 7,
  name: 'Zoë 😀',
  group: 'std-usd',
  country: 'Germany',
  figures: {
    currency: 'USD',
    base: 'USD',
    value: 1,
    valueBase: 1,
    share: null,
    funds: 0,
    balance: 0,
    credit: 0,
    equity: 0,
    floating: 1,
    dayPl: 0.1 + 0.2,
    margin: 0,
    marginLevel: null,
    positions: 1,
    at: 5,
    serverTime: 6,
  },
  state: 'new',
  raisedAt: 100,
  seenAt: null,
  seenBy: null,
  calls: [],
  outcome: null,
  note: '',
  callBackAt: null,
  closedAt: null,
  closedBy: null,
  ...more,
})
const done = (id: string, closedAt: number): Alert => alert(id, { state: 'done', closedAt, closedBy: 'ann' })
const line = (result: string): JournalEntry => ({
  at: 1_800_000_000_000,
  user: 'ann',
  role: 'dealer',
  procedure: 'alerts.call',
  input: '{}',
  result,
})
const rule = (id: string) => ({
  id,
  name: id,
  enabled: true,
  measure: 'day' as const,
  profit: { amount: 1, share: null },
  loss: { amount: null, share: 0.5 },
  minFunds: 0,
  rearmAt: 0.8,
  rearmAfterMinutes: 0,
  severity: 'notice' as const,
})

describe.each(['file', 'memory'])('a store in %s', (kind) => {
  const begin = () => start(kind === 'file' ? file() : null)

  it('keeps alerts, and replaces them by id', async () => {
    const store = await begin()
    expect(await store.alerts.get('a')).toBeNull()
    await store.alerts.put(alert('a'))
    expect(await store.alerts.get('a')).toEqual(alert('a'))
    await store.alerts.put(alert('a', { state: 'seen', seenAt: 9, seenBy: 'ann' }))
    expect(await store.alerts.get('a')).toMatchObject({ state: 'seen' })
  })

  it('lists open alerts and those closed since, newest first', async () => {
    const store = await begin()
    await Promise.all(
      [alert('open', { raisedAt: 1 }), done('old', 999), done('edge', 1_000), done('new', 2_000)].map(
        store.alerts.put,
      ),
    )
    await store.alerts.put(alert('newest', { raisedAt: 5_000 }))
    expect((await store.alerts.current(1_000)).map(({ id }) => id).sort()).toEqual([
      'edge',
      'new',
      'newest',
      'open',
    ])
    expect((await store.alerts.current(1_000))[0]?.id).toBe('newest')
    expect((await store.alerts.current(-1)).length).toBe(5)
  })

  it('lists those of a login, newest first, up to a limit', async () => {
    const store = await begin()
    for (let i = 0; i < 5; i++) await store.alerts.put(alert(`a${i}`, { raisedAt: i * 100 }))
    await store.alerts.put(alert('other', { login: 8, raisedAt: 900 }))
    expect((await store.alerts.forLogin(7, 3)).map(({ id }) => id)).toEqual(['a4', 'a3', 'a2'])
    expect(await store.alerts.forLogin(9, 3)).toEqual([])
  })

  it('keeps the last of many puts at once', async () => {
    const store = await begin()
    const puts = Array.from({ length: 200 }, (_, i) =>
      store.alerts.put(alert(`a${i % 20}`, { note: `${i}` })),
    )
    await Promise.all(puts)
    expect(await store.alerts.current(0)).toHaveLength(20)
    expect(await store.alerts.get('a3')).toMatchObject({ note: '183' })
  })

  it('keeps rules and layouts apart', async () => {
    const store = await begin()
    await store.rules.put(rule('x'))
    await store.layouts.put('x', '{"panel":1}')
    await store.rules.put({ ...rule('x'), enabled: false })
    expect(await store.rules.list()).toEqual([{ ...rule('x'), enabled: false }])
    expect(await store.layouts.get('x')).toBe('{"panel":1}')
    expect(await store.layouts.get('y')).toBeNull()
  })

  it('refuses what does not fit, by name, and is unharmed', async () => {
    const store = await begin()
    const broken = alert('a')
    broken.figures.value = Number.NaN
    await expect(store.alerts.put(broken)).rejects.toMatchObject({ name: 'BadDocument' })
    await expect(store.rules.put({ ...rule('x'), rearmAt: 7 })).rejects.toMatchObject({ name: 'BadDocument' })
    expect(await store.alerts.get('a')).toBeNull()
    expect(store.health().ok).toBe(true)
  })

  it('journals, newest first', async () => {
    const store = await begin()
    for (let i = 0; i < 3; i++) await store.journal.append(line(`${i}`))
    expect(await store.journal.recent(2)).toEqual([line('2'), line('1')])
  })
})

describe('a store on disk', () => {
  it('has everything after a restart', async () => {
    const before = await start()
    await before.alerts.put(alert('a'))
    await before.rules.put(rule('x'))
    await before.layouts.put('dealer:main', '[]')
    await before.journal.append(line('ok'))
    await stop(before)
    const after = await start()
    expect(await after.alerts.current(0)).toEqual([alert('a')])
    expect(await after.rules.list()).toEqual([rule('x')])
    expect(await after.layouts.get('dealer:main')).toBe('[]')
    expect(await after.journal.recent(9)).toEqual([line('ok')])
  })

  it('keeps a second desk out', async () => {
    await start()
    await expect(start()).rejects.toMatchObject({ name: 'StoreInUse' })
  })

  it('says which file it cannot open', async () => {
    const missing = join(folder, 'missing', 'desk.sqlite')
    await expect(start(missing)).rejects.toMatchObject({
      name: 'StoreUnavailable',
      message: expect.stringContaining(missing) as string,
    })
  })

  it('does not touch a file of a newer version', async () => {
    const db = new DatabaseSync(file())
    db.exec('CREATE TABLE future (x); PRAGMA user_version = 99')
    db.close()
    const before = readFileSync(file())
    await expect(start()).rejects.toMatchObject({ name: 'StoreTooNew' })
    expect(readFileSync(file()).equals(before)).toBe(true)
  })

  it.each([
    ['is not a database', [], () => Buffer.from('certainly not a database '.repeat(400))],
    [
      'lost a page',
      [alert('a')],
      (whole: Buffer) => {
        const torn = Buffer.from(whole)
        torn.fill(0x5a, 4096, 16_384)
        return torn
      },
    ],
    ['was cut off', [], (whole: Buffer) => whole.subarray(0, 9_000)],
  ])('that %s is kept aside, and work goes on', async (_what, left, damage) => {
    const before = await start()
    await before.alerts.put(alert('a'))
    await before.journal.append(line('kept'))
    await stop(before)
    const damaged = damage(readFileSync(file()))
    writeFileSync(file(), damaged)

    const after = await start()
    expect(after.health()).toMatchObject({ ok: false })
    const aside = join(folder, 'desk.sqlite.damaged-20261102T093000Z')
    expect(after.health().detail).toContain(aside)
    expect(readFileSync(aside).equals(damaged)).toBe(true)
    expect(await after.alerts.current(0)).toEqual(left)
    await after.alerts.put(alert('b'))
    expect(await after.alerts.get('b')).toEqual(alert('b'))
    expect(await after.journal.recent(1)).toEqual([line('kept')])
    await stop(after)
    expect((await start()).health().ok).toBe(true)
  })

  it('goes on with what can be read, and says of what something could not', async () => {
    const before = await start()
    const ids = Array.from({ length: 400 }, (_, i) => `alert-${1000 + i}`)
    await Promise.all(ids.map((id) => before.alerts.put(alert(id))))
    await before.layouts.put('mine', '"kept"')
    await stop(before)
    const torn = readFileSync(file())
    const at = torn.indexOf('"id":"alert-1200"')
    torn.fill(0x5a, at - (at % 4096), at - (at % 4096) + 4096)
    writeFileSync(file(), torn)

    const after = await start()
    const { detail } = after.health()
    expect(detail).toContain('What could be read (')
    expect(detail).toMatch(/Some of \S+ could not be read/u)
    const left = new Set((await after.alerts.current(0)).map(({ id }) => id))
    expect(left.size).toBeGreaterThan(350)
    expect(left.size).toBeLessThan(400)
    expect(await after.layouts.get('mine')).toBe('"kept"')
    // Nobody knows what of the outbox is missing: a person lets it go.
    expect(await after.outbox.call('paused', null)).not.toEqual([])
    await stop(after)
    expect((await start()).health().ok).toBe(true)
  })

  it('says what the quick look cannot see, where the last process did not come to its end', async () => {
    const before = await start()
    // Large enough that the start does not read it whole.
    const line = 'a long note '.repeat(1_600)
    const writes = Array.from({ length: 2_000 }, (_, i) =>
      before.layouts.put(`layout-${i}`, JSON.stringify(line + i)),
    )
    await Promise.all(writes)
    await stop(before)
    const whole = readFileSync(file())
    expect(whole.length).toBeGreaterThan(34_000_000)
    whole.fill(0, 4096 * 4_000, 4096 * 4_001)
    writeFileSync(file(), whole)

    await stop(await start())
    writeFileSync(`${file()}-wal`, 'x')
    const after = await start()
    await vi.waitFor(() => expect(after.health().detail).toContain('is damaged'), 20_000)
    await after.alerts.put(alert('b'))
    expect(await after.alerts.get('b')).toEqual(alert('b'))
  })

  it('leaves nothing open behind a start that failed half-way', async () => {
    const unreadable = join(folder, 'import.undo')
    mkdirSync(unreadable)
    await expect(start()).rejects.toThrow('EISDIR')
    rmSync(unreadable, { recursive: true })
    const store = await start()
    await store.alerts.put(alert('a'))
    expect(store.health().ok).toBe(true)
  })

  it('does not overwrite an earlier damaged file', async () => {
    for (let i = 0; i < 2; i++) {
      writeFileSync(file(), `rubbish ${i} `.repeat(1_000))
      await stop(await start())
    }
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toHaveLength(2)
  })

  it('logs and leaves out a stored document that is not readable', async () => {
    const before = await start()
    await before.alerts.put(alert('a'))
    await before.alerts.put(alert('b'))
    await before.rules.put(rule('x'))
    await stop(before)
    const db = new DatabaseSync(file())
    db.exec(
      `UPDATE "desk/alerts/1" SET data = replace(data, '"state":"new"', '"state":"lost"') WHERE id = 'a'`,
    )
    db.exec(`UPDATE "desk/definitions/0" SET data = replace(data, '"rearmAt":0.8', '"rearmAt":8')`)
    db.close()
    const said: string[] = []
    const after = await start(file(), { ...silentLog, error: (_facts, message) => said.push(message) })
    expect((await after.alerts.current(0)).map(({ id }) => id)).toEqual(['b'])
    expect(await after.rules.list()).toEqual([])
    expect(said).toEqual(['a stored document is not readable', 'a stored rule is not readable'])
  })
})

describe('the journal on disk', () => {
  it.each(["UPDATE journal SET user = 'eve'", 'DELETE FROM journal', 'DELETE FROM journal WHERE id = 1'])(
    'refuses to %s',
    async (sql) => {
      const store = await start()
      await store.journal.append(line('ok'))
      await stop(store)
      const db = new DatabaseSync(join(folder, 'journal.sqlite'))
      expect(() => {
        db.exec(sql)
      }).toThrow('append-only')
      db.close()
      expect(await (await start()).journal.recent(9)).toEqual([line('ok')])
    },
  )

  it('keeps lines that the disk refuses and writes them when it can, in order', async () => {
    const store = await start()
    const other = new DatabaseSync(join(folder, 'journal.sqlite'))
    other.exec("CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    await store.journal.append(line('1'))
    await store.journal.append(line('2'))
    expect(store.health()).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^2 journal lines wait for the disk\. .*disk full/) as string,
    })
    other.exec('DROP TRIGGER full')
    other.close()
    await store.journal.append(line('3'))
    expect((await store.journal.recent(9)).map(({ result }) => result)).toEqual(['3', '2', '1'])
    expect(store.health().ok).toBe(true)
  })
})
