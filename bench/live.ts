import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { FromWorker, ToWorker } from '../main/book/messages.ts'
import { type ViewKind, type ViewSpec, viewMetaSchema } from '../shared/api/views.ts'
import { openFrame } from '../shared/wire/header.ts'
import { percentile, report } from './report.ts'
import { createFeed, type Frame, workloadA } from './workload.ts'

/**
 * The book's worker as the desk runs it, on workload A: 20,000 ticks a second, four views at 20 frames a second, for half
 * a minute. What one core gives to it, and how old a figure gets on screen: from the valuation it shows to the moment the
 * next frame of its view takes its place.
 */

const TICKS_A_SECOND = 20_000
const TICKS_A_FRAME = 100
const PACE = 20
const WARM_MS = 5_000
const WATCH_MS = 30_000
const CORE_SHARE = 0.25
const AGE_MS = 100

const worker = new Worker(new URL('../main/book/worker.ts', import.meta.url), {
  workerData: { base: 'USD', settings: {} },
})
const deadline = setTimeout(() => {
  console.error('the benchmark was not done in time')
  process.exit(1)
}, 180_000)

const say = (message: ToWorker, transfer: ArrayBuffer[] = []): void => worker.postMessage(message, transfer)
const give = ({ header, frame }: Frame): void => say({ kind: 'frame', header, frame }, [frame.buffer])

let settled: () => void = () => {}
const live = new Promise<void>((resolve) => {
  settled = resolve
})
type Shown = { valuedAt: number; frames: number; bytes: number }
const shown = new Map<number, Shown>()
const ages: number[] = []
let watching = false

const painted = (viewId: number, bytes: Uint8Array<ArrayBuffer>): void => {
  const { header, frame } = openFrame(bytes)
  say({ kind: 'ack', viewId, n: header.n })
  const length = new DataView(frame.buffer).getUint32(40, true)
  const meta = viewMetaSchema.parse(JSON.parse(new TextDecoder().decode(frame.subarray(48, 48 + length))))
  const before = shown.get(viewId)
  const now = Date.now()
  if (watching && before) ages.push(now - before.valuedAt)
  shown.set(viewId, {
    valuedAt: meta.valuedAt,
    frames: (before?.frames ?? 0) + (watching ? 1 : 0),
    bytes: (before?.bytes ?? 0) + (watching ? bytes.byteLength : 0),
  })
}

worker.on('message', (message: FromWorker) => {
  if (message.kind === 'applied' && message.applied.settled) settled()
  if (message.kind === 'refused') throw new Error(message.refused.detail)
  if (message.kind === 'view') painted(message.viewId, message.frame)
})

const feed = createFeed(workloadA)
for (const frame of feed.snapshot()) give(frame)
await live

const views: [ViewKind, string][] = [
  ['accounts', 'floatingBase'],
  ['positions', 'totalBase'],
  ['exposure', 'netBase'],
  ['quotes', 'symbol'],
]
for (const [i, [kind, column]] of views.entries()) {
  const sort = { column, descending: true }
  const spec: ViewSpec = { kind, filter: {}, sort, from: 0, count: 60, pace: PACE, hold: false }
  say({ kind: 'open', viewId: i + 1, spec, after: 0 })
}
say({ kind: 'live', live: true })

const started = performance.now()
let sent = 0
const run = async (ms: number): Promise<void> => {
  const until = performance.now() + ms
  while (performance.now() < until) {
    const due = Math.floor(((performance.now() - started) / 1000) * TICKS_A_SECOND)
    for (; sent + TICKS_A_FRAME <= due; sent += TICKS_A_FRAME) give(feed.ticks(TICKS_A_FRAME, 5))
    await wait(2)
  }
}
await run(WARM_MS)
watching = true
const before = await worker.cpuUsage()
const from = performance.now()
const sentBefore = sent
await run(WATCH_MS)
const seconds = (performance.now() - from) / 1000
const used = await worker.cpuUsage(before)
watching = false
const share = (used.user + used.system) / 1e6 / seconds
const frames = [...shown.values()].reduce((sum, view) => sum + view.frames, 0)
const bytes = [...shown.values()].reduce((sum, view) => sum + view.bytes, 0)

report('live.ticks_per_second', (sent - sentBefore) / seconds, '1/s', { name: 'goal', value: TICKS_A_SECOND })
report('live.frames_per_second_a_view', frames / seconds / views.length, '1/s', { name: 'goal', value: PACE })
report('live.bytes_a_frame', bytes / frames, 'bytes')
report('live.core_share', share, 'cores', { name: 'limit', value: CORE_SHARE })
report('live.age_of_a_figure_p50', percentile(ages, 0.5), 'ms')
report('live.age_of_a_figure_p99', percentile(ages, 0.99), 'ms', { name: 'limit', value: AGE_MS })
clearTimeout(deadline)
await worker.terminate()
