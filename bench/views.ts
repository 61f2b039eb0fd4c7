import { createBookCore } from '../main/book/book-core.ts'
import { groupRow, symbolRow, tradeRow, userRow } from '../main/book/testing/rows.ts'
import { type ViewKind, type ViewSpec, viewTables } from '../shared/api/views.ts'
import { type RecordStream, recordKeys, recordTables, StreamId } from '../shared/bridge/streams.ts'
import { quotesTable, ticksTable } from '../shared/bridge/tables.ts'
import { columnsFromRows } from '../shared/wire/columns.ts'
import { jsonFrame, tableFrame } from '../shared/wire/frames.ts'
import { FrameType, openFrame } from '../shared/wire/header.ts'
import { rowAt, type TableSchema } from '../shared/wire/schema.ts'
import { createFrameRoom, createViewWriter, isWhole, readView } from '../shared/wire/view-frames.ts'
import { median, report } from './report.ts'

/**
 * What the views of the windows cost the book's worker, valuation aside: 500,000 positions of 100,000 accounts in 120
 * symbols, every price moved before every frame, twenty frames a second, orders made anew once a second.
 */

const POSITIONS = 500_000
const ACCOUNTS = 100_000
const SYMBOLS = 120
const CHUNK = 20_000
const FRAMES = 400
const PACE = 20
/** One frame in the worker, and the share of a core that four views may take. */
const FRAME_MS = 16
const CORE_SHARE = 0.25

let seed = 7
const random = (): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}
const deposits = ['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'AUD']
const bids = Array.from({ length: SYMBOLS }, (_, i) => (i < deposits.length - 1 ? 0.5 + i / 5 : 100 + i))
const symbols = bids.map((_, index) =>
  symbolRow({
    symbol: index < deposits.length - 1 ? `${deposits[index + 1]}USD` : `CFD${index}`,
    index,
    profitMode: index < deposits.length - 1 ? 0 : 1,
    contractSize: index < deposits.length - 1 ? 100_000 : 10,
    currency: index < deposits.length - 1 ? (deposits[index + 1] as string) : 'USD',
  }),
)
/** Most trade few symbols. */
const zipf = (): number => Math.min(SYMBOLS - 1, Math.floor(SYMBOLS ** random()) - 1)

const rowOf: Record<Exclude<RecordStream, 'symbols'>, (i: number) => object> = {
  groups: (i) => groupRow({ group: `real-${deposits[i]}`, currency: deposits[i] as string }),
  users: (i) =>
    userRow({
      login: 100_000 + i,
      group: `real-${deposits[i % deposits.length]}`,
      name: `Client ${i.toString(36)}`,
      country: ['Austria', 'Japan', 'Brazil', 'Kenya'][i % 4] as string,
      balance: Math.round(random() * 1e6) / 100,
    }),
  trades: (i) => {
    const at = zipf()
    return tradeRow({
      order: 1_000_000 + i,
      login: 100_000 + Math.floor(random() * ACCOUNTS),
      symbol: symbols[at]?.symbol as string,
      cmd: i % 2,
      volume: 1 + Math.floor(random() * 300),
      openPrice: Math.round((bids[at] as number) * (0.98 + random() * 0.04) * 1e5) / 1e5,
      storage: -Math.round(random() * 500) / 100,
    })
  },
}

let clock = 1_000_000
let n = 0
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

const accept = (bytes: Uint8Array): void => {
  const { header, frame } = openFrame(bytes)
  core.accept(header, frame)
}
const json = (type: FrameType, body: unknown) =>
  accept(jsonFrame({ type, stream: 0, n: ++n, scope: 1, first: 0, flags: 0 }, body))
const rows = (type: FrameType, stream: number, first: number, table: TableSchema, list: readonly object[]) =>
  accept(
    tableFrame(
      { type, stream, n: ++n, scope: 1, first, flags: 0 },
      table,
      columnsFromRows(table, list as never),
    ),
  )
const seqs = { symbols: 0, groups: 0, users: 0, trades: 0, ticks: 0 }
const counts = { symbols: SYMBOLS, groups: deposits.length, users: ACCOUNTS, trades: POSITIONS }
const prices = () =>
  bids.map((price, symbol) => {
    const bid = price * (0.999 + random() * 0.002)
    return { symbol, bid, ask: bid * 1.0001, high: bid, low: bid, time: 1_700_000_000_000 + clock }
  })

json(FrameType.SNAPSHOT_BEGIN, {
  epoch: 'bench',
  seqs,
  rows: { ...counts, quotes: SYMBOLS },
  serverTimeOffset: 0,
})
for (const stream of Object.keys(recordKeys) as RecordStream[])
  for (let first = 0; first < counts[stream]; first += CHUNK) {
    const list = Array.from({ length: Math.min(CHUNK, counts[stream] - first) }, (_, i) =>
      stream === 'symbols' ? (symbols[first + i] as object) : rowOf[stream](first + i),
    )
    rows(FrameType.SNAPSHOT_ROWS, StreamId[stream], first, recordTables[stream], list)
  }
rows(FrameType.SNAPSHOT_ROWS, StreamId.ticks, 0, quotesTable, prices())
json(FrameType.SNAPSHOT_END, { settled: seqs })
core.setLive(true)
core.valueNow()

const move = (): void => {
  seqs.ticks += SYMBOLS
  const ticks = prices().map(({ symbol, bid, ask, time }) => ({ symbol, bid, ask, time }))
  rows(FrameType.TICKS, StreamId.ticks, seqs.ticks - SYMBOLS + 1, ticksTable, ticks)
}

const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number
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
type Watched = { opened: number; frames: number[]; whole: number[]; changes: number[] }

/** Lets the views run for a while; times of the frames of all of them together, sizes of each. */
const watch = (specs: readonly ViewSpec[], frames: number, eachFrame: () => void = () => {}): Watched => {
  heard = []
  const ids = specs.map(() => ++lastView)
  const opened = time(() => specs.forEach((s, i) => core.openView(ids[i] as number, s)))
  const seen: Watched = { opened, frames: [], whole: [], changes: [] }
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
    seen.frames.push(time(core.tick))
    if (heard.length !== specs.length) throw new Error(`${heard.length} of ${specs.length} views had a frame`)
  }
  for (const id of ids) core.closeView(id)
  return seen
}

