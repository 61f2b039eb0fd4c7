import { describe, expect, it, onTestFinished } from 'vitest'
import { symbolRow, TEST_DAY, tradeRow } from '../bridge/hub/test-rows.ts'
import type { AlertEvent } from '../shared/api/contract.ts'
import type { Alert, PlRule } from '../shared/api/models.ts'
import { ChangeKind } from '../shared/bridge/streams.ts'
import type { UserRecord } from '../shared/bridge/tables.ts'
import type { Stage } from './link/integration-fixture.ts'
import { createTestBook, settled } from './test-support/book-fixture.ts'
import { testDesk } from './test-support/desk-fixture.ts'
import { killWorkers } from './test-support/test-death.ts'
import { until } from './test-support/test-until.ts'
import type { TestWindow } from './test-support/test-window.ts'

/** The desk as a host starts it: bridge, link, book in its worker, risk, store on disk, and windows over ports. */

const usdUsers = (stage: Stage): UserRecord[] => stage.source.users().filter((u) => u.group === 'test-0')
const eurUsers = (stage: Stage): UserRecord[] => stage.source.users().filter((u) => u.group === 'test-1')

let order = 900_000
/** One lot of EURUSD, which stands at 1.1 / 1.1002, opened at this price. */
const open = (stage: Stage, user: UserRecord, cmd: 0 | 1, price: number, lots = 1): number => {
  order += 1
  const row = tradeRow(order, user.login, symbolRow(0), cmd, lots * 100, price, TEST_DAY + 36_000)
  stage.source.apply([{ stream: 'trades', kind: ChangeKind.ADDED, row }])
  return order
}

/** The alerts as a window knows them. */
const follow = (window: TestWindow): { list: () => Alert[]; events: AlertEvent[] } => {
  const known = new Map<string, Alert>()
  const events: AlertEvent[] = []
  const read = async (): Promise<void> => {
    for await (const event of await window.api.alerts.watch()) {
      events.push(event)
      if (event.kind === 'all') known.clear()
      for (const alert of event.alerts) known.set(alert.id, alert)
    }
  }
  // It ends with the window, which is how it is meant to end.
  read().catch(() => {})
  return { list: () => [...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), events }
}

const rule: PlRule = {
  id: 'open',
  name: 'Open result',
  enabled: true,
  measure: 'floating',
  profit: { amount: 5_000, share: 0.5 },
  loss: { amount: 5_000, share: 0.5 },
  minFunds: 0,
  rearmAt: 0.8,
  rearmAfterMinutes: 60,
  severity: 'warning',
}
const dayRule: PlRule = { ...rule, id: 'day', measure: 'day', profit: { amount: null, share: 0.6 } }

/** These rules instead of those a fresh desk starts with. */
const setRules = async (admin: TestWindow): Promise<void> => {
  for (const given of await admin.api.rules.list()) await admin.api.rules.save({ ...given, enabled: false })
  for (const own of [rule, dayRule]) await admin.api.rules.save(own)
}

const quiet = { accounts: 40, trades: 0, groups: 2 }

