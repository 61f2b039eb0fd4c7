import fc from 'fast-check'
import type { ViewSpec } from '../../../shared/api/views.ts'
import { viewTables } from '../../../shared/api/views.ts'
import { ChangeKind } from '../../../shared/bridge/streams.ts'
import type {
  GroupRecord,
  Quote,
  SymbolRecord,
  Tick,
  TradeRecord,
  UserRecord,
} from '../../../shared/bridge/tables.ts'
import type { Change } from './feed.ts'
import { groupRow, symbolRow, tradeRow, userRow } from './rows.ts'

/** Random small worlds for properties: few keys, so that rows meet, and prices with which conversions make sense. */

export const pairNames = [
  'EURUSD',
  'USDJPY',
  'GBPUSD',
  'EURGBP',
  'GBPJPY',
  'USDCHF',
  'EURUSD.m',
  'GBPJPY.m',
] as const
const others = ['DAX', 'GOLD', 'ES'] as const
const names = [...pairNames, ...others] as const
const currencies = ['USD', 'EUR', 'JPY', 'CHF', 'PLN'] as const
const DAY = 1_700_006_400

const cents = (max: number): fc.Arbitrary<number> =>
  fc.integer({ min: -max * 100, max: max * 100 }).map((c) => c / 100)
const price: fc.Arbitrary<number> = fc.integer({ min: 10_000, max: 300_000 }).map((p) => p / 100_000)

export const anySymbol: fc.Arbitrary<SymbolRecord> = fc
  .record({
    at: fc.nat(names.length - 1),
    contractSize: fc.constantFrom(1, 100, 100_000),
    marginMode: fc.nat(4),
    marginInitial: fc.constantFrom(0, 0, 500),
    marginHedged: fc.constantFrom(0, 50, 50_000),
    marginDivider: fc.constantFrom(1, 1, 0.5, 0),
    tickSize: fc.constantFrom(0, 0.25),
    currency: fc.constantFrom('USD', 'EUR'),
    profitMode: fc.constantFrom(1, 2),
  })
  .map(({ at, currency, profitMode, ...terms }) => {
    const symbol = names[at] as string
    const pair = (pairNames as readonly string[]).includes(symbol)
    return symbolRow({
      symbol,
      index: at,
      ...terms,
      tickValue: 12.5,
      marginMaintenance: 300,
      profitMode: pair ? 0 : profitMode,
      currency: pair ? symbol.slice(0, 3) : currency,
      digits: symbol.includes('JPY') ? 3 : 5,
    })
  })

export const anyGroup: fc.Arbitrary<GroupRecord> = fc
  .record({
    group: fc.constantFrom('real', 'real-jpy', 'vip', 'coverage'),
    currency: fc.constantFrom(...currencies),
    marginMode: fc.nat(3),
    marginType: fc.nat(1),
    hedgeLargeLeg: fc.nat(1),
    stopoutSkipHedged: fc.nat(1),
    override: fc.option(fc.constantFrom(...names), { nil: null }),
  })
  .map(({ override, ...g }) =>
    groupRow({
      ...g,
      secMargins: JSON.stringify(
        override === null ? [] : [{ symbol: override, swapLong: 0, swapShort: 0, marginDivider: 2 }],
      ),
    }),
  )

const login = fc.integer({ min: 1, max: 12 })

export const anyUser: fc.Arbitrary<UserRecord> = fc
  .record({
    login,
    group: fc.constantFrom('real', 'real-jpy', 'vip', 'coverage', 'nowhere'),
    name: fc.constantFrom('Anna Berg', 'anna berg', 'Zoë Ček', 'Otto', '', 'Ümit'),
    country: fc.constantFrom('Austria', 'Japan', ''),
    leverage: fc.constantFrom(0, 1, 100, 500),
    balance: cents(5000),
    credit: fc.constantFrom(0, 0, 250.5),
    prevEquity: cents(5000),
  })
  .map(userRow)

