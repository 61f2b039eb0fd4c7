import { groupRow, symbolRow, tradeRow, userRow } from '../main/book/testing/rows.ts'
import { type RecordStream, recordKeys, recordTables, StreamId } from '../shared/bridge/streams.ts'
import { quotesTable, ticksTable } from '../shared/bridge/tables.ts'
import { columnsFromRows } from '../shared/wire/columns.ts'
import { jsonFrame, tableFrame } from '../shared/wire/frames.ts'
import { FrameType, openFrame } from '../shared/wire/header.ts'
import type { TableSchema } from '../shared/wire/schema.ts'

/**
 * The broker that benchmarks are run on. Workload A: 500,000 open positions of 100,000 accounts in 120 symbols and six
 * deposit currencies, most of them in few symbols (Zipf). Workload B: ten times the positions and accounts. The same
 * seed gives the same broker; rows are made when they are asked for, so that B needs no memory of its own.
 */
export type Workload = { readonly positions: number; readonly accounts: number; readonly symbols: number }
export const workloadA: Workload = { positions: 500_000, accounts: 100_000, symbols: 120 }
export const workloadB: Workload = { positions: 5_000_000, accounts: 1_000_000, symbols: 120 }

const CHUNK = 20_000
const FIRST_LOGIN = 100_000
const FIRST_ORDER = 10_000_000

export const createRandom = (seed: number) => {
  let state = seed
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return { next, pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T }
}

const majors = ['EUR', 'USD', 'GBP', 'JPY', 'CHF', 'AUD', 'CAD', 'NZD', 'SEK', 'NOK', 'PLN'] as const
export const deposits = ['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'AUD'] as const
const worth: Record<string, number> = { EUR: 1.1, USD: 1, GBP: 1.25, JPY: 0.0067, CHF: 1.12, AUD: 0.66 }
const valueOf = (currency: string): number => worth[currency] ?? 0.5

const pairs = majors.flatMap((b, i) => majors.slice(i + 1).map((q) => b + q))

export const symbolNames = (count: number): string[] => [
  ...pairs,
  ...Array.from({ length: count - pairs.length }, (_, i) => `CFD${i}`),
]

export const basePrice = (index: number): number => {
  const pair = pairs[index]
  return pair === undefined ? 1000 + index : valueOf(pair.slice(0, 3)) / valueOf(pair.slice(3, 6))
}

export type Frame = ReturnType<typeof openFrame>

/** Makes frames as the bridge sends them, numbered from 1. */
export const createFeed = (workload: Workload) => {
  const random = createRandom(7)
  const names = symbolNames(workload.symbols)
  let n = 0
  let time = 1_700_000_000_000
  const seqs = { symbols: 0, groups: 0, users: 0, trades: 0, ticks: 0 }
  const json = (type: FrameType, body: unknown): Frame =>
    openFrame(jsonFrame({ type, stream: 0, n: ++n, scope: 1, first: 0, flags: 0 }, body))
  const rows = (
    type: FrameType,
    stream: number,
    first: number,
    table: TableSchema,
    list: readonly object[],
  ): Frame =>
    openFrame(
      tableFrame(
        { type, stream, n: ++n, scope: 1, first, flags: 0 },
        table,
        columnsFromRows(table, list as never),
      ),
    )

  const zipf = (): number => Math.min(workload.symbols - 1, Math.floor(workload.symbols ** random.next()) - 1)
  const trade = (i: number) => {
    const at = zipf()
    const price = basePrice(at) * (0.98 + random.next() * 0.04)
    return tradeRow({
      order: FIRST_ORDER + i,
      login: FIRST_LOGIN + Math.floor(random.next() * workload.accounts),
      symbol: names[at] as string,
      cmd: i % 2,
      volume: 1 + Math.floor(random.next() * 300),
      openPrice: Math.round(price * 1e5) / 1e5,
      storage: -Math.round(random.next() * 500) / 100,
      commission: -Math.round(random.next() * 700) / 100,
      marginRate: 1,
    })
  }
  const user = (i: number) =>
    userRow({
      login: FIRST_LOGIN + i,
      group: `real-${random.pick(deposits)}`,
      name: `${random.pick(['Anna', 'Otto', 'Zoe', 'Ivan', 'Mei'])} ${String.fromCodePoint(65 + (i % 26))}${i.toString(36)}`,
      email: `client${i}@example.org`,
      phone: `+43 660 ${1_000_000 + i}`,
      country: random.pick(['Austria', 'Japan', 'Brazil', 'Kenya']),
      balance: Math.round(random.next() * 1e7) / 100,
      leverage: 100,
    })
  const records: Record<RecordStream, { count: number; row: (i: number) => object }> = {
    symbols: {
      count: workload.symbols,
      row: (index) =>
        symbolRow({
          symbol: names[index] as string,
          index,
          profitMode: index < pairs.length ? 0 : 1,
          contractSize: index < pairs.length ? 100_000 : 10,
          currency: index < pairs.length ? (names[index] as string).slice(0, 3) : 'USD',
        }),
    },
    groups: {
      count: deposits.length,
      row: (i) => groupRow({ group: `real-${deposits[i]}`, currency: deposits[i] as string }),
    },
    users: { count: workload.accounts, row: user },
    trades: { count: workload.positions, row: trade },
  }

  const quote = (symbol: number) => {
    const bid = basePrice(symbol) * (0.999 + random.next() * 0.002)
    return { symbol, bid, ask: bid * 1.0001, high: bid, low: bid, time }
  }

  return {
    random,
    seqs,
    /** The frames of a whole snapshot, one after the other. */
    *snapshot(): Generator<Frame> {
      const counts = {
        symbols: workload.symbols,
        groups: deposits.length,
        users: workload.accounts,
        trades: workload.positions,
        quotes: workload.symbols,
      }
      const begin = { epoch: 'bench', seqs, rows: counts, serverTimeOffset: 0 }
      yield json(FrameType.SNAPSHOT_BEGIN, begin)
      for (const stream of Object.keys(recordKeys) as RecordStream[]) {
        const { count, row } = records[stream]
        for (let first = 0; first < count; first += CHUNK) {
          const list = Array.from({ length: Math.min(CHUNK, count - first) }, (_, i) => row(first + i))
          yield rows(FrameType.SNAPSHOT_ROWS, StreamId[stream], first, recordTables[stream], list)
        }
      }
      const quotes = Array.from({ length: workload.symbols }, (_, i) => quote(i))
      yield rows(FrameType.SNAPSHOT_ROWS, StreamId.ticks, 0, quotesTable, quotes)
      yield json(FrameType.SNAPSHOT_END, { settled: seqs })
    },
    /** Ticks of so many symbols, in turn, `ms` later than the last. */
    ticks: (count: number, ms: number): Frame => {
      time += ms
      const list = Array.from({ length: count }, () => {
        const { symbol, bid, ask, time: at } = quote(seqs.ticks++ % workload.symbols)
        return { symbol, bid, ask, time: at }
      })
      return rows(FrameType.TICKS, StreamId.ticks, seqs.ticks - count + 1, ticksTable, list)
    },
  }
}
