import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { symbolRow, TEST_DAY, tradeRow } from '../bridge/hub/test-rows.ts'
import { type ViewKind, viewTables } from '../shared/api/views.ts'
import { ChangeKind } from '../shared/bridge/streams.ts'
import { type Log, silentLog } from '../shared/runtime/ports.ts'
import type { Desk } from './desk.ts'
import { type TestDesk, testDesk } from './test-support/desk-fixture.ts'
import { killWorkers } from './test-support/test-death.ts'
import { until } from './test-support/test-until.ts'
import type { TestWindow } from './test-support/test-window.ts'

/** The desk with the cable out: the last book of a bridge that is gone, from the disk. */

const world = { accounts: 300, trades: 900, groups: 3 }

type Row = Record<string, number | string>
const keys: Partial<Record<ViewKind, string>> = {
  accounts: 'login',
  positions: 'order',
  pendings: 'order',
  exposure: 'symbol',
  currencies: 'currency',
  quotes: 'symbol',
}

/** Every row and total of a desk's views. Which way a tick went is known only of the tick before it. */
const figuresOf = async (window: TestWindow): Promise<unknown> => {
  const all: unknown[] = []
  for (const [kind, column] of Object.entries(keys)) {
    const view = await window.view({
      kind: kind as ViewKind,
      sort: { column, descending: false },
      count: 1000,
    })
    await until(`rows of ${kind}`, () => view.painted() > 0)
    const names = viewTables[kind as ViewKind].names.filter((name) => name !== 'direction')
    all.push({
      kind,
      totals: view.meta()?.totals,
      rows: view.rows().map((row: Row) => names.map((name) => row[name])),
    })
    await view.close()
  }
  return all
}

const fromFile = (desk: Desk): Promise<void> =>
  until('the book from disk', () => desk.status().book.source === 'file')
const offline = (desk: Desk): Promise<void> =>
  until('the bridge to be missed', () => desk.status().link.phase === 'offline')

/** A desk whose bridge has gone, closed; what it showed last. */
const leftBehind = async (one: TestDesk): Promise<{ figures: unknown; accounts: number; asOf: number }> => {
  const { stage, start, window } = one
  const desk = await start()
  stage.source.transact(20)
  stage.source.tick(40)
  await until('ticks', () => desk.status().link.counters.ticks > 0)
  await until('the figures of the status', () => desk.status().book.accounts > 0)
  await stage.bridge().close()
  await offline(desk)
  const figures = await figuresOf(await window(desk, { role: 'admin' }))
  await desk.close()
  const { accounts, asOf } = desk.status().book
  return { figures, accounts, asOf }
}

