import { createBookCore } from '../main/book/book-core.ts'
import { tradeRow } from '../main/book/testing/rows.ts'
import { type ViewKind, type ViewSpec, viewTables } from '../shared/api/views.ts'
import { changeTables, StreamId } from '../shared/bridge/streams.ts'
import { columnsFromRows } from '../shared/wire/columns.ts'
import { tableFrame } from '../shared/wire/frames.ts'
import { FrameType, openFrame } from '../shared/wire/header.ts'
import { rowAt, type TableSchema } from '../shared/wire/schema.ts'
import { createFrameRoom, createViewWriter, isWhole, readView } from '../shared/wire/view-frames.ts'
import { median, percentile, report } from './report.ts'
import { createFeed, symbolNames, workloadA } from './workload.ts'

/**
 * What the views of the windows cost the book's worker, valuation aside, on workload A: every price moved before every
 * frame, twenty frames a second, orders made anew once a second.
 */

const FRAMES = 400
const PACE = 20
/** One frame in the worker, and the share of a core that four views may take. */
const FRAME_MS = 16
const CORE_SHARE = 0.25

const feed = createFeed(workloadA)
let clock = 1_000_000
let heard: { viewId: number; n: number; frame: Uint8Array }[] = []
const core = createBookCore('USD', { now: () => clock }, () => performance.now(), {
  applied: () => {},
  refused: (r) => {
    throw new Error(r.detail)
  },
  mismatch: () => {},
  marks: () => {},
  viewFrame: (viewId, frame) => heard.push({ viewId, n: openFrame(frame.slice()).header.n, frame }),
})
for (const { header, frame } of feed.snapshot()) core.accept(header, frame)
core.setLive(true)
core.valueNow()

const move = (): void => {
  const { header, frame } = feed.ticks(workloadA.symbols, 1000 / PACE)
  core.accept(header, frame)
}

/** A position is closed and another opened. */
const names = symbolNames(workloadA.symbols)
let traded = 0
const trade = (): void => {
  const order = 10_000_000 + traded * 7
  const first = feed.seqs.trades + 1
  feed.seqs.trades += 2
  const login = 100_000 + (traded++ % workloadA.accounts)
  const rows = [
    { changeKind: 3, ...tradeRow({ order, login, closeTime: 1_700_000_100 }) },
    { changeKind: 0, ...tradeRow({ order: order + 50_000_000, login, symbol: feed.random.pick(names) }) },
  ]
  const table: TableSchema = changeTables.trades
  const bytes = tableFrame(
    { type: FrameType.CHANGES, stream: StreamId.trades, n: 1, scope: 1, first, flags: 0 },
    table,
    columnsFromRows(table, rows as never),
  )
  const { header, frame } = openFrame(bytes)
  core.accept(header, frame)
}

const time = (act: () => void): number => {
  const start = performance.now()
  act()
  return performance.now() - start
}

const spec = (kind: ViewKind, column: string, more: Partial<ViewSpec> = {}): ViewSpec => ({
  kind,
  filter: {},
  sort: { column, descending: true },
  from: 0,
  count: 60,
  pace: PACE,
  hold: false,
  ...more,
})

let lastView = 0
type Watched = { opened: number; frames: number[]; cpu: number[]; whole: number[]; changes: number[] }

/** Lets the views run for a while; times of the frames of all of them together, sizes of each. */
const watch = (specs: readonly ViewSpec[], frames: number, eachFrame: () => void = () => {}): Watched => {
  heard = []
  const ids = specs.map(() => ++lastView)
  const opened = time(() => {
    for (const [i, wanted] of specs.entries()) core.openView(ids[i] as number, wanted)
  })
  const seen: Watched = { opened, frames: [], cpu: [], whole: [], changes: [] }
  for (let k = 0; k < frames; k++) {
    clock += 1000 / PACE
    move()
    eachFrame()
    core.valueNow()
    // Marks for the rules go out here; the views still wait for their acknowledgements.
    core.tick()
    for (const { viewId, n: number, frame } of heard) {
      const { header } = openFrame(frame)
      ;(isWhole(header) ? seen.whole : seen.changes).push(frame.byteLength)
      core.ackView(viewId, number)
    }
    heard = []
    const before = process.threadCpuUsage()
    seen.frames.push(time(core.tick))
    const { user, system } = process.threadCpuUsage(before)
    seen.cpu.push((user + system) / 1000)
    if (heard.length !== specs.length) throw new Error(`${heard.length} of ${specs.length} views had a frame`)
  }
  for (const id of ids) core.closeView(id)
  return seen
}