const frameReport = (name: string, { opened, frames }: Watched): void => {
  report(`views.${name}_open`, opened, 'ms')
  report(`views.${name}_frame_p50`, median(frames), 'ms')
  report(`views.${name}_frame_p99`, percentile(frames, 0.99), 'ms', { name: 'limit', value: FRAME_MS })
  report(`views.${name}_frame_max`, Math.max(...frames), 'ms')
}

for (const kind of ['accounts', 'positions'] as const)
  watch([spec(kind, kind === 'accounts' ? 'floatingBase' : 'totalBase')], 60)
globalThis.gc?.()

const accounts = watch([spec('accounts', 'floatingBase')], FRAMES)
frameReport('accounts_100k', accounts)
frameReport('positions_500k', watch([spec('positions', 'totalBase')], FRAMES))
frameReport('positions_500k_middle', watch([spec('positions', 'totalBase', { from: 250_000 })], FRAMES))

// Positions come and go all the time.
let traded = 0
const trade = (): void => {
  const row = { ...(rowOf.trades(traded) as { order: number }), order: 1_000_000 + (traded++ % POSITIONS) }
  const change = (kind: number) => ({ changeKind: kind, ...row })
  const table = {
    ...recordTables.trades,
    columns: { changeKind: 'u8', ...recordTables.trades.columns },
  } as TableSchema
  seqs.trades += 2
  rows(FrameType.CHANGES, StreamId.trades, seqs.trades - 1, { ...table, names: Object.keys(table.columns) }, [
    change(3),
    change(0),
  ])
}
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
const share = (four.frames.reduce((sum, ms) => sum + ms, 0) / FRAMES) * (PACE / 1000)
report('views.four_at_20_a_second', share, 'cores', { name: 'limit', value: CORE_SHARE })
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
