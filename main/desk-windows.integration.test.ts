import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { roles } from '../shared/api/models.ts'
import type { ViewKind } from '../shared/api/views.ts'
import { type Log, silentLog, systemClock } from '../shared/runtime/ports.ts'
import { emptyFrame, FrameType } from '../shared/wire/header.ts'
import { createStore } from './store/create-store.ts'
import { keyFileOnly } from './store/keys/types.ts'
import type { JournalEntry } from './store/types.ts'
import { testDesk } from './test-support/desk-fixture.ts'
import { until } from './test-support/test-until.ts'
import { viewSpec } from './test-support/test-window.ts'

/** What a window can ask for and do to the desk, through real message ports. */

const small = { accounts: 60, trades: 120 }

/** What the call was refused with, or what it answered. */
const refusal = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error)

const journalOf = async (profile: string): Promise<JournalEntry[]> => {
  const store = await createStore({
    path: join(profile, 'desk.sqlite'),
    keys: keyFileOnly,
    clock: systemClock,
    log: silentLog,
  })
  const lines = await store.journal.recent(1000)
  await store.close()
  return lines
}

const unhandled: unknown[] = []
const note = (error: unknown): void => void unhandled.push(error)
beforeEach(() => {
  unhandled.length = 0
  process.on('unhandledRejection', note)
})
afterEach(() => {
  process.off('unhandledRejection', note)
})

describe('who may do what', () => {
  it('nothing before a role is chosen, then what the role may', async () => {
    const { start, window } = await testDesk(small)
    const { api } = await window(await start())
    expect(await api.session.get()).toMatchObject({ role: null, user: 'ann', demo: false, base: 'USD' })
    const noSession = { defined: true, code: 'NO_SESSION', status: 401 }
    expect(await refusal(api.rules.list())).toMatchObject(noSession)
    expect(await refusal(api.views.open(viewSpec({ kind: 'quotes' })))).toMatchObject(noSession)
    expect(await refusal(api.layouts.load({ name: 'main' }))).toMatchObject(noSession)
    expect(await api.session.open({ role: 'compliance' })).toMatchObject({ role: 'compliance' })
    expect((await api.rules.list()).length).toBeGreaterThan(0)
    expect(await refusal(api.alerts.call({ id: 'x', number: '1' }))).toMatchObject({
      defined: true,
      code: 'FORBIDDEN',
      status: 403,
      data: { right: 'client:contact' },
    })
    expect(await refusal(api.desk.resync())).toMatchObject({ data: { right: 'link:control' } })
    await api.session.open({ role: 'dealer' })
    expect(await refusal(api.alerts.call({ id: 'x', number: '1' }))).toMatchObject({ code: 'NOT_FOUND' })
    const [rule] = await api.rules.list()
    expect(rule && (await refusal(api.rules.save(rule)))).toMatchObject({ data: { right: 'rule:write' } })
    await api.session.open({ role: 'admin' })
    expect(rule && (await api.rules.save({ ...rule, name: 'Renamed' }))).toMatchObject({ name: 'Renamed' })
  })

  it('nothing at all from a page that is not ours', async () => {
    const { start, window } = await testDesk(small)
    const { api } = await window(await start(), { origin: 'https://evil.example' })
    const calls = [api.session.get(), api.session.open({ role: 'admin' }), api.desk.status()]
    for (const answer of await Promise.all(calls.map(refusal)))
      expect(answer).toMatchObject({ code: 'FORBIDDEN', data: { right: 'sender' } })
  })

  it('a role is a window’s own; layouts are a role’s', async () => {
    const { start, window } = await testDesk(small)
    const desk = await start()
    const dealer = await window(desk, { role: 'dealer' })
    const sales = await window(desk, { role: 'sales', user: 'bob' })
    await dealer.api.layouts.save({ name: 'main', json: '{"a":1}' })
    expect(await sales.api.layouts.load({ name: 'main' })).toEqual({ json: null })
    expect(await dealer.api.layouts.load({ name: 'main' })).toEqual({ json: '{"a":1}' })
    expect(await sales.api.session.get()).toMatchObject({ role: 'sales', user: 'bob' })
  })
})