const frameReport = (name: string, { opened, frames, cpu }: Watched): void => {
  report(`views.${name}_open`, opened, 'ms')
  report(`views.${name}_frame_p50`, median(frames), 'ms')
  report(`views.${name}_frame_p99`, percentile(frames, 0.99), 'ms', { name: 'limit', value: FRAME_MS })
  report(`views.${name}_frame_cpu_p99`, percentile(cpu, 0.99), 'ms', { name: 'limit', value: FRAME_MS })
}

watch([spec('accounts', 'floatingBase'), spec('positions', 'totalBase')], 60)
globalThis.gc?.()

const accounts = watch([spec('accounts', 'floatingBase')], FRAMES)
frameReport('accounts_100k', accounts)
frameReport('positions_500k', watch([spec('positions', 'totalBase')], FRAMES))
frameReport('positions_500k_middle', watch([spec('positions', 'totalBase', { from: 250_000 })], FRAMES))

// Positions come and go all the time: in every frame one leaves and one comes.
frameReport('positions_500k_trading', watch([spec('positions', 'totalBase')], FRAMES, trade))

const four = watch(
  [
    spec('accounts', 'floatingBase'),
    spec('positions', 'totalBase'),
    spec('exposure', 'netBase'),
    spec('quotes', 'symbol'),
  ],
  FRAMES,
)
frameReport('four', four)
const share = (four.cpu.reduce((sum, ms) => sum + ms, 0) / FRAMES) * (PACE / 1000)
report('views.four_at_20_a_second', share, 'cores', { name: 'limit', value: CORE_SHARE })
for (const groupBy of ['group', 'symbol'] as const)
  frameReport(`grouped_by_${groupBy}`, watch([spec('groups', 'floatingBase', { groupBy })], FRAMES, trade))
report('views.whole_frame', median(accounts.whole), 'bytes')
report('views.changes_frame', median(accounts.changes), 'bytes', {
  name: 'whole_frame',
  value: median(accounts.whole),
})

/** Writing and reading alone: sixty accounts, in each frame the seven figures of half of them moved. */
const table: TableSchema = viewTables.accounts
const live = new Set([
  'floating',
  'equity',
  'dayPl',
  'freeMargin',
  'marginLevel',
  'floatingBase',
  'dayPlBase',
])
let step = 0
const columns = Object.fromEntries(
  table.names.map((name) => {
    const text = table.columns[name] === 'str' || table.columns[name] === 'dict'
    if (text) return [name, { at: (i: number) => `${name} ${i % 7}` }]
    return [name, { at: (i: number) => i * 1.5 + (live.has(name) && i % 2 === 0 ? step : 0) }]
  }),
)
const writer = createViewWriter(table, table.names, createFrameRoom())
const slice = { ids: Int32Array.from({ length: 60 }, (_, i) => i), columns }
let before: Parameters<typeof readView>[3] = null
let read = 0
const writes: number[] = []
const reads: number[] = []
const texts: number[] = []
for (let k = 0; k < 3000; k++) {
  step++
  let frame = new Uint8Array(0)
  const header = { type: FrameType.VIEW, n: k + 1, scope: 1, first: 0 }
  const wrote = time(() => {
    frame = writer.frame(header, { kind: 'accounts' }, slice, k === 0)
  })
  const got = time(() => {
    const opened = openFrame(frame)
    before = readView(table, opened.header, opened.frame, before).data
  })
  const list = Array.from({ length: 60 }, (_, i) => rowAt(table, before as never, i))
  const text = time(() => {
    read += JSON.stringify(list).length
  })
  if (k < 500) continue
  writes.push(wrote * 1000)
  reads.push(got * 1000)
  texts.push(text * 1000)
}
if (read === 0) throw new Error('the benchmark did not do its work')
const asText = { name: 'json_of_the_slice', value: median(texts) }
report('views.changes_write', median(writes), 'us', asText)
report('views.changes_read', median(reads), 'us', asText)
