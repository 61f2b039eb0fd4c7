import type { Source, SourceState } from '../../bridge/source.ts'
import { groupRow, symbolRow, tradeRow, userRow } from '../../main/book/testing/rows.ts'
import { recordStreams, recordTables } from '../../shared/bridge/streams.ts'
import type { Quote, SymbolRecord, TradeRecord, UserRecord } from '../../shared/bridge/tables.ts'
import type { ColumnType, TableSchema } from '../../shared/wire/schema.ts'

/**
 * A broker of any size out of a seed: 120 symbols traded after Zipf's law, six deposit currencies, accounts of which few
 * trade much. Cells vary as those of a real server do: a third of the positions have stops, conversion and margin rates
 * are not rounded, a part has comments and magic numbers. Rows are made while they are read; nothing is kept.
 */

const SYMBOLS = 120
const NOW = 1_700_000_000
const MONTH = 30 * 86_400
const FIRST_LOGIN = 100_000
const FIRST_ORDER = 1_000_000

const majors = ['EUR', 'USD', 'GBP', 'JPY', 'CHF', 'AUD', 'CAD', 'NZD', 'SEK', 'NOK', 'PLN'] as const
const deposits = ['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'AUD'] as const
const worth: Record<string, number> = { EUR: 1.1, USD: 1, GBP: 1.25, JPY: 0.0067, CHF: 1.12, AUD: 0.66 }
const valueOf = (currency: string): number => worth[currency] ?? 0.5

const pairs = majors.flatMap((b, i) => majors.slice(i + 1).map((q) => b + q))
const names = [...pairs, ...Array.from({ length: SYMBOLS - pairs.length }, (_, i) => `CFD${i}`)]
const priceOf = names.map((name, i) =>
  i < pairs.length ? valueOf(name.slice(0, 3)) / valueOf(name.slice(3, 6)) : 1000 + i,
)
const digitsOf = names.map((name, i) => (i >= pairs.length ? 2 : name.endsWith('JPY') ? 3 : 5))

const symbols: SymbolRecord[] = names.map((symbol, index) =>
  symbolRow({
    symbol,
    index,
    digits: digitsOf[index] as number,
    profitMode: index < pairs.length ? 0 : 1,
    contractSize: index < pairs.length ? 100_000 : 10,
    currency: index < pairs.length ? symbol.slice(0, 3) : 'USD',
  }),
)
const groups = deposits.flatMap((currency) =>
  ['std', 'ecn', 'vip'].map((kind) => groupRow({ group: `${kind}-${currency}`, currency })),
)
const quotes: Quote[] = priceOf.map((bid, symbol) => ({
  symbol,
  bid,
  ask: bid * 1.0001,
  high: bid,
  low: bid,
  time: NOW * 1000,
}))

const randomFrom = (seed: number) => {
  let state = seed
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return {
    random,
    below: (n: number): number => Math.floor(random() * n),
    pick: <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T,
    cents: (most: number): number => Math.round(random() * most * 100) / 100,
  }
}

const first = ['Anna', 'Otto', 'Zoë', 'Ivan', 'Mei', 'Carlos', 'Fatima', 'Jürgen', 'Priya', 'Olu']
const last = ['Novák', 'Berger', 'Okafor', 'Silva', 'Tanaka', 'Müller', 'Haddad', 'Petrov', 'Rossi', 'Lind']
const places = Array.from({ length: 60 }, (_, i) => ({ city: `City ${i}`, country: `Country ${i % 20}` }))
const comments = Array.from({ length: 2000 }, (_, i) => (i % 2 ? `from #${900_000 + i}` : `ea ${i}`))

function* users(count: number): Generator<UserRecord> {
  const { random, below, pick, cents } = randomFrom(7)
  for (let i = 0; i < count; i++) {
    const place = pick(places)
    const balance = cents(10_000)
    yield userRow({
      login: FIRST_LOGIN + i,
      group: pick(groups).group,
      name: `${pick(first)} ${pick(last)} ${i.toString(36)}`,
      country: place.country,
      city: place.city,
      zipCode: String(10_000 + below(89_999)),
      address: `${pick(last)} Street ${1 + below(200)}`,
      leadSource: pick(['web', 'ib', 'ad', '']),
      phone: `+43 660 ${1_000_000 + below(9_000_000)}`,
      email: `client.${i}@example.org`,
      comment: random() < 0.1 ? `called ${below(28)}.03., wants a call back` : '',
      externalId: random() < 0.3 ? `ID${below(1e9)}` : '',
      status: 'RE',
      registrationDate: NOW - below(5 * 365 * 86_400),
      lastDate: NOW - below(MONTH),
      leverage: pick([50, 100, 200, 500]),
      agentAccount: random() < 0.2 ? FIRST_LOGIN + below(500) : 0,
      timestamp: NOW - below(MONTH),
      lastIp: `192.0.2.${below(255)}`,
      balance,
      prevMonthBalance: cents(10_000),
      prevBalance: balance,
      credit: random() < 0.05 ? below(500) : 0,
      prevMonthEquity: cents(10_000),
      prevEquity: cents(10_000),
    })
  }
}

function* trades(count: number, accounts: number): Generator<TradeRecord> {
  const { random, below, pick, cents } = randomFrom(11)
  for (let i = 0; i < count; i++) {
    const at = Math.min(SYMBOLS - 1, Math.floor(SYMBOLS ** random()) - 1)
    const scale = 10 ** (digitsOf[at] as number)
    const rounded = (x: number): number => Math.round(x * scale) / scale
    const price = (priceOf[at] as number) * (0.98 + random() * 0.04)
    const openTime = NOW - below(MONTH)
    yield tradeRow({
      order: FIRST_ORDER + i,
      login: FIRST_LOGIN + Math.floor(random() ** 2 * accounts),
      symbol: names[at] as string,
      digits: digitsOf[at] as number,
      cmd: i % 2,
      volume: 1 + Math.floor(random() ** 3 * 1000),
      openTime,
      openPrice: rounded(price),
      sl: random() < 0.35 ? rounded(price * 0.97) : 0,
      tp: random() < 0.3 ? rounded(price * 1.03) : 0,
      reason: below(5),
      convRateOpen: 0.7 + random() * 0.6,
      commission: -cents(7),
      commissionAgent: random() < 0.2 ? cents(3) : 0,
      storage: -cents(20),
      closePrice: rounded(price * (0.99 + random() * 0.02)),
      profit: Math.round((random() - 0.5) * 100_000) / 100,
      magic: random() < 0.4 ? 1 + below(2_000_000_000) : 0,
      comment: random() < 0.3 ? pick(comments) : '',
      marginRate: 0.7 + random() * 0.6,
      timestamp: openTime,
    })
  }
}

export type Size = { readonly accounts: number; readonly positions: number }

export const stateOf = ({ accounts, positions }: Size): SourceState => ({
  symbols,
  groups,
  users: users(accounts),
  trades: trades(positions, accounts),
  quotes,
})

export const createBenchSource = (size: Size): Source => ({
  name: 'bench',
  serverTimeOffset: 0,
  start: (sink) => {
    sink.load(stateOf(size))
    sink.status({ direct: true, pumping: true, dealing: false, detail: 'bench' })
    return Promise.resolve()
  },
  command: () => Promise.resolve({ code: 1, message: 'nothing to do' }),
  close: () => Promise.resolve(),
})

const widths: Record<ColumnType, number> = { u8: 1, u16: 2, i32: 4, f64: 8, dict: 2, str: 4 }

/** Bytes of the columns themselves: numbers at their widths, codes of 2 bytes, texts as UTF-8 behind offsets of 4. */
export const rawBytes = (size: Size): number => {
  const state = stateOf(size)
  let total = 0
  for (const stream of recordStreams) {
    const schema: TableSchema = recordTables[stream]
    const texts = schema.names.filter((name) => schema.columns[name] === 'str')
    const fixed = schema.names.reduce((sum, name) => sum + widths[schema.columns[name] as ColumnType], 0)
    for (const row of state[stream] as Iterable<Record<string, number | string>>) {
      total += fixed
      for (const name of texts) total += Buffer.byteLength(row[name] as string)
    }
  }
  return total
}