describe('what is asked', () => {
  it('meets its schema first', async () => {
    const { start, window } = await testDesk(small)
    const { api } = await window(await start(), { role: 'admin' })
    const wrong = [
      api.session.open({ role: 'god' as 'admin' }),
      api.clients.card({ login: -1 }),
      api.clients.card({ login: 1, more: true } as never),
      api.views.open(viewSpec({ kind: 'accounts', count: 1_000_000 })),
      api.views.open(viewSpec({ kind: 'nonsense' as ViewKind })),
      api.search.find({ text: 'x'.repeat(101), limit: 5 }),
      api.alerts.seen({ ids: 'all' as never }),
      api.layouts.save({ name: 'main', json: 'x'.repeat(200_001) }),
      api.chart.bars({ symbol: 'EURUSD', period: 7 as 1, count: 10 }),
    ]
    for (const answer of await Promise.all(wrong.map(refusal)))
      expect(answer).toMatchObject({ code: 'BAD_REQUEST', status: 400 })
    expect(await api.session.get()).toMatchObject({ role: 'admin' })
  })

  it('is answered by name when there is no such thing', async () => {
    const { start, window } = await testDesk(small)
    const { api } = await window(await start(), { role: 'dealer' })
    const missing = [
      api.clients.card({ login: 5 }),
      api.positions.explain({ order: 5 }),
      api.accounts.explain({ login: 5 }),
      api.accounts.limits({ login: 5, target: 100 }),
      api.risk.whatIf({ scope: { kind: 'symbol', symbol: 'NIX' }, percent: 1, limit: 5 }),
      api.views.change({ viewId: 4711, spec: viewSpec({ kind: 'quotes' }) }),
      api.alerts.outcome({ id: 'x', outcome: 'reached', note: '', callBackAt: null }),
    ]
    for (const answer of await Promise.all(missing.map(refusal)))
      expect(answer).toMatchObject({ defined: true, code: 'NOT_FOUND', status: 404 })
  })

  it('leaves a line in the journal where it changes something, reads a client or was refused', async () => {
    const { stage, profile, start, window } = await testDesk(small)
    const desk = await start()
    const { api } = await window(desk, { user: 'carol' })
    const login = stage.source.users()[0]?.login as number
    await refusal(api.clients.card({ login }))
    await api.session.open({ role: 'compliance' })
    await api.clients.card({ login })
    await api.search.find({ text: 'client', limit: 5 })
    await refusal(api.alerts.call({ id: 'x', number: '1' }))
    await refusal(api.alerts.seen({ ids: ['x'], password: 'hunter2' } as never))
    await api.session.open({ role: 'dealer' })
    await refusal(api.alerts.seen({ ids: 7, password: 'hunter2' } as never))
    await desk.close()
    const lines = (await journalOf(profile)).toReversed()
    expect(lines.map((l) => [l.user, l.role, l.procedure, l.result])).toEqual([
      ['carol', 'none', 'clients.card', 'NO_SESSION'],
      ['carol', 'compliance', 'session.open', 'ok'],
      ['carol', 'compliance', 'clients.card', 'ok'],
      ['carol', 'compliance', 'alerts.call', 'FORBIDDEN'],
      ['carol', 'compliance', 'alerts.seen', 'FORBIDDEN'],
      ['carol', 'dealer', 'session.open', 'ok'],
      ['carol', 'dealer', 'alerts.seen', 'BAD_REQUEST'],
    ])
    expect(lines[2]?.input).toBe(`{"login":${login}}`)
    expect(JSON.stringify(lines)).not.toContain('hunter2')
  })
})

describe('rubbish', () => {
  it('thrown at the desk’s ports is refused and counted in the log; the window works on, others too', async () => {
    const warnings: string[] = []
    const log: Log = { ...silentLog, warn: (_, message) => void warnings.push(message) }
    const { start, window } = await testDesk(small)
    const desk = await start()
    const page = await window(desk, { role: 'dealer', log })
    const other = await window(desk, { role: 'sales' })
    const view = await other.view({ kind: 'quotes' })
    const ring: Record<string, unknown> = {}
    ring['self'] = ring
    const garbage: unknown[] = [
      'x',
      '{}',
      '[]',
      'null',
      '7',
      '{"i":"g1"}',
      '{"i":"g1","p":{}}',
      '{"i":"g1","p":{"u":"not a url"}}',
      '{"i":"g1","p":{"u":"/%"}}',
      '{"i":"g1","p":{"u":"/__proto__/constructor"}}',
      '{"i":"g2","p":{"u":"/alerts/watch","h":7,"b":{"json":{"__proto__":{"role":"admin"}}}}}',
      '{"i":"g3","t":3,"p":{"e":"message"}}',
      '{"i":"g3","t":4}',
      `{"i":"g4","p":{"u":"/session/get","b":${'['.repeat(5000)}${']'.repeat(5000)}}}`,
      null,
      undefined,
      7,
      {},
      ring,
      { length: 2 ** 33 },
      [1, 2],
      new Uint8Array(3),
      new ArrayBuffer(64),
      new SharedArrayBuffer(64),
      ...Array.from({ length: 200 }, () => randomBytes(40).toString('latin1')),
    ]
    for (const what of garbage) {
      page.throwAt('rpc', what)
      page.throwAt('frames', what)
    }
    for (let i = 0; i < 200; i++) page.throwAt('frames', randomBytes(i))
    // Acknowledgements of another window's view, and of frames that were never sent.
    const head = { type: FrameType.VIEW_ACK, stream: 0, scope: view.id, first: 0, rows: 0, flags: 0 }
    for (const n of [0, 1, 2 ** 31, 2 ** 32 - 1]) page.throwAt('frames', emptyFrame({ ...head, n }))
    expect(await page.api.session.get()).toMatchObject({ role: 'dealer' })
    const painted = view.painted()
    await until('the other window’s view to go on', () => view.painted() > painted + 2)
    await until('the refusals', () => warnings.length > 200)
    expect(unhandled).toEqual([])
    expect(({} as { role?: string }).role).toBeUndefined()
  })
})

