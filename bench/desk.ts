import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { createRouterClient } from '@orpc/server'
import { createDesk, type Desk } from '../main/desk.ts'
import { keyFileOnly } from '../main/desk-options.ts'
import { createLink } from '../main/link/create-link.ts'
import { groupKind } from '../main/risk/group-kind.ts'
import type { PlRule } from '../shared/api/models.ts'
import { type ViewKind, type ViewSpec, viewMetaSchema, viewTables } from '../shared/api/views.ts'
import { isSuccess } from '../shared/bridge/protocol.ts'
import type { FrameSink } from '../shared/runtime/frame-sink.ts'
import { silentLog, systemClock, systemTimers } from '../shared/runtime/ports.ts'
import { emptyFrame, FrameType, openFrame } from '../shared/wire/header.ts'
import { rowAt } from '../shared/wire/schema.ts'
import { readView } from '../shared/wire/view-frames.ts'
import { median, report } from './report.ts'

/**
 * The whole desk against a bridge in another process: first the largest demo broker for half a minute with four views
 * open, then the usual one with a breach caused fifty times, from the command that causes it to the alert in a window.
 */

const LARGE = ['--accounts', '100000', '--positions', '500000', '--ticks-per-second', '20000']
const WATCH_MS = 30_000
const BREACHES = 50
/** The whole benchmark is given up after this. */
const TOTAL_MS = 300_000
/**
 * Limits of the design: one frame of the book; a visible grid (stated for 10,000 accounts, here there are ten times as
 * many); a breach; the longest block of a client.
 */
const FRAME_MS = 100
const GRID_MS = 250
const BREACH_MS = 1000
const BLOCK_MS = 60
/** Encoding, carrying and decoding 500,000 positions in columns over Socket.IO, with nothing done about them. */
const BARE_SNAPSHOT_MS = 180

const ORIGIN = 'app://bench'
const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number
}
const mebi = (bytes: number): number => bytes / 2 ** 20

const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill()
})
const deadline = setTimeout(() => {
  console.error(`the benchmark was not done in ${TOTAL_MS / 1000} s`)
  process.exit(1)
}, TOTAL_MS)

type RemoteBridge = { url: string; token: string; close: () => Promise<void> }

const startBridge = (options: readonly string[]): Promise<RemoteBridge> =>
  new Promise((resolve, reject) => {
    const token = randomBytes(24).toString('base64url')
    const child = spawn(process.execPath, ['bridge/main.ts', '--port', '0', ...options], {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, DESKLINE_BRIDGE_TOKEN: token },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.add(child)
    const ended = new Promise<void>((done) => child.once('exit', () => done()))
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const url = /http:\S+/.exec(said)?.[0]
      const close = async (): Promise<void> => {
        child.kill()
        await ended
      }
      if (url !== undefined) resolve({ url, token, close })
    })
    child.once('exit', (code) => reject(new Error(`the bridge ended with code ${code}`)))
  })

const withDesk = async (bridge: RemoteBridge, run: (desk: Desk, startedAt: number) => Promise<void>) => {
  const profile = mkdtempSync(join(tmpdir(), 'deskline-bench-'))
  const startedAt = performance.now()
  const desk = await createDesk({
    profile,
    bridge: { kind: 'url', url: bridge.url, credentials: { token: bridge.token } },
    base: 'USD',
    keys: keyFileOnly,
    bookWorker: new URL('../main/book/worker.ts', import.meta.url),
    bridgeWorker: new URL('../bridge/worker.ts', import.meta.url),
    statementWorker: new URL('../main/statements/worker.ts', import.meta.url),
    storeWorker: new URL('../main/store/worker.ts', import.meta.url),
    searchWorker: new URL('../main/store/search/worker.ts', import.meta.url),
    host: 'node',
    version: '0',
    trustedOrigins: [ORIGIN],
    clock: systemClock,
    timers: systemTimers,
    random: Math.random,
    newId: randomUUID,
    log: silentLog,
  })
  await run(desk, startedAt)
  await desk.close()
  rmSync(profile, { recursive: true })
}

