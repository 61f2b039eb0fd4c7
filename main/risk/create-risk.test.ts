import { describe, expect, it, vi } from 'vitest'
import type { AlertEvent } from '../../shared/api/contract.ts'
import type { Alert } from '../../shared/api/models.ts'
import { silentLog } from '../../shared/runtime/ports.ts'
import type { AccountFacts } from '../book/types.ts'
import { createMemoryStore } from '../store/memory-store.ts'
import type { Store } from '../store/types.ts'
import { createRisk, type RiskOptions } from './create-risk.ts'
import { defaultRules } from './default-rules.ts'
import { factsOf, type MarkRow, marksOf, testRule } from './marks-fixture.ts'

/** Storms of thousands take their time on a busy machine. */
vi.setConfig({ testTimeout: 60_000 })

const START = 1_800_000_000_000
const MINUTE = 60_000
const DAY = 1440 * MINUTE

const createDesk = async (options: Partial<RiskOptions> & { at?: number } = {}) => {
  const store = options.store ?? createMemoryStore()
  let now = options.at ?? START
  const risk = await createRisk({
    store,
    account: async (login) => factsOf(login),
    base: 'USD',
    clock: { now: () => now },
    log: silentLog,
    defaults: [testRule],
    ...options,
  })
  const events: AlertEvent[] = []
  risk.watch((event) => events.push(event))
  return {
    risk,
    store,
    events,
    wait: (ms: number) => {
      now += ms
    },
    now: () => now,
    /** One valuation, and everything it raises stored. */
    marks: async (...rows: Partial<MarkRow>[]) => {
      risk.marks(marksOf(rows, now))
      await risk.idle()
    },
    raised: (): Alert[] =>
      events.filter((e) => e.kind === 'changed').flatMap((e) => e.alerts.filter((a) => a.state === 'new')),
  }
}

describe('raising', () => {
  it('shows and stores an alert with who, why and the figures at the breach', async () => {
    const desk = await createDesk()
    await desk.marks({ login: 7, floating: 6_000 }, { login: 8, floating: 10 })
    const [alert] = desk.raised()
    expect(alert).toMatchObject({
      id: 'open:7:profit:0',
      ruleName: 'Open result',
      login: 7,
      name: 'Client 7',
      country: 'Germany',
      group: 'std-usd',
      raisedAt: START,
      figures: { value: 6_000, at: START },
    })
    expect(await desk.store.alerts.get('open:7:profit:0')).toEqual(alert)
  })

  it('raises once for a breach that stands, and again after it was armed, under a new id', async () => {
    const desk = await createDesk()
    await desk.marks({ login: 7, floating: 6_000 })
    desk.wait(MINUTE)
    await desk.marks({ login: 7, floating: 8_000 })
    expect(desk.raised()).toHaveLength(1)
    desk.wait(10 * MINUTE)
    await desk.marks({ login: 7, floating: 100 })
    const armedAt = desk.now()
    desk.wait(MINUTE)
    await desk.marks({ login: 7, floating: 6_100 })
    expect(desk.raised().map((alert) => alert.id)).toEqual(['open:7:profit:0', `open:7:profit:${armedAt}`])
  })

  it('takes the figures of the valuation that breached, not of a later one', async () => {
    const answers: (() => void)[] = []
    const desk = await createDesk({
      account: async (login) => {
        await new Promise<void>((resolve) => {
          answers.push(resolve)
        })
        return factsOf(login)
      },
    })
    const first = marksOf([{ login: 7, floating: 6_000 }], START)
    desk.risk.marks(first)
    first.data.columns.floating[0] = 1
    desk.risk.marks(marksOf([{ login: 7, floating: 9_999 }], START + 1_000))
    for (const answer of answers) answer()
    await desk.risk.idle()
    expect(desk.raised()).toMatchObject([{ figures: { value: 6_000, floating: 6_000, at: START } }])
  })

  it.each(['coverage', 'manager', 'demoforex', 'contest-1', 'preliminary'])('never for %s', async (group) => {
    let asked = 0
    const desk = await createDesk({
      account: async (login) => {
        asked += 1
        return factsOf(login, { group })
      },
    })
    await desk.marks({ login: 7, floating: 6_000 })
    await desk.marks({ login: 7, floating: 6_500 })
    expect(desk.raised()).toEqual([])
    expect(asked).toBe(1)
  })

  it('does for demo groups when asked to, but never for house groups', async () => {
    const desk = await createDesk({
      demoGroups: true,
      account: async (login) => factsOf(login, { group: login === 7 ? 'demoforex' : 'coverage' }),
    })
    await desk.marks({ login: 7, floating: 6_000 }, { login: 8, floating: 6_000 })
    expect(desk.raised().map((alert) => alert.login)).toEqual([7])
  })

  it('loses no breach when the account is not answered', async () => {
    let fails = true
    const desk = await createDesk({
      account: async (login): Promise<AccountFacts | null> => {
        if (fails) throw new Error('book is restarting')
        return factsOf(login)
      },
    })
    await desk.marks({ login: 7, floating: 6_000 })
    expect(desk.raised()).toEqual([])
    fails = false
    await desk.marks({ login: 7, floating: 6_000 })
    expect(desk.raised()).toEqual([])
    desk.wait(5_000)
    await desk.marks({ login: 7, floating: 6_000 })
    expect(desk.raised()).toHaveLength(1)
  })

  it('shows an alert that cannot be stored, and stores it later', async () => {
    const store = createMemoryStore()
    let full = true
    const put = store.alerts.put
    store.alerts.put = async (alert) => {
      if (full) throw new Error('disk full')
      await put(alert)
    }
    const desk = await createDesk({ store })
    await desk.marks({ login: 7, floating: 6_000 })
    expect(desk.raised()).toHaveLength(1)
    expect(await store.alerts.get('open:7:profit:0')).toBeNull()
    full = false
    desk.wait(5_000)
    await desk.marks({ login: 7, floating: 6_000 })
    expect(await store.alerts.get('open:7:profit:0')).toMatchObject({ state: 'new' })
  })

  it('raises a storm worst first, each once, in several turns', async () => {
    const critical = {
      ...testRule,
      id: 'big',
      severity: 'critical' as const,
      profit: { amount: 9_000, share: null },
    }
    const desk = await createDesk({ defaults: [testRule, critical] })
    const rows = Array.from({ length: 3_000 }, (_, i) => ({ login: i + 1, floating: 5_001 + i * 2 }))
    await desk.marks(...rows)
    const raised = desk.raised()
    expect(new Set(raised.map((alert) => alert.id)).size).toBe(raised.length)
    expect(raised.filter((alert) => alert.ruleId === 'big')).toHaveLength(1_000)
    expect(raised.filter((alert) => alert.ruleId === 'open')).toHaveLength(3_000)
    expect(raised.slice(0, 1_000).every((alert) => alert.severity === 'critical')).toBe(true)
    const sizes = raised.slice(1_000).map((alert) => alert.figures.valueBase)
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    expect(desk.events.length).toBeGreaterThan(100)
  })

  it('bounds what waits; the rest is raised by the marks that follow', async () => {
    const desk = await createDesk()
    const rows = Array.from({ length: 6_000 }, (_, i) => ({ login: i + 1, floating: 6_000 + i }))
    await desk.marks(...rows)
    expect(desk.raised()).toHaveLength(5_000)
    await desk.marks(...rows)
    expect(new Set(desk.raised().map((alert) => alert.login)).size).toBe(6_000)
  })

  it('is not stopped by a watcher that fails', async () => {
    const desk = await createDesk()
    desk.risk.watch((event) => {
      if (event.kind === 'changed') throw new Error('window gone')
    })
    const late: AlertEvent[] = []
    desk.risk.watch((event) => late.push(event))
    await desk.marks({ login: 7, floating: 6_000 })
    expect(late.map((event) => event.kind)).toEqual(['all', 'changed'])
  })
})

