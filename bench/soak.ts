import { setTimeout as wait } from 'node:timers/promises'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import type { ViewKind } from '../shared/api/views.ts'
import type { StateHash } from '../shared/wire/state-hash.ts'
import { report } from './report.ts'
import type { Audit } from './soak/audit.ts'
import { SOAK_CHANNEL, type SoakMemory } from './soak/channel.ts'
import { keys, openDesk, openWindow, type SoakWindow, specOf } from './soak/desk.ts'
import { comparePictures, compareRows, noDifference, takePicture } from './soak/picture.ts'
import { slope } from './soak/slope.ts'
import { createBridgeStand, hard, type Stage, soft, type Trouble, watched } from './soak/troubles.ts'

/**
 * `npm run bench:soak [-- --minutes N]`: the whole desk, four views open, over a demo broker in another process whose day
 * runs ten times as fast, while connections break, frames are lost and damaged, windows come and go and the bridge is
 * killed. In the end memory is flat, and all that was added up along the way is what a fresh start adds up to.
 */

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } })
const MINUTES = Number(values.minutes)
if (!(MINUTES >= 1)) throw new Error(`--minutes ${values.minutes}: at least 1`)

/** Server time runs so many times as fast: an hour is most of a working day, with a midnight in it. */
const PACE = 10
const DEMO = { accounts: 3000, positions: 6000, ticksPerSecond: 150, speed: 2 }
const SAMPLE_MS = 20_000
const SOFT_MS = 15_000
const HARD_MS = Math.max(60_000, (MINUTES * 60_000) / 12)
/**
 * What memory may rise by, MB an hour: of what is in use after a full collection, and of the whole process. In its first
 * half hour a process still takes what it will then keep, so that a shorter run is allowed the same rise in less time.
 */
const LIVE_LIMIT = 12
const RSS_LIMIT = 40 * Math.max(1, 30 / MINUTES)
const DRIFT_LIMIT = 1e-6
const MB = 1e6

const startedAt = Date.now()
const elapsed = (): number => Date.now() - startedAt
const lengthMs = MINUTES * 60_000

/** So far from UTC that the server's midnight comes at two fifths of the run. */
const offsetForMidnight = (): number => {
  const toMidnight = (lengthMs * 0.4 * PACE) / 1000
  const seconds = (86_400 - toMidnight - startedAt / 1000 + 10 * 86_400 * 10_000) % 86_400
  return Math.round(seconds > 43_200 ? seconds - 86_400 : seconds)
}

const channel = new BroadcastChannel(SOAK_CHANNEL)
/** Asks the book's worker, which answers between two frames. */
const askWorker = async <T>(about: 'memory' | 'audit'): Promise<T> => {
  const id = Math.random()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the book's worker did not answer: ${about}`)), 20_000)
    const hear = (event: Event): void => {
      const { data } = event as unknown as { data: { id: number; value?: T } }
      if (data.id !== id || data.value === undefined) return
      clearTimeout(timer)
      channel.removeEventListener('message', hear)
      resolve(data.value)
    }
    channel.addEventListener('message', hear)
    channel.postMessage({ id, about })
  })
}

const until = async (what: string, holds: () => Promise<boolean> | boolean, ms = 60_000): Promise<void> => {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await wait(20)
  }
}

const worker = new URL('soak/worker.ts', import.meta.url)
const plainWorker = new URL('../main/book/worker.ts', import.meta.url)
const stand = await createBridgeStand({
  since: startedAt,
  pace: PACE,
  demo: { ...DEMO, seed: 'soak', serverTimeOffset: offsetForMidnight() },
})
const url = `http://127.0.0.1:${stand.port}`
const { desk, close } = await openDesk(url, stand.token, worker)
const isLive = (): boolean => desk.status().link.phase === 'live'
await until('the desk to be live', isLive)

const window = await openWindow(desk)
const views = new Map<ViewKind, Awaited<ReturnType<SoakWindow['view']>>>()
for (const [kind, column] of watched)
  views.set(kind, await window.view(specOf(kind, { sort: { column, descending: true } })))