export const anyTrade: fc.Arbitrary<TradeRecord> = fc
  .record({
    order: fc.integer({ min: 1, max: 40 }),
    login: fc.integer({ min: 1, max: 13 }),
    symbol: fc.constantFrom(...names, 'GONE'),
    cmd: fc.constantFrom(0, 0, 0, 1, 1, 1, 2, 3, 4, 5, 6, 7),
    volume: fc.integer({ min: 0, max: 500 }),
    openTime: fc.integer({ min: DAY - 90_000, max: DAY + 90_000 }),
    openPrice: price,
    closed: fc.boolean(),
    storage: cents(20),
    commission: cents(20),
    taxes: fc.constantFrom(0, -0.5),
    profit: cents(500),
    comment: fc.constantFrom('', '[sl]', 'from #7'),
    marginRate: fc.constantFrom(1, 1.1, 0.009),
  })
  .map(({ closed, ...t }) =>
    tradeRow({ ...t, closeTime: closed && t.order % 3 === 0 ? t.openTime + 60 : 0, digits: 5 }),
  )

export const anyQuote: fc.Arbitrary<Quote> = fc
  .record({
    symbol: fc.nat(names.length - 1),
    bid: price,
    spread: fc.integer({ min: -2, max: 30 }),
    time: fc.integer({ min: DAY * 1000 - 90_000_000, max: DAY * 1000 + 90_000_000 }),
    none: fc.nat(14),
  })
  .map(({ symbol, bid, spread, time, none }) => {
    // Feeds send nonsense too: nothing, less than nothing, far too much.
    const given = [0, -bid, bid * 1e4][none] ?? bid
    const ask = none === 3 ? -spread : given + spread / 100_000
    return { symbol, bid: given, ask, high: bid + 1, low: bid / 2, time }
  })

export const anyTick: fc.Arbitrary<Tick> = anyQuote.map(({ symbol, bid, ask, time }) => ({
  symbol,
  bid,
  ask,
  time,
}))

const kinds = { trades: [0, 1, 2, 3], users: [0, 1, 5], groups: [0, 1], symbols: [0, 1] } as const

const changesOf = <R extends Change['row']>(
  stream: Change['stream'],
  row: fc.Arbitrary<R>,
): fc.Arbitrary<Change[]> =>
  fc
    .array(
      fc.record({
        kind: fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom(...kinds[stream]) },
          { weight: 1, arbitrary: fc.constant(ChangeKind.DELETED) },
        ),
        row,
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map((list) => list.map((c) => ({ ...c, stream })))

export type Step = { changes: Change[] } | { ticks: Tick[] } | { quotes: Quote[] }

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: changesOf('trades', anyTrade).map((changes) => ({ changes })) },
  { weight: 3, arbitrary: changesOf('users', anyUser).map((changes) => ({ changes })) },
  { weight: 1, arbitrary: changesOf('groups', anyGroup).map((changes) => ({ changes })) },
  { weight: 1, arbitrary: changesOf('symbols', anySymbol).map((changes) => ({ changes })) },
  { weight: 3, arbitrary: fc.array(anyTick, { minLength: 1, maxLength: 12 }).map((ticks) => ({ ticks })) },
  { weight: 1, arbitrary: fc.array(anyQuote, { minLength: 1, maxLength: 6 }).map((quotes) => ({ quotes })) },
)

export const anyRecords = fc.record({
  symbols: fc.uniqueArray(anySymbol, { selector: (s) => s.symbol, maxLength: 11 }),
  groups: fc.uniqueArray(anyGroup, { selector: (g) => g.group, maxLength: 4 }),
  users: fc.uniqueArray(anyUser, { selector: (u) => u.login, maxLength: 12 }),
  trades: fc.uniqueArray(anyTrade, { selector: (t) => t.order, maxLength: 30 }),
  quotes: fc.uniqueArray(anyQuote, { selector: (q) => q.symbol, maxLength: 11 }),
})

const modelled = ['accounts', 'positions', 'pendings', 'exposure', 'quotes'] as const

export const anySpec: fc.Arbitrary<ViewSpec> = fc.constantFrom(...modelled).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    filter: fc
      .record(
        {
          text: fc.constantFrom('an', 'EUR', 'ču', '1', 'real', ' jap', 'ü'),
          login,
          symbol: fc.constantFrom(...names, 'GONE'),
          group: fc.constantFrom('real', 'vip', 'coverage', 'nowhere'),
          withPositions: fc.boolean(),
          minLevelType: fc.nat(2),
        },
        { requiredKeys: [] },
      )
      .chain((f) => fc.constantFrom(f, {}, {})),
    sort: fc.record({
      column: fc.constantFrom(...viewTables[kind].names, 'nonsense', '__proto__'),
      descending: fc.boolean(),
    }),
    from: fc.nat(6),
    count: fc.nat(20),
    pace: fc.constant(4),
    hold: fc.constant(false),
  }),
)