describe('a breach', () => {
  it('becomes an alert with the figures of that moment', async () => {
    const { stage, start, window } = await testDesk(quiet)
    const desk = await start()
    await setRules(await window(desk, { role: 'admin' }))
    const alerts = follow(await window(desk, { role: 'dealer' }))
    const user = usdUsers(stage)[0] as UserRecord
    open(stage, user, 0, 1)
    await until('both rules to fire', () => alerts.list().length === 2)
    const [day, floating] = alerts.list()
    // (1.1 − 1.0) × 100,000 = 10,000 USD on 10,000 of own funds; margin 100,000 / 100.
    const figures = {
      currency: 'USD',
      base: 'USD',
      value: 10_000,
      valueBase: 10_000,
      share: 1,
      funds: 10_000,
      balance: 10_000,
      credit: 0,
      equity: 20_000,
      floating: 10_000,
      dayPl: 10_000,
      margin: 1_000,
      marginLevel: 2_000,
      positions: 1,
    }
    const client = { login: user.login, name: user.name, group: 'test-0', country: 'Sweden', side: 'profit' }
    expect(floating).toMatchObject({
      ...client,
      ruleId: 'open',
      limitKind: 'amount',
      limit: 5_000,
      state: 'new',
      figures,
    })
    expect(day).toMatchObject({ ...client, ruleId: 'day', limitKind: 'share', limit: 0.6, figures })
  })

  it('is told in the currency of its account, and as the views and the explanation have it', async () => {
    const { stage, start, window } = await testDesk(quiet)
    const desk = await start()
    await setRules(await window(desk, { role: 'admin' }))
    const page = await window(desk, { role: 'sales' })
    const alerts = follow(page)
    const user = eurUsers(stage)[0] as UserRecord
    const ticket = open(stage, user, 1, 1, 2)
    await until('the alert', () => alerts.list().some(({ ruleId }) => ruleId === 'open'))
    const alert = alerts.list().find(({ ruleId }) => ruleId === 'open')
    const explained = await page.api.positions.explain({ order: ticket })
    const view = await page.view({ kind: 'accounts', filter: { login: user.login } })
    await until('the row', () => view.rows().length === 1)
    const [row] = view.rows()
    expect(alert).toMatchObject({
      side: 'loss',
      figures: { currency: 'EUR', value: explained.figures.total },
    })
    expect(row).toMatchObject({
      floating: alert?.figures.value,
      floatingBase: alert?.figures.valueBase,
      equity: alert?.figures.equity,
      margin: alert?.figures.margin,
      dayPl: alert?.figures.dayPl,
    })
    expect(alert?.figures.value).toBeLessThan(-18_000)
    expect(alert?.figures.valueBase).toBeLessThan(-20_000)
  })

  it('is worked, and stays as it is over a restart; what still stands does not alert again', async () => {
    const { stage, start, window } = await testDesk(quiet)
    const first = await start()
    await setRules(await window(first, { role: 'admin' }))
    const page = await window(first, { role: 'dealer', user: 'ann' })
    const alerts = follow(page)
    const [user, other] = usdUsers(stage) as [UserRecord, UserRecord]
    open(stage, user, 0, 1)
    await until('both rules to fire', () => alerts.list().length === 2)
    const [day, floating] = alerts.list() as [Alert, Alert]
    await page.api.alerts.call({ id: floating.id, number: '+4640341000' })
    const note = 'will hedge by noon'
    await page.api.alerts.outcome({ id: floating.id, outcome: 'reached', note, callBackAt: null })
    await page.api.alerts.seen({ ids: [day.id] })
    await until('the changes to be told', () => alerts.list().some(({ state }) => state === 'done'))
    const before = alerts.list()
    expect(before).toMatchObject([
      { id: day.id, state: 'seen', seenBy: 'ann' },
      { id: floating.id, state: 'done', outcome: 'reached', note, closedBy: 'ann' },
    ])
    expect(before[1]?.calls).toMatchObject([{ by: 'ann', number: '+4640341000' }])
    await first.close()

    const second = await start()
    const again = follow(await window(second, { role: 'compliance', user: 'bob' }))
    await until('the list', () => again.events.length > 0)
    expect(again.list()).toEqual(before)
    // The next breach is found by marks that hold the standing one too.
    open(stage, other, 0, 1)
    await until('the next alerts', () => again.list().length >= before.length + 2)
    const ids = again.list().map(({ id, login }) => (login === other.login ? 'next' : id))
    expect(ids.sort()).toEqual([day.id, floating.id, 'next', 'next'].sort())
  })
})

describe('the book’s worker', () => {
  const mortal = new URL('./test-support/test-mortal-worker.ts', import.meta.url)

  it.each(['exit', 'error'] as const)('that dies (%s) is replaced, and windows go on', async (how) => {
    const { stage, start, window } = await testDesk({ accounts: 60, trades: 120 })
    const page = await window(await start({ worker: mortal }), { role: 'dealer' })
    const view = await page.view({ kind: 'accounts', sort: { column: 'login', descending: false } })
    const stop = stage.move()
    await until('the view to be well under way', () => view.painted() > 12)
    const { snapshots } = (await page.api.desk.status()).link.counters
    killWorkers(how)
    await until('a fresh snapshot', async () => {
      const { counters, phase } = (await page.api.desk.status()).link
      return phase === 'live' && counters.snapshots > snapshots
    })
    const painted = view.painted()
    await until('the view to go on', () => view.painted() > painted + 3 && view.meta()?.live === true)
    stop()
    const another = await page.view({ kind: 'accounts', sort: { column: 'login', descending: false } })
    await until(
      'both views to be equal',
      () => JSON.stringify(view.rows()) === JSON.stringify(another.rows()),
    )
    expect(view.rows().length).toBeGreaterThanOrEqual(60)
    const login = Number(view.rows()[0]?.['login'])
    expect(await page.api.clients.card({ login })).toMatchObject({ login, country: 'Sweden' })
  })

  it('that dies again and again stays down, and nobody is told that figures are live', async () => {
    const { start } = await testDesk({ accounts: 10, trades: 10 })
    const desk = await start({ worker: mortal })
    for (let death = 1; death <= 3; death++) {
      killWorkers('exit')
      await until('the next book to be live', () => {
        const { phase, counters } = desk.status().link
        return phase === 'live' && counters.resyncs === death
      })
    }
    killWorkers('exit')
    await until('the link to be closed', () => desk.status().link.phase === 'idle')
    expect(desk.status().link.counters.resyncs).toBe(3)
  })

  it('that dies in the middle of everything ends with the figures of the bridge', async () => {
    const { stage } = await testDesk({ accounts: 1500, trades: 3000 }, { limits: { chunkRows: 100 } })
    // A small window: half of the snapshot has come only when the worker is there and applies it.
    const settings = { window: { frames: 8, bytes: 65_536 } }
    const one = createTestBook(stage.bridge().url, { worker: mortal, settings })
    onTestFinished(one.close)
    const stop = stage.move()
    await until('half a snapshot', () => one.link.status().progress > 0.3)
    for (const [death, how] of (['error', 'exit'] as const).entries()) {
      killWorkers(how)
      await until('another book', () => one.link.status().counters.resyncs > death)
      await until('the book to be live', () => one.link.status().phase === 'live')
    }
    stop()
    const { ours, theirs } = await settled(one, stage.bridge())
    expect(ours).toEqual(theirs)
    expect(one.watchedNumbers).toEqual([...new Set(one.watchedNumbers)].sort((a, b) => a - b))
  })
})

