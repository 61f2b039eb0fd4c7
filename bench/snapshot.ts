import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import { createBridge } from '../bridge/create-bridge.ts'
import { createCounters } from '../bridge/hub/counters.ts'
import { createHub } from '../bridge/hub/hub.ts'
import { defaultLimits } from '../bridge/hub/limits.ts'
import { sealFor } from '../bridge/hub/shared-frame.ts'
import { beginSnapshot } from '../bridge/hub/snapshot.ts'
import { createBook } from '../main/book/book-client.ts'
import { createBookCore } from '../main/book/book-core.ts'
import type { Book } from '../main/book/types.ts'
import { createLink } from '../main/link/create-link.ts'
import { connectSocket, type SocketLike } from '../main/link/socket.ts'
import { createPatience } from '../main/patience.ts'
import { type ViewSpec, viewTables } from '../shared/api/views.ts'
import { Event } from '../shared/bridge/protocol.ts'
import { silentLog, systemClock, systemTimers } from '../shared/runtime/ports.ts'
import { openFrame } from '../shared/wire/header.ts'
import type { ColumnsOf, TableSchema } from '../shared/wire/schema.ts'
import { readView } from '../shared/wire/view-frames.ts'
import { median, report } from './report.ts'
import { createBenchSource, rawBytes, type Size, stateOf } from './snapshot/source.ts'

/**
 * The snapshot of a large broker, from the request to follow to the first figures in a window: bridge in another
 * process, real Socket.IO on loopback, real link, real book worker. The peer is what the machine needs to carry the same
 * columns as they are over Socket.IO, with nothing done about them. Then ten times as much.
 */

const A: Size = { accounts: 100_000, positions: 500_000 }
const B: Size = { accounts: 1_000_000, positions: 5_000_000 }
const ROUNDS = 5
const LIMIT_MS = 400
const BLOCK_MS = 60
const BYTES_A_POSITION = 120
const TOKEN = 'token-of-the-benchmark'
const WARM_MS = 1500
/** So many looks in a row must say the same. */
const SETTLED = 10
const TOTAL_MS = 600_000

const mebi = (bytes: number): number => bytes / 2 ** 20

/** Longest time the loop of this thread stood still since the last call, ms. */
const createBlockProbe = () => {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  return (): number => {
    const longest = Math.max(0, delay.max / 1e6 - 1)
    delay.reset()
    return longest
  }
}

const sizeOf = (name: string | undefined): Size => (name === 'B' ? B : A)

// In the other process: a bridge.
const serveBridge = async (size: Size): Promise<void> => {
  const startedAt = performance.now()
  const bridge = await createBridge({
    source: createBenchSource(size),
    port: 0,
    tokens: [TOKEN],
    credentials: [],
  })
  const longestBlock = createBlockProbe()
  let cpu = process.cpuUsage()
  let sent = 0
  process.on('message', () => {
    const used = process.cpuUsage(cpu)
    const { frameBytes } = bridge.stats().counters
    process.send?.({
      block: longestBlock(),
      cpu: (used.user + used.system) / 1000,
      bytes: frameBytes - sent,
      rss: process.memoryUsage.rss(),
    })
    cpu = process.cpuUsage()
    sent = frameBytes
  })
  process.send?.({ url: bridge.url, loadMs: performance.now() - startedAt, rss: process.memoryUsage.rss() })
}

// In the other process: the peer. As many bytes as the columns have, in messages of a chunk's size.
const serveBare = (size: Size): void => {
  const raw = rawBytes(size)
  const chunk = new ArrayBuffer(8192 * Math.ceil(raw / (size.accounts + size.positions)))
  const http = createServer()
  new Server(http, { transports: ['websocket'], serveClient: false }).on('connection', (socket) => {
    socket.on('go', () => {
      let left = raw
      const some = (): void => {
        for (let i = 0; i < 4 && left > 0; i++, left -= chunk.byteLength) socket.emit('rows', chunk.slice(0))
        if (left > 0) setImmediate(some)
        else socket.emit('end')
      }
      some()
    })
  })
  http.listen(0, '127.0.0.1', () => {
    process.send?.({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, raw })
  })
}

const spec = (kind: ViewSpec['kind'], column: string): ViewSpec => ({
  kind,
  filter: {},
  sort: { column, descending: true },
  from: 0,
  count: 60,
  pace: 30,
  hold: false,
})