describe('a desk whose bridge is gone', () => {
  it('opens with the last book, row by row, with its age, and not as live', async () => {
    const one = await testDesk(world)
    const { figures, accounts, asOf } = await leftBehind(one)
    const startedAt = Date.now()
    const desk = await one.start({ wait: false })
    await fromFile(desk)
    await until('the figures of the status', () => desk.status().book.accounts > 0)
    const { book } = desk.status()
    expect(book).toMatchObject({ accounts, kept: { detail: '' } })
    expect(Math.abs(book.asOf - asOf)).toBeLessThan(5000)
    expect(book.kept.asOf).toBe(book.asOf)
    const window = await one.window(desk, { role: 'admin' })
    expect(await figuresOf(window)).toEqual(figures)
    const view = await window.view({ kind: 'accounts' })
    await until('a frame', () => view.painted() > 0)
    expect(view.meta()).toMatchObject({ live: false, valuedAt: book.asOf })
    expect(book.asOf).toBeLessThan(startedAt)
    await offline(desk)
  })

  it('answers questions, and raises no alert of what it was', async () => {
    const one = await testDesk({ ...world, trades: 0 })
    const desk = await one.start()
    const user = one.stage.source.users().find(({ group }) => group === 'test-0')
    const login = user?.login ?? 0
    await until('the accounts', () => desk.status().book.accounts === 300)
    const admin = await one.window(desk, { role: 'admin' })
    for (const rule of await admin.api.rules.list()) await admin.api.rules.save({ ...rule, enabled: false })
    // One lot bought at 1.0 stands at 1.1: a breach, if only there were a rule.
    const row = tradeRow(900_001, login, symbolRow(0), 0, 100, 1, TEST_DAY + 36_000)
    one.stage.source.apply([{ stream: 'trades', kind: ChangeKind.ADDED, row }])
    await until('the position', () => desk.status().book.positions === 1)
    await one.stage.bridge().close()
    await offline(desk)
    const [rule] = await admin.api.rules.list()
    if (!rule) throw new Error('no rule')
    await desk.close()

    const again = await one.start({ wait: false })
    await fromFile(again)
    const window = await one.window(again, { role: 'admin' })
    await window.api.rules.save({
      ...rule,
      enabled: true,
      loss: rule.loss,
      profit: { amount: 1, share: null },
    })
    const card = await window.api.clients.card({ login })
    expect(card?.name).toBe(user?.name)
    expect(card?.registeredAt).toBe(((user?.registrationDate ?? 0) - 7200) * 1000)
    expect(await window.api.search.find({ text: String(login), limit: 5 })).toContainEqual(
      expect.objectContaining({ login }),
    )
    const explained = await window.api.positions.explain({ order: 900_001 })
    expect(explained).toMatchObject({ order: 900_001 })
    const shock = { scope: { kind: 'all' as const }, percent: -1, limit: 5 }
    expect(await window.api.risk.whatIf(shock)).toMatchObject({ valuedAt: again.status().book.asOf })
    const events: unknown[] = []
    const read = async (): Promise<void> => {
      for await (const event of await window.api.alerts.watch()) events.push(...event.alerts)
    }
    read().catch(() => {})
    await until('some valuations', () => again.status().utc > 0 && again.status().link.attempts > 1)
    expect(events).toEqual([])
  })

  it('goes on with the bridge behind the last book, without a snapshot', async () => {
    const one = await testDesk(world)
    const first = await one.start()
    await first.close()
    one.stage.source.transact(30)
    one.stage.source.tick(30)
    const desk = await one.start()
    expect(desk.status().link.counters).toMatchObject({ snapshots: 0, resumes: 1, hashMismatches: 0 })
    await until('the book to be the bridge’s', () => desk.status().book.source === 'bridge')
    await until('a checkpoint', () => desk.status().link.counters.frames > 3)
    const window = await one.window(desk, { role: 'admin' })
    const resumed = await figuresOf(window)
    await window.api.desk.resync()
    await until('a snapshot', () => desk.status().link.counters.snapshots === 1)
    await until('live again', () => desk.status().link.phase === 'live')
    expect(await figuresOf(window)).toEqual(resumed)
    expect(desk.status().link.counters.hashMismatches).toBe(0)
  })

  it('takes a snapshot where the bridge has started anew, and shows that from then on', async () => {
    const one = await testDesk(world)
    const first = await one.start()
    await first.close()
    await one.stage.restartBridge()
    const desk = await one.start()
    expect(desk.status().link.counters).toMatchObject({ snapshots: 1, resumes: 0 })
    await until('the new book', () => desk.status().book.source === 'bridge')
  })

  it('has the last book again when the book’s worker dies meanwhile', async () => {
    const one = await testDesk(world)
    const { figures } = await leftBehind(one)
    const said: string[] = []
    const log: Log = { ...silentLog, info: (_, message) => void said.push(message) }
    const restored = (times: number): Promise<void> =>
      until(
        'the book from disk',
        () => said.filter((line) => line.includes('read from disk')).length === times,
      )
    const worker = new URL('./test-support/test-mortal-worker.ts', import.meta.url)
    const desk = await one.start({ wait: false, worker, log })
    await restored(1)
    const window = await one.window(desk, { role: 'admin' })
    killWorkers('exit')
    await restored(2)
    expect(await figuresOf(window)).toEqual(figures)
  })

  it('reads the last book by the settings of now', async () => {
    const one = await testDesk(world)
    const { figures } = await leftBehind(one)
    await writeFile(join(one.profile, 'book.json'), JSON.stringify({ aBookGroups: ['*'] }))
    const desk = await one.start({ wait: false })
    await fromFile(desk)
    const now = await figuresOf(await one.window(desk, { role: 'admin' }))
    expect(now).not.toEqual(figures)
  })

  it('says why a last book is not used, and opens empty', async () => {
    const one = await testDesk(world)
    await leftBehind(one)
    const path = join(one.profile, 'last-book.sealed')
    const whole = await readFile(path)
    whole[1000] = (whole[1000] as number) ^ 1
    await writeFile(path, whole)
    const desk = await one.start({ wait: false })
    await until('the reason', () => desk.status().book.kept.detail !== '')
    expect(desk.status().book.kept.detail).toMatch(/not used: part \d+ was changed \(DAMAGED\)/)
    expect(desk.status().book).toMatchObject({ source: 'none', accounts: 0 })
    await desk.close()

    // Other keys than it was sealed with.
    for (const name of ['desk.keys', 'desk.sqlite', 'desk.sqlite-wal', 'desk.sqlite-shm'])
      await rm(join(one.profile, name), { force: true })
    whole[1000] ^= 1
    await writeFile(path, whole)
    const other = await one.start({ wait: false })
    await until('the reason', () => other.status().book.kept.detail !== '')
    expect(other.status().book.kept.detail).toMatch(/WRONG_KEY/)
  })
})