/** A window in this process that acknowledges every frame at once. */
const openWindow = async (desk: Desk, seen: (kind: ViewKind, frame: Uint8Array) => void) => {
  const kinds = new Map<number, ViewKind>()
  let toDesk: (bytes: Uint8Array) => void = () => {}
  const channel = {
    send: (frame: Uint8Array) => {
      const { n, scope } = openFrame(frame.slice()).header
      const head = { type: FrameType.VIEW_ACK, stream: 0, n, scope, first: 0, rows: 0, flags: 0 }
      toDesk(emptyFrame(head))
      const kind = kinds.get(scope)
      if (kind) seen(kind, frame)
    },
    onFrame: (fn: typeof toDesk) => {
      toDesk = fn
    },
  }
  const { context } = desk.openWindow(channel, 'bench', ORIGIN)
  const api = createRouterClient(desk.router, { context })
  await api.session.open({ role: 'admin' })
  const view = async (kind: ViewKind, column: string, more: Partial<ViewSpec> = {}): Promise<void> => {
    const sort = { column, descending: true }
    const spec = { kind, filter: {}, sort, from: 0, count: 60, pace: 10, hold: false, ...more }
    kinds.set((await api.views.open(spec)).viewId, kind)
  }
  return { api, view }
}

/** What each window's views showed last, by view. */
const shownBefore = new Map<number, object>()

const contentOf = (kind: ViewKind, bytes: Uint8Array) => {
  const { header, frame } = openFrame(bytes.slice())
  const { meta, data } = readView(
    viewTables[kind],
    header,
    frame,
    (shownBefore.get(header.scope) ?? null) as never,
  )
  shownBefore.set(header.scope, data)
  const rows = Array.from({ length: header.rows }, (_, i) => rowAt(viewTables[kind], data as never, i))
  return { meta: viewMetaSchema.parse(meta), rows: rows as Record<string, number | string>[] }
}

const until = async (what: string, holds: () => boolean): Promise<void> => {
  const end = performance.now() + 120_000
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
    await wait(2)
  }
}

const large = async (desk: Desk, startedAt: number): Promise<void> => {
  const frames: { kind: ViewKind; bytes: number; at: number }[] = []
  let firstLive = 0
  const { view } = await openWindow(desk, (kind, frame) => {
    frames.push({ kind, bytes: frame.byteLength, at: performance.now() })
    if (firstLive > 0 || kind !== 'accounts') return
    const { meta, rows } = contentOf(kind, frame)
    if (meta.live && rows.length > 0) firstLive = performance.now()
  })
  await view('accounts', 'floatingBase')
  await view('positions', 'totalBase')
  await view('exposure', 'netBase')
  await view('quotes', 'symbol')
  const starting = monitorEventLoopDelay({ resolution: 5 })
  starting.enable()
  await until('the desk to be live', () => desk.status().link.phase === 'live')
  const live = performance.now() - startedAt
  await until('the first live figures', () => firstLive > 0)
  starting.disable()
  report('desk.time_to_live', live, 'ms', { name: 'bare_columns_over_socketio', value: BARE_SNAPSHOT_MS })
  report('desk.time_to_live_figures', firstLive - startedAt, 'ms')
  report('desk.longest_block_while_starting', starting.max / 1e6 - 5, 'ms')

  await wait(2000)
  frames.length = 0
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const lags: number[] = []
  const passes: number[] = []
  const before = { at: performance.now(), ...desk.status().link.counters }
  while (performance.now() - before.at < WATCH_MS) {
    await wait(50)
    const { link, book } = desk.status()
    lags.push(link.lagMs)
    passes.push(book.passMs)
  }
  delay.disable()
  const seconds = (performance.now() - before.at) / 1000
  const { link, book } = desk.status()
  if (link.counters.refused + link.counters.gaps + link.counters.hashMismatches > 0)
    throw new Error(`the link had trouble: ${JSON.stringify(link.counters)}`)
  console.log(
    `${book.accounts} accounts, ${book.positions} positions, ${Math.round((link.counters.ticks - before.ticks) / seconds)} ticks/s taken`,
  )
  report('desk.book_pass', median(passes), 'ms', { name: 'frame_limit', value: FRAME_MS })
  report('desk.lag_p50', percentile(lags, 0.5), 'ms', { name: 'grid_limit', value: GRID_MS })
  report('desk.lag_p99', percentile(lags, 0.99), 'ms', { name: 'grid_limit', value: GRID_MS })
  report('desk.loop_delay_p99', delay.percentile(99) / 1e6 - 5, 'ms', { name: 'limit', value: BLOCK_MS })
  report('desk.loop_delay_max', delay.max / 1e6 - 5, 'ms')
  report('desk.rss', mebi(process.memoryUsage.rss()), 'MiB')
  report('desk.book_memory', mebi(book.memoryBytes), 'MiB')
  const sizes = frames.map(({ bytes }) => bytes)
  report('desk.view_frame_p50', median(sizes), 'bytes')
  report('desk.view_frames', frames.length / 4 / seconds, '1/s')
  const grid = frames.filter(({ kind }) => kind === 'accounts').map(({ at }) => at)
  const pauses = grid.slice(1).map((at, i) => at - (grid[i] as number))
  report('desk.accounts_refresh_p99', percentile(pauses, 0.99), 'ms', { name: 'grid_limit', value: GRID_MS })
}