let second: SoakWindow | null = null
const stage: Stage = {
  bridge: stand.now,
  restartBridge: stand.restart,
  window,
  views,
  toggleWindow: async () => {
    if (second) second.close()
    const opened = second ? null : await openWindow(desk)
    second = opened
    if (opened) for (const [kind] of watched) await opened.view(specOf(kind, { pace: 20 }))
  },
}

type Sample = { x: number; live: number; rss: number }
const samples: Sample[] = []
const drift: Audit = { compared: 0, worst: 0, where: '' }
let audits = 0
const done = new Map<string, number>()

const checkSums = async (): Promise<void> => {
  const { compared, worst, where } = await askWorker<Audit>('audit')
  audits++
  drift.compared += compared
  if (worst <= drift.worst) return
  Object.assign(drift, { worst, where: `${where} (after ${Math.round(elapsed() / 1000)} s)` })
}

const sample = async (speak: boolean): Promise<void> => {
  await until('the desk to be live again', isLive)
  for (let i = 0; i < 2; i++) globalThis.gc?.()
  const book = await askWorker<SoakMemory>('memory')
  const { heapUsed, external, rss } = process.memoryUsage()
  const live = heapUsed + external + book.heap + book.external
  samples.push({ x: elapsed() / 3_600_000, live: live / MB, rss: rss / MB })
  if (!speak) return
  const { link, book: facts } = desk.status()
  const serverTime = views.get('quotes')?.shown()?.meta.serverTime ?? 0
  const mb = (bytes: number): string => (bytes / MB).toFixed(1)
  console.log(
    [
      `${Math.round(elapsed() / 60_000)} min, server ${new Date(serverTime).toISOString().slice(5, 16)}`,
      `rss ${mb(rss)}`,
      `heap ${mb(heapUsed)} + ${mb(book.heap)}`,
      `external ${mb(external)} + ${mb(book.external)}`,
      `book ${mb(facts.memoryBytes)}`,
      `ledger ${mb(book.ledger)} (${book.places} places)`,
      `${facts.accounts} accounts, ${facts.positions} positions, ${facts.pendings} pendings, ${book.trades} trades`,
      `ticks ${link.counters.ticks}, changes ${link.counters.changes}, snapshots ${link.counters.snapshots}, resumes ${link.counters.resumes}`,
      `sums off by ${drift.worst} in ${audits} audits`,
    ].join(' · '),
  )
}

const make = async ([name, trouble]: Trouble): Promise<void> => {
  done.set(name, (done.get(name) ?? 0) + 1)
  await trouble(stage)
}

/** Repeats something until the time is up; the first failure ends the run. */
const every = async (ms: number, act: (turn: number) => Promise<void>): Promise<void> => {
  for (let turn = 1; turn * ms <= lengthMs; turn++) {
    await wait(Math.max(0, turn * ms - elapsed()))
    await act(turn)
  }
}

let line: Promise<void> = Promise.resolve()
/** One after the other: a trouble must not come upon another, nor a measurement upon a trouble. */
const inLine = (act: () => Promise<void>): Promise<void> => {
  line = line.then(act)
  return line
}
await Promise.all([
  every(SOFT_MS, (turn) => inLine(() => make(soft[turn % soft.length] as Trouble))),
  every(HARD_MS, (turn) =>
    inLine(async () => {
      // What was added up goes with the snapshot that follows: it is looked at before.
      await until('the desk to be live', isLive)
      await checkSums()
      await make(hard[turn % hard.length] as Trouble)
    }),
  ),
  every(SAMPLE_MS, (turn) =>
    inLine(async () => {
      const whole = (turn * SAMPLE_MS) % 60_000 === 0
      if (whole) await checkSums()
      await sample(whole)
    }),
  ),
])

