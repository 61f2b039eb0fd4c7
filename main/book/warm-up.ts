import type { ViewSpec } from '../../shared/api/views.ts'
import { type RecordStream, recordStreams, recordTables, StreamId } from '../../shared/bridge/streams.ts'
import { quotesTable, ticksTable } from '../../shared/bridge/tables.ts'
import type { Clock } from '../../shared/runtime/ports.ts'
import type { ColumnInput } from '../../shared/wire/columns.ts'
import { jsonFrame, tableFrame } from '../../shared/wire/frames.ts'
import { FrameType, openFrame } from '../../shared/wire/header.ts'
import { blankRow, type TableSchema } from '../../shared/wire/schema.ts'
import { emptyHash } from '../../shared/wire/state-hash.ts'
import { type BookCore, type BookSink, createBookCore } from './book-core.ts'

/**
 * A made-up book that is loaded, valued and looked at before the first real one comes, until the loops of a snapshot are
 * compiled. A cold worker takes about a third longer for its first snapshot of 500,000 positions, and keeps the other
 * core busy compiling meanwhile.
 */

const TRADES = 24_576
const USERS = 8192
const CHUNK = 8192
/** Valuations and frames of a pass: a real book has ten times as many accounts. */
const FRAMES = 4
const TIME = 1_700_000_000

/** Accounts of the last few have nothing open; then come trades of accounts that are not there. */
const HOLDERS = USERS - 100
const HELD = 24_000

const week = JSON.stringify(Array.from({ length: 7 }, () => ({ quote: [], trade: [] })))
const pairs = ['EURUSD', 'GBPUSD', 'USDJPY', 'EURGBP'] as const
const currencies = ['USD', 'EUR', 'GBP'] as const

type Cell = number | string
type Filled = Readonly<Record<string, (i: number) => Cell>>

const at = <T>(list: readonly T[], i: number): T => list[i % list.length] as T
const price = (i: number): number => (110_000 + (i % 997)) / 1e5
const cents = (i: number): number => ((i * 37) % 100_000) / 100

/** Columns that are not the same in every row. */
const filled: Readonly<Record<RecordStream, Filled>> = {
  symbols: {
    symbol: (i) => at(pairs, i),
    index: (i) => i,
    currency: (i) => at(pairs, i).slice(0, 3),
    sessions: () => week,
    contractSize: (i) => at([100_000, 100_000, 0, 1], i),
    profitMode: (i) => at([0, 0, 0, 1], i),
    marginMode: (i) => at([0, 0, 0, 1], i),
    tickSize: () => 0.01,
    tickValue: () => 0.1,
    marginHedged: (i) => at([50_000, 0], i),
    marginDivider: () => 1,
    digits: () => 5,
  },
  groups: {
    group: (i) => `group ${i}`,
    currency: (i) => at(currencies, i),
    secGroups: () => '[]',
    secMargins: () => '[]',
    marginType: (i) => at([0, 0, 1], i),
    hedgeLargeLeg: (i) => at([0, 1], i),
    marginCall: () => 100,
    marginStopout: () => 50,
  },
  users: {
    login: (i) => i + 1,
    group: (i) => `group ${i % 4}`,
    name: (i) => `Client ${i}`,
    country: (i) => `country ${i % 20}`,
    city: (i) => `city ${i % 60}`,
    zipCode: (i) => `${10_000 + i}`,
    phone: (i) => `+43 ${i}`,
    email: (i) => `client.${i}@example.org`,
    registrationDate: (i) => TIME + i * 999,
    leverage: (i) => at([50, 100, 200], i),
    balance: (i) => cents(i) - 100,
    credit: (i) => (i % 30 === 0 ? cents(i) : 0),
    prevEquity: cents,
  },
  trades: {
    order: (i) => i + 1,
    login: (i) => (i < HELD ? 1 + Math.floor((i * HOLDERS) / HELD) : USERS + i),
    // Some accounts hold both sides of one.
    symbol: (i) => at(pairs, i >> 2),
    digits: (i) => at([5, 3], i),
    cmd: (i) => (i % 50 === 7 ? 2 + (i % 6) : i % 3 === 0 ? 1 : 0),
    closeTime: (i) => (i % 100 === 1 ? TIME + i : 0),
    gwOrder: (i) => (i % 90 === 0 ? i : 0),
    taxes: (i) => (i % 80 === 0 ? -cents(i) / 100 : 0),
    volume: (i) => 1 + (i % 300),
    openTime: (i) => TIME + i * 77,
    openPrice: price,
    sl: (i) => (i % 3 === 0 ? price(i) : 0),
    reason: (i) => i % 5,
    convRateOpen: (i) => 1 + i / 7,
    commission: (i) => -cents(i) / 1000,
    storage: cents,
    closePrice: price,
    profit: (i) => cents(i) - 500,
    magic: (i) => i * 70_001,
    comment: (i) => (i % 3 === 0 ? `ea ${i % 5000}` : ''),
    marginRate: (i) => 1 + i / 9,
    timestamp: (i) => TIME + i * 77,
  },
}
const counts: Readonly<Record<RecordStream, number>> = { symbols: 4, groups: 3, users: USERS, trades: TRADES }