describe('views', () => {
  it.each(['accounts', 'positions', 'pendings', 'exposure', 'currencies', 'quotes'] as const)(
    'of %s arrive, go on while they are acknowledged, and answer another question',
    async (kind) => {
      const { stage, start, window } = await testDesk(small)
      const page = await window(await start(), { role: 'dealer' })
      const view = await page.view({ kind })
      const stop = stage.move()
      await until('frames', () => view.painted() > 3 && view.meta()?.live === true)
      expect(view.rows().length).toBeGreaterThan(1)
      await view.change(viewSpec({ kind, from: 1, count: 1 }))
      await until('the slice', () => view.rows().length === 1 && view.meta()?.from === 1)
      await view.close()
      stop()
      const came = page.frames()
      // A view opened behind the closed one has its frames behind the closed one's.
      const next = await page.view({ kind, pace: 1 })
      await until('the next view', () => next.painted() === 1)
      expect(page.frames() - came).toBeLessThanOrEqual(2)
    },
  )

  it('wait for a window that does not acknowledge', async () => {
    const { stage, start, window } = await testDesk(small)
    const page = await window(await start(), { role: 'dealer' })
    const { viewId } = await page.api.views.open(viewSpec({ kind: 'accounts' }))
    const view = await page.view({ kind: 'accounts' })
    const stop = stage.move()
    await until('frames of the other view', () => view.painted() > 10)
    stop()
    expect(viewId).not.toBe(view.id)
    expect(page.frames()).toBe(view.painted() + 1)
  })

  it('of a window that closed are closed; another role closes them too', async () => {
    const { stage, start, window } = await testDesk(small)
    const desk = await start()
    const [gone, stays] = [
      await window(desk, { role: 'dealer' }),
      await window(desk, { role: 'sales', user: 'b' }),
    ]
    await gone.view({ kind: 'accounts' })
    const mine = await stays.view({ kind: 'accounts' })
    const stop = stage.move()
    gone.close()
    const painted = mine.painted()
    await until('the other window to go on', () => mine.painted() > painted + 3)
    const came = stays.frames()
    await stays.api.session.open({ role: 'compliance' })
    const next = await stays.view({ kind: 'accounts' })
    await until('the new role’s view', () => next.painted() > 3)
    stop()
    expect(next.id).toBeGreaterThan(mine.id)
    expect(stays.frames() - came - next.painted()).toBeLessThanOrEqual(1)
    expect(
      await refusal(stays.api.views.change({ viewId: mine.id, spec: viewSpec({ kind: 'accounts' }) })),
    ).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('two windows', () => {
  it('see the same figures, each its own slice, and hear of each other’s work', async () => {
    const { stage, start, window } = await testDesk({ accounts: 40, trades: 80 })
    const desk = await start()
    const left = await window(desk, { role: 'dealer', user: 'ann' })
    const right = await window(desk, { role: 'admin', user: 'bob' })
    const top = await left.view({ kind: 'accounts', sort: { column: 'login', descending: false }, count: 10 })
    const all = await right.view({ kind: 'accounts', sort: { column: 'login', descending: false } })
    const stop = stage.move()
    await until('both to be well under way', () => top.painted() > 5 && all.painted() > 5)
    stop()
    await until('equal figures', () => JSON.stringify(top.rows()) === JSON.stringify(all.rows().slice(0, 10)))
    expect(top.rows()).toHaveLength(10)

    const heard: string[] = []
    const listen = async (): Promise<void> => {
      for await (const { alerts } of await left.api.alerts.watch())
        for (const { state, seenBy } of alerts) heard.push(`${state} ${seenBy ?? ''}`.trim())
    }
    listen().catch(() => {})
    const [rule] = await right.api.rules.list()
    if (!rule) throw new Error('no rule')
    // Own funds are 10,000: somebody holds a position whose spread alone is beyond this.
    await right.api.rules.save({
      ...rule,
      enabled: true,
      profit: { amount: 0.01, share: null },
      loss: { amount: 0.01, share: null },
    })
    await until('an alert', () => heard.includes('new'))
    const ids: string[] = []
    for await (const { alerts } of await right.api.alerts.watch()) {
      ids.push(...alerts.map(({ id }) => id))
      break
    }
    await right.api.alerts.seen({ ids })
    await until('the other window to hear of it', () => heard.includes('seen bob'))
    right.close()
    const painted = top.painted()
    await until('the first window to go on', () => top.painted() > painted)
    expect(await left.api.session.get()).toMatchObject({ role: 'dealer' })
  })

  it('are not held up by one that reads nothing', async () => {
    const { stage, start, window } = await testDesk(small)
    const desk = await start()
    const pages = await Promise.all(roles.map((role) => window(desk, { role, user: role })))
    const [deaf, ...others] = pages
    for (let i = 0; i < 20; i++) await deaf?.api.views.open(viewSpec({ kind: 'positions' }))
    const views = await Promise.all(others.map((page) => page.view({ kind: 'positions' })))
    const stop = stage.move()
    await until('frames for all others', () => views.every((view) => view.painted() > 10))
    stop()
    expect(deaf?.frames()).toBeLessThanOrEqual(20)
  })
})