// In the other process: each step apart, one after the other, without sockets or threads.
const measureParts = (): void => {
  const hub = createHub({
    limits: defaultLimits,
    serverTimeOffset: 0,
    ids: () => 'bench',
    random: Math.random,
    log: silentLog,
    counters: createCounters(),
    listeners: { moved: () => {}, statusChanged: () => {}, epochChanged: () => {} },
  })
  hub.sink.load(stateOf(A))
  const rounds = {
    encode: [] as number[],
    open: [] as number[],
    apply: [] as number[],
    link: [] as number[],
    view: [] as number[],
  }
  let longest = 0
  for (let round = 0; round < ROUNDS; round++) {
    let at = performance.now()
    const lap = (): number => {
      const before = at
      at = performance.now()
      return at - before
    }
    const frames: Uint8Array<ArrayBuffer>[] = []
    const snapshot = beginSnapshot(hub, defaultLimits)
    for (let next = snapshot.frames.next().value; next; next = snapshot.frames.next().value)
      frames.push(sealFor(next, frames.length + 1, 1))
    rounds.encode.push(lap())
    const opened = frames.map((frame) => openFrame(frame))
    rounds.open.push(lap())
    const core = createBookCore('USD', systemClock, () => performance.now(), {
      applied: () => {},
      refused: ({ detail }) => {
        throw new Error(detail)
      },
      mismatch: () => {},
      marks: () => {},
      viewFrame: () => {},
    })
    for (const { header, frame } of opened) {
      const start = performance.now()
      core.accept(header, frame)
      longest = Math.max(longest, performance.now() - start)
    }
    rounds.apply.push(lap())
    core.valueNow()
    rounds.link.push(lap())
    core.openView(1, spec('accounts', 'floatingBase'))
    rounds.view.push(lap())
  }
  process.send?.({ ...Object.fromEntries(Object.entries(rounds).map(([k, v]) => [k, median(v)])), longest })
}

// In this process: the desk.
const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

const start = async (role: string, size: string): Promise<{ child: ChildProcess; said: unknown }> => {
  const child = fork(import.meta.filename, [role, size], { execArgv: ['--expose-gc'] })
  children.add(child)
  const [said] = (await once(child, 'message')) as [unknown]
  return { child, said }
}

type Facts = { block: number; cpu: number; bytes: number; rss: number }