const columnsOf = (stream: RecordStream, first: number, rows: number): ColumnInput<TableSchema> => {
  const schema: TableSchema = recordTables[stream]
  const blank = blankRow(schema) as Record<string, Cell>
  const cells = (name: string): Cell[] => {
    const of = filled[stream][name] ?? (() => blank[name] as Cell)
    return Array.from({ length: rows }, (_, i) => of(first + i))
  }
  const columns = Object.fromEntries(schema.names.map((name) => [name, cells(name)]))
  return { rows, columns: columns as Record<string, number[]> }
}

/** What windows show first. */
const views = ['accounts', 'positions'] as const
const sortedBy = { accounts: 'floatingBase', positions: 'totalBase' } as const

const spec = (kind: keyof typeof sortedBy): ViewSpec => ({
  kind,
  filter: {},
  sort: { column: sortedBy[kind], descending: true },
  from: 0,
  count: 60,
  // However soon after the empty one, a frame is due.
  pace: 60,
  hold: false,
})

/** A follow from its beginning to its first checkpoint, as a bridge sends it, and prices that come behind it. */
const frames = (): { snapshot: Uint8Array<ArrayBuffer>[]; prices: Uint8Array<ArrayBuffer>[] } => {
  const all: Uint8Array<ArrayBuffer>[] = []
  const head = (type: FrameType, stream: number, first: number) => ({
    type,
    stream,
    n: all.length + 1,
    scope: 1,
    first,
    flags: 0,
  })
  const seqs = { symbols: 0, groups: 0, users: 0, trades: 0, ticks: 0 }
  const rows = { ...counts, quotes: pairs.length }
  const begin = { epoch: 'warm-up', seqs, rows, serverTimeOffset: 0 }
  all.push(jsonFrame(head(FrameType.SNAPSHOT_BEGIN, 0, 0), begin))
  for (const stream of recordStreams)
    for (let first = 0; first < counts[stream]; first += CHUNK) {
      const input = columnsOf(stream, first, Math.min(CHUNK, counts[stream] - first))
      const header = head(FrameType.SNAPSHOT_ROWS, StreamId[stream], first)
      all.push(tableFrame(header, recordTables[stream], input as never))
    }
  const index = pairs.map((_, i) => i)
  const same = pairs.map(() => 1.1)
  const time = pairs.map(() => TIME * 1000)
  const quotes = { symbol: index, bid: same, ask: same, high: same, low: same, time }
  const board = { rows: pairs.length, columns: quotes }
  all.push(tableFrame(head(FrameType.SNAPSHOT_ROWS, StreamId.ticks, 0), quotesTable, board))
  all.push(jsonFrame(head(FrameType.SNAPSHOT_END, 0, 0), { settled: seqs }))
  const hashes = { symbols: emptyHash, groups: emptyHash, users: emptyHash, trades: emptyHash }
  all.push(jsonFrame(head(FrameType.CHECKPOINT, 0, 0), { seqs, hashes }))
  const snapshot = all.slice()
  for (let i = 1; i < FRAMES; i++) {
    const tick = {
      rows: 1,
      columns: { symbol: [0], bid: [1.1 + i / 100], ask: [1.1 + i / 100], time: [TIME * 1000] },
    }
    all.push(tableFrame(head(FrameType.TICKS, StreamId.ticks, i), ticksTable, tick))
  }
  return { snapshot, prices: all.slice(snapshot.length) }
}

export type WarmUp = {
  /** Does it all once, in about a tenth of a second, later in less. */
  readonly pass: () => { accounts: number; positions: number }
  /** Lets go of the last book: V8 keeps what it compiled of a function no longer than somebody holds it. */
  readonly close: () => void
}

export const createWarmUp = (base: string, clock: Clock, stopwatch: () => number): WarmUp => {
  const { snapshot, prices } = frames()
  const nothing = (): void => {}
  const held: BookCore[] = []
  return {
    pass: () => {
      const sink: BookSink = {
        applied: nothing,
        refused: ({ detail }) => {
          throw new Error(`the warm-up was refused: ${detail}`)
        },
        mismatch: nothing,
        marks: nothing,
        viewFrame: nothing,
      }
      let later = 0
      const ownClock = { now: () => clock.now() + later }
      // Totals are to be worked out as those of a real book, which has more accounts than somebody adds up by hand.
      const core = createBookCore(base, ownClock, stopwatch, sink, { rowsAddedUp: USERS / 2 })
      // Windows are there before the book is.
      views.forEach((kind, id) => {
        core.openView(id, spec(kind))
        core.ackView(id, 1)
      })
      const take = (bytes: Uint8Array<ArrayBuffer>): void => {
        const { header, frame } = openFrame(bytes.slice())
        core.accept(header, frame)
      }
      for (const bytes of snapshot) take(bytes)
      core.setLive(true)
      core.tick()
      for (const bytes of prices) {
        take(bytes)
        // Marks are made anew after a quarter of a second.
        later += 1000
        views.forEach((kind, id) => {
          core.closeView(id)
          core.openView(id, spec(kind))
        })
      }
      held[0] = core
      const { accounts, positions } = core.stats()
      return { accounts, positions }
    },
    close: () => {
      held.length = 0
    },
  }
}