// The market stops, and everything that can be seen is compared with a desk that has just been started.
stand.now().tell({ do: 'faults', plan: {} })
stand.now().tell({ do: 'stand' })
await until('the desk to be live', isLive)
await wait(12_000)
type Told = Audit & { hashes: Record<string, StateHash> }
let hashes = await stand.now().hashes()
await until('the hashes of the bridge', async () => {
  hashes = await stand.now().hashes()
  return isDeepStrictEqual((await askWorker<Told>('audit')).hashes, hashes)
}).catch(() => {})
const told = await askWorker<Told>('audit')
await checkSums()
const same = Object.keys(hashes).filter((name) => isDeepStrictEqual(told.hashes[name], hashes[name]))

const picture = await takePicture(window)
const shown = new Map(watched.map(([kind]) => [kind, views.get(kind)?.shown()?.rows() ?? []]))
const { counters } = desk.status().link
// RxDB's open core has room for the collections of one desk in a process.
await close()
const fresh = await openDesk(url, stand.token, plainWorker)
await until('the fresh desk', () => fresh.desk.status().link.phase === 'live')
const freshWindow = await openWindow(fresh.desk)
const difference = comparePictures(picture, await takePicture(freshWindow))
const open = noDifference()
for (const [kind, column] of watched) {
  const spec = specOf(kind, { sort: { column, descending: true } })
  const other = await freshWindow.view(spec)
  await until(`a frame of ${kind}`, () => other.shown() !== null)
  compareRows(open, `open ${kind}`, keys[kind], shown.get(kind) ?? [], other.shown()?.rows() ?? [])
}

console.log(
  `troubles: ${[...done].map(([name, n]) => `${name} ${n}`).join(', ')}; ${window.frames()} frames to the first window`,
)
console.log(
  `link: ${counters.reconnects} reconnects, ${counters.resumes} resumes, ${counters.snapshots} snapshots, ${counters.refused} frames refused, ${counters.gaps} gaps`,
)
for (const [what, where] of [
  ['sums', drift.where],
  ['rows', difference.where],
  ['open views', open.where],
])
  if (where) console.log(`largest difference of ${what}: ${where}`)

const tail = samples.filter(({ x }) => x >= (MINUTES / 60) * (1 / 3))
const rise = (of: 'live' | 'rss') => slope(tail.map((s) => ({ x: s.x, y: s[of] })))
const failures: string[] = []
const limited = (name: string, value: number, unit: string, limit: number): void => {
  report(name, value, unit, { name: 'limit', value: limit })
  if (!(value <= limit)) failures.push(name)
}
report('soak.minutes', elapsed() / 60_000, 'min')
report('soak.ticks', counters.ticks, 'ticks')
report('soak.changes', counters.changes, 'changes')
for (const [of, limit] of [
  ['live', LIVE_LIMIT],
  ['rss', RSS_LIMIT],
] as const) {
  const { slope: by, error } = rise(of)
  report(`soak.${of}_memory`, samples.at(-1)?.[of] ?? 0, 'MB')
  report(`soak.${of}_memory_slope`, by, 'MB/h', { name: 'limit', value: limit })
  report(`soak.${of}_memory_slope_error`, error, 'MB/h')
  // A short run cannot tell a slope well: beyond the limit counts what is so with two standard errors to spare.
  if (!(by - 2 * error <= limit)) failures.push(`${of} memory`)
}
report('soak.sums_compared', drift.compared, 'sums')
limited('soak.sums_worst', drift.worst, 'units', DRIFT_LIMIT)
report('soak.figures_compared', difference.figures, 'figures')
limited('soak.figures_worst', difference.worst, 'abs', DRIFT_LIMIT)
limited('soak.open_views_worst', open.worst, 'abs', DRIFT_LIMIT)
report('soak.streams_with_equal_hashes', same.length, 'of 4')
report('soak.hash_mismatches', counters.hashMismatches, 'times')
if (same.length < 4) failures.push('hashes')
if (counters.hashMismatches > 0) failures.push('checkpoints')

await fresh.close()
await stand.now().kill()
channel.close()
if (failures.length > 0) {
  console.error(`beyond their limit: ${failures.join(', ')}`)
  process.exit(1)
}
