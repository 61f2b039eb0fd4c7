import { ORPCError } from '@orpc/client'
import type { DeskStatus, LinkStatus, PlRule, Role } from '../../../shared/api/models.ts'
import type { Shock } from '../../../shared/api/what-if.ts'
import type { DeskApi, DeskClient, WindowState } from '../desk-client.ts'
import { createFakeAlerts, fakeAlert, outcomeOf } from './fake-alerts.ts'
import { fakeBars, fakeCard, fakeHits } from './fake-answers.ts'
import { fakeAccountExplanation, fakePositionExplanation } from './fake-explain.ts'
import { fakeOutbox } from './fake-outbox.ts'
import { fakeRules } from './fake-rules.ts'
import { fakeStatus } from './fake-status.ts'
import { createFakeViews } from './fake-views.ts'
import { fakeLimits, fakeWhatIf } from './fake-what-if.ts'
import { createFakeWorld, type FakeAccount, seededRandom } from './fake-world.ts'

/** Server time of the fake desk is UTC+2. */
const SERVER_OFFSET_MS = 7_200_000
const STEP_MS = 100

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * A desk inside the page, for looking at panels while developing (`?fake=1`; absent from production builds).
 * `&phase=offline|stale|synchronising|connecting` shows the link in that state, `&quiet=1` raises no new alerts.
 * `&rules=none|refuse|unsaved`: no rule is there, the rules cannot be read, or not be saved.
 */