describe('the bridge', () => {
  it('killed and started again under the desk: old figures stay and are called old, then new ones come', async () => {
    const { stage, start, window } = await testDesk({ accounts: 30, trades: 60 })
    const desk = await start()
    const page = await window(desk, { role: 'dealer' })
    const view = await page.view({ kind: 'positions', sort: { column: 'order', descending: false } })
    await until('rows', () => view.rows().length > 0 && view.meta()?.live === true)
    const before = view.rows()
    const phases: string[] = []
    const watch = async (): Promise<void> => {
      for await (const { link } of await page.api.desk.watch()) phases.push(link.phase)
    }
    watch().catch(() => {})
    await stage.restartBridge()
    await until('the view to say that it is old', () => view.meta()?.live === false)
    expect(view.rows()).toEqual(before)
    stage.source.transact(20)
    await until('the desk to be live again', () => desk.status().link.epoch === stage.bridge().epoch)
    await until('the view to be live again', () => view.meta()?.live === true)
    expect(view.rows()).not.toEqual(before)
    expect(phases).toContain('offline')
  })
})

describe('close', () => {
  /** What keeps the process alive now and did not before. */
  const since = (before: readonly string[]): string[] => {
    const known = [...before]
    return process.getActiveResourcesInfo().filter((name) => {
      const at = known.indexOf(name)
      if (at >= 0) known.splice(at, 1)
      return at < 0
    })
  }
  const gone = (before: readonly string[]): Promise<void> =>
    until('everything to be closed', () => since(before).length === 0, 10_000).catch(() => {})

  it('leaves nothing open that would keep the process alive', async () => {
    const { stage, start, window } = await testDesk({ accounts: 30, trades: 60 })
    const before = process.getActiveResourcesInfo()
    const desk = await start()
    const page = await window(desk, { role: 'dealer' })
    follow(page)
    const view = await page.view({ kind: 'accounts' })
    const stop = stage.move()
    await until('frames', () => view.painted() > 2)
    stop()
    expect(since(before)).toContain('MessagePort')
    page.close()
    await desk.close()
    await gone(before)
    expect(since(before)).toEqual([])
  })

  it('in the middle of the snapshot is as complete', async () => {
    const { stage, start } = await testDesk({ accounts: 2000, trades: 6000 }, { limits: { chunkRows: 50 } })
    stage.bridge().faults.set({ delay: 100 })
    const before = process.getActiveResourcesInfo()
    const desk = await start({ wait: false })
    await until('a snapshot under way', () => desk.status().link.rowsReceived > 0)
    expect(desk.status().link.phase).toBe('synchronising')
    await desk.close()
    await gone(before)
    expect(since(before)).toEqual([])
  })

  it('without a bridge that answers is as complete', async () => {
    const { stage, start } = await testDesk({ accounts: 10, trades: 0 })
    await stage.bridge().close()
    const before = process.getActiveResourcesInfo()
    const desk = await start({ wait: false })
    await until('the desk to be offline', () => desk.status().link.phase === 'offline')
    await desk.close()
    await gone(before)
    expect(since(before)).toEqual([])
  })
})