/** Signs in beside the desk to give commands; what the bridge sends it is dropped. */
const createManager = (bridge: RemoteBridge) => {
  let applied: Parameters<FrameSink['onApplied']>[0] = () => {}
  let inSnapshot = true
  const link = createLink({
    url: bridge.url,
    credentials: { token: bridge.token },
    sink: {
      accept: ({ scope, n, type }) => {
        if (type === FrameType.SNAPSHOT_END) inSnapshot = false
        queueMicrotask(() => applied({ scope, n, settled: !inSnapshot }))
      },
      onApplied: (fn) => {
        applied = fn
      },
      onRefused: () => {},
      onMismatch: () => {},
    },
    clock: systemClock,
    timers: systemTimers,
    random: Math.random,
    newId: randomUUID,
    log: silentLog,
    client: { name: 'bench', version: '0' },
  })
  link.start()
  return link
}

/** 10 lots of EURUSD opened 1 % off the market are about 11,000 USD. */
const rule: PlRule = {
  id: 'bench',
  name: 'bench',
  enabled: true,
  measure: 'floating',
  profit: { amount: 8_000, share: null },
  loss: { amount: null, share: null },
  minFunds: 0,
  rearmAt: 0.8,
  rearmAfterMinutes: 60,
  severity: 'warning',
}

const breaches = async (desk: Desk, bridge: RemoteBridge): Promise<void> => {
  let clients: number[] = []
  let bid = 0
  const { api, view } = await openWindow(desk, (kind, frame) => {
    const { rows } = contentOf(kind, frame)
    if (kind === 'quotes') bid = Number(rows[0]?.['bid'] ?? 0)
    else if (clients.length === 0)
      clients = rows
        .filter(
          (r) => r['currency'] === 'USD' && r['positions'] === 0 && groupKind(String(r['group'])) === 'real',
        )
        .map((r) => Number(r['login']))
  })
  const manager = createManager(bridge)
  await until(
    'both connections',
    () => desk.status().link.phase === 'live' && manager.status().phase === 'live',
  )
  const raised = new Map<number, number>()
  const listen = async (): Promise<void> => {
    for await (const { alerts } of await api.alerts.watch())
      for (const { login, ruleId } of alerts)
        if (ruleId === rule.id && !raised.has(login)) raised.set(login, performance.now())
  }
  await api.rules.save(rule)
  // It ends with the desk.
  listen().catch(() => {})
  await view('quotes', 'symbol', { filter: { symbol: 'EURUSD' }, pace: 30 })
  await view('accounts', 'login', { count: 1000, filter: {} })
  await until('clients and a price', () => clients.length > 0 && bid > 0)
  await wait(2000)

  const waits: number[] = []
  for (const login of clients) {
    if (waits.length === BREACHES) break
    if (raised.has(login)) continue
    const id = { requestId: randomUUID(), login }
    const money = await manager.command({ type: 'balance:deposit', ...id, amount: 60_000, comment: 'bench' })
    if (!isSuccess(money.code)) continue
    // A phase of its own against the pace of book and rules.
    await wait(Math.random() * 300)
    const order = { requestId: randomUUID(), login, symbol: 'EURUSD', cmd: 0, volume: 1000, sl: 0, tp: 0 }
    const price = Math.round(bid * 0.99 * 1e5) / 1e5
    const sentAt = performance.now()
    const answer = await manager.command({ type: 'trade:open', ...order, price, comment: 'bench' })
    if (!isSuccess(answer.code)) continue
    await until(`the alert of ${login}`, () => raised.has(login))
    waits.push((raised.get(login) as number) - sentAt)
  }
  await manager.close()
  if (waits.length < BREACHES) throw new Error(`only ${waits.length} breaches could be caused`)
  report('desk.breach_to_alert_p50', median(waits), 'ms', { name: 'limit', value: BREACH_MS })
  report('desk.breach_to_alert_p99', percentile(waits, 0.99), 'ms', { name: 'limit', value: BREACH_MS })
}

const largeBridge = await startBridge(LARGE)
await withDesk(largeBridge, large)
await largeBridge.close()

const usualBridge = await startBridge([])
await withDesk(usualBridge, (desk) => breaches(desk, usualBridge))
await usualBridge.close()
clearTimeout(deadline)