export const createFakeClient = (query: URLSearchParams): DeskClient => {
  const startedAt = Date.now()
  const phase = (query.get('phase') ?? 'live') as LinkStatus['phase']
  const random = seededRandom(7)
  const serverNow = (): number => Date.now() + SERVER_OFFSET_MS
  const world = createFakeWorld(random, serverNow())
  const frameListeners = new Set<(bytes: Uint8Array<ArrayBuffer>) => void>()
  const views = createFakeViews(
    world,
    () => phase === 'live',
    (frame) => {
      for (const fn of frameListeners) fn(frame)
    },
  )
  const worst = [...world.accounts].sort((a, b) => Math.abs(b.floating) - Math.abs(a.floating))
  const some = (i: number): FakeAccount => worst[i] as FakeAccount
  const alerts = createFakeAlerts([
    {
      ...fakeAlert(some(0), startedAt - 42_000, 'critical'),
      state: 'seen',
      seenAt: startedAt,
      seenBy: 'dealer',
    },
    fakeAlert(some(1), startedAt - 75_000, 'warning'),
    { ...fakeAlert(some(2), startedAt - 300_000, 'warning'), state: 'seen' },
    fakeAlert(some(3), startedAt - 620_000, 'notice'),
    {
      ...fakeAlert(some(4), startedAt - 4_000_000, 'warning'),
      state: 'done',
      outcome: 'reached',
      note: 'Will top up on Monday.',
      closedAt: startedAt - 3_600_000,
      closedBy: 'dealer',
    },
  ])
  let role: Role | null = (query.get('role') as Role | null) ?? null
  const rules = new Map(query.get('rules') === 'none' ? [] : fakeRules.map((rule) => [rule.id, rule]))
  const layouts = new Map<string, string>()
  const session = () => ({
    role,
    user: role ?? '',
    version: '0.1.0',
    host: 'node' as const,
    demo: true,
    base: 'USD',
  })
  const status = (): DeskStatus =>
    fakeStatus(
      phase,
      phase === 'synchronising' ? ((Date.now() - startedAt) / 20_000) % 1 : 1,
      Date.now(),
      startedAt,
    )

  const timer = setInterval(() => {
    if (phase === 'live') world.step(serverNow())
    const valuedAt = phase === 'live' ? Date.now() : startedAt
    views.pump(Date.now(), valuedAt, valuedAt + SERVER_OFFSET_MS)
  }, STEP_MS)
  const alarm = query.has('quiet')
    ? undefined
    : setTimeout(() => alerts.put(fakeAlert(some(5), Date.now(), 'critical')), 6000)

  const watch = async function* (signal: AbortSignal | undefined) {
    for (;;) {
      if (signal?.aborted) return
      yield status()
      await pause(500)
    }
  }

  const watchOutbox = async function* (signal: AbortSignal | undefined) {
    yield fakeOutbox(
      worst.map(({ login }) => login),
      Date.now(),
    )
    for (;;) {
      if (signal?.aborted) return
      await pause(500)
    }
  }

  const api = {
    session: {
      get: async () => session(),
      open: async (input: { role: Role }) => {
        role = input.role
        return session()
      },
    },
    desk: {
      status: async () => status(),
      watch: async (_: unknown, options?: { signal?: AbortSignal }) => watch(options?.signal),
      reconnect: async () => {},
      resync: async () => {},
    },
    views: {
      open: async (spec: Parameters<typeof views.open>[0]) => ({ viewId: views.open(spec) }),
      change: async (input: { viewId: number; spec: Parameters<typeof views.open>[0] }) =>
        views.change(input.viewId, input.spec),
      close: async (input: { viewId: number }) => views.close(input.viewId),
    },
    clients: { card: async (input: { login: number }) => fakeCard(world, alerts.all(), input.login) },
    positions: {
      explain: async (input: { order: number }) => fakePositionExplanation(world, input.order, serverNow()),
    },
    accounts: {
      explain: async (input: { login: number }) => fakeAccountExplanation(world, input.login, serverNow()),
      limits: async (input: { login: number; target: number }) =>
        fakeLimits(world, input.login, input.target),
    },
    risk: {
      whatIf: async ({ limit, ...shock }: Shock & { limit: number }) =>
        fakeWhatIf(world, shock, limit, serverNow()),
    },
    search: {
      find: async (input: { text: string; limit: number }) => fakeHits(world, input.text, input.limit),
      documents: async () => ({ hits: [], complete: true, progress: { indexed: 0, total: 0 } }),
    },
    chart: {
      bars: async (input: { symbol: string; period: number; count: number }) =>
        fakeBars(world, input, Math.floor(serverNow() / 1000)),
    },
    alerts: {
      watch: async (_: unknown, options?: { signal?: AbortSignal }) => alerts.watch(options?.signal),
      seen: async (input: { ids: string[] }) => {
        for (const id of input.ids)
          alerts.change(id, (a) => (a.state === 'new' ? { ...a, state: 'seen', seenAt: Date.now() } : a))
      },
      call: async (input: { id: string; number: string }) =>
        alerts.change(input.id, (a) => ({
          ...a,
          state: 'calling',
          calls: [...a.calls, { startedAt: Date.now(), by: 'dealer', number: input.number }],
        })),
      outcome: async (input: { id: string } & Parameters<typeof outcomeOf>[1]) =>
        alerts.change(input.id, (a) => outcomeOf(a, input, Date.now())),
    },
    rules: {
      list: async () => {
        if (query.get('rules') === 'refuse') throw new Error('The store did not answer.')
        return [...rules.values()]
      },
      save: async (rule: PlRule) => {
        if (query.get('rules') === 'unsaved')
          throw new ORPCError('INTERNAL_SERVER_ERROR', { message: 'The store could not be written.' })
        rules.set(rule.id, rule)
        return rule
      },
    },
    payments: { request: async () => {}, list: async () => [] },
    outbox: {
      watch: async (_: unknown, options?: { signal?: AbortSignal }) => watchOutbox(options?.signal),
      retry: async () => {},
      cancel: async () => {},
      release: async () => {},
      settle: async () => {},
      pause: async () => {},
    },
    layouts: {
      load: async (input: { name: string }) => ({ json: layouts.get(input.name) ?? null }),
      save: async (input: { name: string; json: string }) => {
        layouts.set(input.name, input.json)
      },
    },
  }

  const state: WindowState = { phase: 'open', detail: '', connection: 1, nextAttempt: 0 }
  return {
    api: api as unknown as DeskApi,
    frames: {
      send: views.ack,
      onFrame: (fn) => {
        frameListeners.add(fn)
        return () => frameListeners.delete(fn)
      },
    },
    state: () => state,
    onState: () => () => {},
    retry: () => {},
    close: () => {
      clearInterval(timer)
      clearTimeout(alarm)
    },
  }
}