/** The most the book takes from its first view until all that was put off is done, and it stays as it is. */
const mostMemory = async (book: Book): Promise<number> => {
  let most = 0
  let last = 0
  for (let same = 0; same < SETTLED; ) {
    const { memoryBytes } = await book.stats()
    same = memoryBytes === last ? same + 1 : 0
    last = memoryBytes
    most = Math.max(most, memoryBytes)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return most
}

/** What a window may show first, and the column it is sorted by. */
const firstViews = { accounts: 'floatingBase', positions: 'totalBase' } as const
type First = keyof typeof firstViews

const follow = async (url: string, child: ChildProcess, first: First) => {
  const rssBefore = process.memoryUsage.rss()
  // As a desk does from its start.
  const patience = createPatience(setFlagsFromString)
  patience.take()
  const book = createBook({
    workerUrl: new URL('../main/book/worker.ts', import.meta.url),
    base: 'USD',
    log: silentLog,
  })
  let followedAt = 0
  let liveAt = 0
  const connect = (to: string): SocketLike => {
    const socket = connectSocket(to)
    const emit = (event: string, ...args: unknown[]): unknown => {
      if (event === Event.FOLLOW) followedAt = performance.now()
      return socket.emit(event, ...args)
    }
    return { on: socket.on, close: socket.close, emit }
  }
  const link = createLink({
    url,
    credentials: { token: TOKEN },
    sink: book,
    clock: systemClock,
    timers: systemTimers,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    log: silentLog,
    client: { name: 'bench', version: '0' },
    connect,
  })
  // The worker is up and warm before anything is asked for.
  await book.stats()
  await new Promise((resolve) => setTimeout(resolve, WARM_MS))
  book.openView(1, spec(first, firstViews[first]))
  const table: TableSchema = viewTables[first]
  let slice: ColumnsOf<TableSchema> | null = null
  const painted = new Promise<number>((resolve) => {
    book.onViewFrame((viewId, bytes) => {
      const { header, frame } = openFrame(bytes)
      slice = readView(table, header, frame, slice).data
      if (slice.rows > 0) resolve(performance.now())
      book.ackView(viewId, header.n)
    })
  })
  link.onStatus(({ phase }) => {
    patience.follow(phase)
    if (phase === 'live') liveAt ||= performance.now()
  })
  const longestBlock = createBlockProbe()
  const cpu = process.cpuUsage()
  const tell = async (): Promise<Facts> => {
    child.send('tell')
    return ((await once(child, 'message')) as [Facts])[0]
  }
  await tell()
  longestBlock()
  link.start()
  const paintedAt = await painted
  const block = longestBlock()
  const used = process.cpuUsage(cpu)
  const bridge = await tell()
  const { counters } = link.status()
  if (counters.refused + counters.hashMismatches > 0) throw new Error(JSON.stringify(link.status()))
  const memoryBytes = await mostMemory(book)
  const rss = process.memoryUsage.rss() - rssBefore
  await link.close()
  await book.close()
  return {
    ms: paintedAt - followedAt,
    liveMs: liveAt - followedAt,
    block,
    cpu: (used.user + used.system) / 1000,
    bridge,
    memoryBytes,
    rss,
  }
}

const bareRound = async (url: string): Promise<number> => {
  const socket = io(url, { transports: ['websocket'], forceNew: true })
  await new Promise<void>((resolve) => socket.on('connect', resolve))
  const startedAt = performance.now()
  socket.on('rows', () => {})
  socket.emit('go')
  await new Promise<void>((resolve) => socket.on('end', resolve))
  const ms = performance.now() - startedAt
  socket.close()
  return ms
}

const measure = async (name: 'A' | 'B', rounds: number): Promise<number> => {
  const size = sizeOf(name)
  const bare = await start('bare', name)
  const bridge = await start('bridge', name)
  const { url: bareUrl, raw } = bare.said as { url: string; raw: number }
  const { url, loadMs, rss } = bridge.said as { url: string; loadMs: number; rss: number }
  const bares: number[] = []
  const all: Awaited<ReturnType<typeof follow>>[] = []
  for (let i = 0; i < rounds; i++) {
    bares.push(await bareRound(bareUrl))
    all.push(await follow(url, bridge.child, 'accounts'))
    globalThis.gc?.()
  }
  const positions: number[] = []
  for (let i = 0; i < rounds; i++) {
    positions.push((await follow(url, bridge.child, 'positions')).ms)
    globalThis.gc?.()
  }
  bare.child.kill()
  bridge.child.kill()
  const of = (pick: (r: (typeof all)[number]) => number): number => median(all.map(pick))
  const ms = of((r) => r.ms)
  const at = `snapshot.${name.toLowerCase()}`
  if (name === 'A') report(`${at}.first_view`, ms, 'ms', { name: 'limit', value: LIMIT_MS })
  report(`${at}.first_view`, ms, 'ms', { name: 'bare_columns_over_socketio', value: median(bares) })
  report(`${at}.first_view_worst`, Math.max(...all.map((r) => r.ms)), 'ms')
  const shown = median(positions)
  report(`${at}.first_view_of_positions`, shown, 'ms', { name: 'of_accounts', value: ms })
  report(
    `${at}.live`,
    of((r) => r.liveMs),
    'ms',
  )
  report(`${at}.main_longest_block`, Math.max(...all.map((r) => r.block)), 'ms', {
    name: 'limit',
    value: BLOCK_MS,
  })
  report(`${at}.bridge_longest_block`, Math.max(...all.map((r) => r.bridge.block)), 'ms', {
    name: 'limit',
    value: BLOCK_MS,
  })
  report(
    `${at}.desk_cpu`,
    of((r) => r.cpu),
    'ms',
  )
  report(
    `${at}.bridge_cpu`,
    of((r) => r.bridge.cpu),
    'ms',
  )
  report(
    `${at}.wire`,
    of((r) => mebi(r.bridge.bytes)),
    'MiB',
    { name: 'raw_columns', value: mebi(raw) },
  )
  report(`${at}.memory_beyond_raw`, (of((r) => r.memoryBytes) - raw) / size.positions, 'bytes/position', {
    name: 'limit',
    value: BYTES_A_POSITION,
  })
  report(`${at}.memory_process`, ((all[0]?.rss ?? 0) - raw) / size.positions, 'bytes/position')
  report(`${at}.bridge_load`, loadMs, 'ms')
  report(`${at}.bridge_memory`, mebi(rss), 'MiB')
  return (ms / size.positions) * 1e6
}

const run = async (): Promise<void> => {
  const deadline = setTimeout(() => {
    console.error(`the benchmark was not done in ${TOTAL_MS / 1000} s`)
    process.exit(1)
  }, TOTAL_MS)
  const parts = await start('parts', 'A')
  parts.child.kill()
  const { encode, open, apply, link, view, longest } = parts.said as Record<
    'encode' | 'open' | 'apply' | 'link' | 'view' | 'longest',
    number
  >
  report('snapshot.a.part_encode', encode, 'ms')
  report('snapshot.a.part_check', open, 'ms')
  report('snapshot.a.part_decode_and_apply', apply, 'ms')
  report('snapshot.a.part_longest_frame', longest, 'ms')
  report('snapshot.a.part_link_and_first_pass', link, 'ms')
  report('snapshot.a.part_first_view', view, 'ms')
  const nanosA = await measure('A', ROUNDS)
  if (process.argv[2] !== 'A') {
    const nanosB = await measure('B', ROUNDS)
    report('snapshot.b.per_position', nanosB, 'ns', { name: 'of_a', value: nanosA })
  }
  clearTimeout(deadline)
  process.exit(0)
}

const role = process.argv[2]
if (role === 'bridge') await serveBridge(sizeOf(process.argv[3]))
else if (role === 'bare') serveBare(sizeOf(process.argv[3]))
else if (role === 'parts') measureParts()
else await run()
