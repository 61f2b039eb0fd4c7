import { createBookCore } from '../main/book/book-core.ts'
import { groupRow, symbolRow, tradeRow, userRow } from '../main/book/testing/rows.ts'
import type { ViewSpec } from '../shared/api/views.ts'
import { type RecordStream, recordKeys, recordTables, StreamId } from '../shared/bridge/streams.ts'
import { quotesTable, ticksTable } from '../shared/bridge/tables.ts'
import { columnsFromRows } from '../shared/wire/columns.ts'
import { jsonFrame, tableFrame } from '../shared/wire/frames.ts'
import { FrameType, openFrame } from '../shared/wire/header.ts'
import type { TableSchema } from '../shared/wire/schema.ts'
import { median, report } from './report.ts'

/**
 * The book core alone, on the size of a large broker: 500,000 positions of 100,000 accounts in 120 symbols and six
 * deposit currencies. The pass values every position with both legs rounded; its limit is reading the bytes it has to
 * read and write once (a sum of as many bytes of Float64, four accumulators, in the same run).
 */

const POSITIONS = 500_000
const ACCOUNTS = 100_000
const SYMBOLS = 120
const ROUNDS = 25
const CHUNK = 20_000
/** Per position: cell, account (4 each), lots, open price, costs read, result written (8 each). */
const BYTES_A_POSITION = 40

let seed = 7
const random = (): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

const majors = ['EUR', 'USD', 'GBP', 'JPY', 'CHF', 'AUD', 'CAD', 'NZD', 'SEK', 'NOK', 'PLN'] as const
const deposits = ['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'AUD'] as const
const worth: Record<string, number> = { EUR: 1.1, USD: 1, GBP: 1.25, JPY: 0.0067, CHF: 1.12, AUD: 0.66 }
const valueOf = (currency: string): number => worth[currency] ?? 0.5

const pairs = majors.flatMap((b) =>
  majors.filter((q) => q !== b && majors.indexOf(b) < majors.indexOf(q)).map((q) => b + q),
)
const names = [...pairs, ...Array.from({ length: SYMBOLS - pairs.length }, (_, i) => `CFD${i}`)]
const symbols = names.map((symbol, index) =>
  symbolRow({
    symbol,
    index,
    profitMode: index < pairs.length ? 0 : 1,
    contractSize: index < pairs.length ? 100_000 : 10,
    currency: index < pairs.length ? symbol.slice(0, 3) : 'USD',
  }),
)
const priceOf = symbols.map((s, i) =>
  i < pairs.length ? valueOf(s.symbol.slice(0, 3)) / valueOf(s.symbol.slice(3, 6)) : 1000 + i,
)
/** Zipf: most trade few symbols. */
const zipf = (): number => Math.min(SYMBOLS - 1, Math.floor(SYMBOLS ** random()) - 1)

const records = {
  symbols,
  groups: deposits.map((currency) => groupRow({ group: `real-${currency}`, currency })),
  users: Array.from({ length: ACCOUNTS }, (_, i) =>
    userRow({
      login: 100_000 + i,
      group: `real-${pick(deposits)}`,
      name: `${pick(['Anna', 'Otto', 'Zoe', 'Ivan', 'Mei'])} ${String.fromCodePoint(65 + (i % 26))}${i.toString(36)}`,
      email: `client${i}@example.org`,
      phone: `+43 660 ${1_000_000 + i}`,
      country: pick(['Austria', 'Japan', 'Brazil', 'Kenya']),
      balance: Math.round(random() * 1e6) / 100,
    }),
  ),
  trades: Array.from({ length: POSITIONS }, (_, i) => {
    const at = zipf()
    const price = (priceOf[at] as number) * (0.98 + random() * 0.04)
    return tradeRow({
      order: 1_000_000 + i,
      login: 100_000 + Math.floor(random() * ACCOUNTS),
      symbol: names[at] as string,
      cmd: i % 2,
      volume: 1 + Math.floor(random() * 300),
      openPrice: Math.round(price * 1e5) / 1e5,
      storage: -Math.round(random() * 500) / 100,
      commission: -Math.round(random() * 700) / 100,
    })
  }),
}

let n = 0
const core = createBookCore('USD', { now: () => clock }, () => performance.now(), {
  applied: () => {},
  refused: (r) => {
    throw new Error(r.detail)
  },
  mismatch: () => {},
  marks: () => {},
  viewFrame: (viewId, frame) => {
    const { header } = openFrame(frame)
    painted = header.rows
    core.ackView(viewId, header.n)
  },
})
let clock = 1_000_000
let painted = 0

const open = (bytes: Uint8Array) => openFrame(bytes)
const json = (type: FrameType, body: unknown) =>
  open(jsonFrame({ type, stream: 0, n: ++n, scope: 1, first: 0, flags: 0 }, body))
const rows = (type: FrameType, stream: number, first: number, table: TableSchema, list: readonly object[]) =>
  open(
    tableFrame(
      { type, stream, n: ++n, scope: 1, first, flags: 0 },
      table,
      columnsFromRows(table, list as never),
    ),
  )

const seqs = { symbols: 0, groups: 0, users: 0, trades: 0, ticks: 0 }
const quotes = () =>
  priceOf.map((price, symbol) => {
    const bid = price * (0.999 + random() * 0.002)
    return { symbol, bid, ask: bid * 1.0001, high: bid, low: bid, time: 1_700_000_000_000 + clock }
  })

const counts = { symbols: SYMBOLS, groups: 6, users: ACCOUNTS, trades: POSITIONS, quotes: SYMBOLS }
const snapshot = [json(FrameType.SNAPSHOT_BEGIN, { epoch: 'bench', seqs, rows: counts, serverTimeOffset: 0 })]
for (const stream of Object.keys(recordKeys) as RecordStream[])
  for (let first = 0; first < records[stream].length; first += CHUNK)
    snapshot.push(
      rows(
        FrameType.SNAPSHOT_ROWS,
        StreamId[stream],
        first,
        recordTables[stream],
        records[stream].slice(first, first + CHUNK),
      ),
    )
snapshot.push(rows(FrameType.SNAPSHOT_ROWS, StreamId.ticks, 0, quotesTable, quotes()))
snapshot.push(json(FrameType.SNAPSHOT_END, { settled: seqs }))

// The rows as objects are the bench's own; the book must not pay for collecting them.
for (const stream of Object.keys(recordKeys) as RecordStream[]) records[stream].length = 0

const time = (act: () => void): number => {
  const start = performance.now()
  act()
  return performance.now() - start
}

const applied: number[] = []
const linked: number[] = []
let longest = 0
for (let round = 0; round < 5; round++) {
  let sum = 0
  for (const { header, frame } of snapshot) {
    const ms = time(() => core.accept(header, frame))
    sum += ms
    if (round > 0) longest = Math.max(longest, ms)
  }
  applied.push(sum)
  linked.push(time(core.valueNow))
}

const limitCells = new Float64Array((POSITIONS * BYTES_A_POSITION) / 8).fill(1.5)
let guard = 0
const limit = (): void => {
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let i = 0; i < limitCells.length; i += 4) {
    a += limitCells[i] as number
    b += limitCells[i + 1] as number
    c += limitCells[i + 2] as number
    d += limitCells[i + 3] as number
  }
  guard += a + b + c + d
}