describe('after a restart', () => {
  const restart = (store: Pick<Store, 'alerts' | 'rules'>, at: number) => createDesk({ store, at })

  it('lists the open alerts and does not raise what still stands', async () => {
    const before = await createDesk()
    await before.marks({ login: 7, floating: 6_000 })
    await before.risk.close()
    const after = await restart(before.store, START + MINUTE)
    expect(after.events).toMatchObject([{ kind: 'all', alerts: [{ id: 'open:7:profit:0' }] }])
    await after.marks({ login: 7, floating: 6_100 })
    expect(after.raised()).toEqual([])
  })

  it('does not raise what still stands after its alert was closed', async () => {
    const before = await createDesk()
    await before.marks({ login: 7, floating: 6_000 })
    await before.risk.outcome('open:7:profit:0', {
      outcome: 'reached',
      note: '',
      callBackAt: null,
      by: 'ann',
    })
    const after = await restart(before.store, START + 2 * DAY)
    expect(after.events).toMatchObject([{ kind: 'all', alerts: [] }])
    await after.marks({ login: 7, floating: 6_100 })
    expect(after.raised()).toEqual([])
  })

  it('arms what has gone, and raises it under a new id', async () => {
    const before = await createDesk()
    await before.marks({ login: 7, floating: 6_000 })
    const after = await restart(before.store, START + DAY)
    await after.marks({ login: 7, floating: 0 })
    await after.marks({ login: 7, floating: 6_000 })
    expect(after.raised()).toMatchObject([{ id: `open:7:profit:${START + DAY}` }])
  })

  it('never meets the id of an alert closed long ago', async () => {
    const before = await createDesk()
    await before.marks({ login: 7, floating: 6_000 })
    before.wait(MINUTE)
    await before.risk.outcome('open:7:profit:0', {
      outcome: 'reached',
      note: '',
      callBackAt: null,
      by: 'ann',
    })
    const after = await restart(before.store, START + 30 * DAY)
    await after.marks({ login: 7, floating: 6_000 })
    expect(after.raised()).toMatchObject([{ id: `open:7:profit:${START + MINUTE}` }])
    expect(await before.store.alerts.get('open:7:profit:0')).toMatchObject({ state: 'done' })
  })

  it('keeps saved rules and brings defaults only to an empty store', async () => {
    const before = await createDesk()
    await before.risk.saveRule({ ...testRule, name: 'Ours' })
    const after = await createDesk({ store: before.store, defaults: defaultRules })
    expect(after.risk.rules()).toMatchObject([{ id: 'open', name: 'Ours' }])
  })
})