const move = (): void => {
  clock += 100
  seqs.ticks += SYMBOLS
  const ticks = quotes().map(({ symbol, bid, ask, time }) => ({ symbol, bid, ask, time }))
  const { header, frame } = rows(FrameType.TICKS, StreamId.ticks, seqs.ticks - SYMBOLS + 1, ticksTable, ticks)
  core.accept(header, frame)
}

snapshot.length = 0
globalThis.gc?.()
const passes: number[] = []
const limits: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  move()
  passes.push(time(core.valueNow))
  limits.push(time(limit))
}

const spec = (column: string, descending: boolean): ViewSpec => ({
  kind: 'accounts',
  filter: {},
  sort: { column, descending },
  from: 0,
  count: 60,
  pace: 30,
  hold: false,
})
const openings: number[] = []
const byName: number[] = []
const filtered: number[] = []
const positionViews: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  core.valueNow()
  openings.push(
    time(() => core.openView(1, spec(pick(['floatingBase', 'equity', 'marginLevel']), round % 2 === 0))),
  )
  core.closeView(1)
  byName.push(time(() => core.openView(2, spec('name', false))))
  core.closeView(2)
  filtered.push(
    time(() =>
      core.openView(3, { ...spec('dayPlBase', true), filter: { text: pick(['otto', 'japan', '99']) } }),
    ),
  )
  core.closeView(3)
  positionViews.push(time(() => core.openView(4, { ...spec('totalBase', true), kind: 'positions' })))
  core.closeView(4)
}

const kept: number[] = []
core.openView(5, spec('floatingBase', true))
for (let round = 0; round < ROUNDS; round++) {
  move()
  core.valueNow()
  kept.push(time(core.tick))
}
core.closeView(5)

const searches: number[] = []
for (let round = 0; round < ROUNDS; round++)
  searches.push(time(() => core.search(pick(['mei z9', '1005', 'client77', '660 1000', 'eurus']), 20)))

if (painted !== 60 || guard <= 0) throw new Error('the benchmark did not do its work')
const sumMs = median(limits)
report('book.full_pass', median(passes), 'ms', { name: 'sum_of_same_bytes', value: sumMs })
report('book.positions_per_second', POSITIONS / (median(passes) / 1000), '1/s')
report('book.snapshot_apply_500k', median(applied.slice(1)), 'ms')
report('book.snapshot_longest_frame', longest, 'ms')
report('book.link_and_first_pass', median(linked.slice(1)), 'ms')
report('book.accounts_view_open_60_of_100k', median(openings), 'ms', { name: 'limit', value: 30 })
report('book.accounts_view_open_by_name', median(byName), 'ms', { name: 'limit', value: 30 })
report('book.accounts_view_open_filtered', median(filtered), 'ms', { name: 'limit', value: 30 })
report('book.accounts_view_frame_kept_order', median(kept), 'ms')
report('book.positions_view_open_60_of_500k', median(positionViews), 'ms')
report('book.search_100k', median(searches), 'ms', { name: 'limit', value: 20 })
report('book.memory', core.stats().memoryBytes / 2 ** 20, 'MiB')