describe('working an alert', () => {
  const given = { outcome: 'reached' as const, note: 'fine', callBackAt: null, by: 'bob' }
  const id = 'open:7:profit:0'
  const breached = async () => {
    const desk = await createDesk()
    await desk.marks({ login: 7, floating: 6_000 })
    return desk
  }

  it('goes new, seen, calling, done, and every step is stored and shown', async () => {
    const desk = await breached()
    await desk.risk.seen([id, 'nothing'], 'ann')
    await desk.risk.seen([id], 'bob')
    await desk.risk.call(id, '+49301', 'bob')
    const done = await desk.risk.outcome(id, given)
    const shown = desk.events.filter((e) => e.kind === 'changed').flatMap((e) => e.alerts)
    expect(shown.map((alert) => alert.state)).toEqual(['new', 'seen', 'calling', 'done'])
    expect(done).toMatchObject({ seenBy: 'ann', closedBy: 'bob', outcome: 'reached', note: 'fine' })
    expect(await desk.store.alerts.get(id)).toEqual(done)
  })

  it('refuses what is not there and what is closed', async () => {
    const desk = await breached()
    await expect(desk.risk.call('none', '1', 'ann')).rejects.toMatchObject({
      name: 'AlertNotFound',
      id: 'none',
    })
    await desk.risk.outcome(id, given)
    await expect(desk.risk.call(id, '1', 'ann')).rejects.toMatchObject({
      name: 'AlertConflict',
      state: 'done',
    })
    await expect(desk.risk.outcome(id, given)).rejects.toMatchObject({ name: 'AlertConflict' })
  })

  it('lets only one of two windows close it', async () => {
    const desk = await breached()
    const both = await Promise.allSettled([desk.risk.outcome(id, given), desk.risk.outcome(id, given)])
    expect(both.map((result) => result.status)).toEqual(['fulfilled', 'rejected'])
  })

  it('changes nothing when the store fails', async () => {
    const desk = await breached()
    const put = desk.store.alerts.put
    desk.store.alerts.put = async () => {
      throw new Error('disk full')
    }
    await expect(desk.risk.call(id, '1', 'ann')).rejects.toThrow('disk full')
    desk.store.alerts.put = put
    const again: AlertEvent[] = []
    desk.risk.watch((event) => again.push(event))
    expect(again).toMatchObject([{ alerts: [{ state: 'new', calls: [] }] }])
  })

  it('drops closed alerts from the list after a day', async () => {
    const desk = await breached()
    await desk.risk.outcome(id, given)
    const list = () => {
      let count = -1
      desk.risk.watch((event) => {
        count = event.alerts.length
      })()
      return count
    }
    expect(list()).toBe(1)
    desk.wait(DAY + 1)
    expect(list()).toBe(0)
  })
})

describe('changing a rule', () => {
  it('looks at the last marks at once, and does not repeat what has fired', async () => {
    const desk = await createDesk()
    await desk.marks({ login: 7, floating: 6_000 }, { login: 8, floating: 3_000 })
    await desk.risk.saveRule({ ...testRule, profit: { amount: 2_000, share: null } })
    await desk.risk.idle()
    expect(desk.raised().map((alert) => alert.login)).toEqual([7, 8])
  })

  it('starts afresh when the measure changes', async () => {
    const desk = await createDesk()
    await desk.marks({ login: 7, floating: 6_000, dayPl: 7_000 })
    desk.wait(1_000)
    await desk.risk.saveRule({ ...testRule, measure: 'day' })
    await desk.risk.idle()
    expect(desk.raised().map((alert) => [alert.measure, alert.id])).toEqual([
      ['floating', 'open:7:profit:0'],
      ['day', `open:7:profit:${START + 1_000}`],
    ])
  })

  it('does not look at marks that are old', async () => {
    const desk = await createDesk()
    await desk.marks({ login: 8, floating: 3_000 })
    desk.wait(2 * MINUTE)
    await desk.risk.saveRule({ ...testRule, profit: { amount: 2_000, share: null } })
    await desk.risk.idle()
    expect(desk.raised()).toEqual([])
  })

  it('does not repeat itself over being switched off and on', async () => {
    const desk = await createDesk()
    await desk.marks({ login: 7, floating: 6_000 })
    await desk.risk.saveRule({ ...testRule, enabled: false })
    desk.wait(30 * MINUTE)
    await desk.marks({ login: 7, floating: 6_000 })
    await desk.risk.saveRule(testRule)
    await desk.marks({ login: 7, floating: 6_000 })
    expect(desk.raised()).toHaveLength(1)
  })
})

it('takes no marks once closed', async () => {
  const desk = await createDesk()
  await desk.risk.close()
  await desk.marks({ login: 7, floating: 6_000 })
  expect(await desk.store.alerts.current(0)).toEqual([])
})
