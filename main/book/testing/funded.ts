import fc from 'fast-check'
import { groupRow, quoteRow, symbolRow, tradeRow, userRow } from './rows.ts'
import { type anyRecords, pairNames } from './worlds.ts'

type Records = typeof anyRecords extends fc.Arbitrary<infer T> ? T : never

const worth: Readonly<Record<string, number>> = { EUR: 1.1, USD: 1, GBP: 1.27, JPY: 0.0066, CHF: 1.12 }
const names = [...pairNames, 'DAX', 'ES'] as const
const groups = [
  ['real', 'USD'],
  ['real-jpy', 'JPY'],
  ['vip', 'EUR'],
  ['swiss', 'CHF'],
  ['coverage', 'USD'],
] as const

const isPair = (symbol: string): boolean => (pairNames as readonly string[]).includes(symbol)
const digitsOf = (symbol: string): number => (symbol.includes('JPY') ? 3 : isPair(symbol) ? 5 : 1)

const priceOf = (symbol: string): number =>
  isPair(symbol) ? (worth[symbol.slice(0, 3)] ?? 1) / (worth[symbol.slice(3, 6)] ?? 1) : 4000

const priced = (symbol: string, factor: number): number => {
  const scale = 10 ** digitsOf(symbol)
  return Math.round(priceOf(symbol) * factor * scale) / scale
}

const anyTerms = fc.record({
  marginMode: fc.constantFrom(0, 4),
  marginHedged: fc.constantFrom(0, 50_000),
  spread: fc.integer({ min: 0, max: 30 }),
  factor: fc.constantFrom(1, 1.0003, 0.9991),
})

const anyRules = fc.record({
  marginType: fc.constantFrom(0, 0, 1),
  hedgeLargeLeg: fc.nat(1),
  stopoutSkipHedged: fc.nat(1),
})

const anyPosition = fc.record({
  login: fc.integer({ min: 1, max: 6 }),
  symbol: fc.constantFrom(...names),
  cmd: fc.nat(1),
  volume: fc.integer({ min: 1, max: 60 }),
  factor: fc.constantFrom(0.99, 0.998, 1, 1.001, 1.01),
  costs: fc.constantFrom(0, -3.25),
  passedOn: fc.constantFrom(0, 0, 1),
})

/**
 * A consistent market and six accounts in five currencies with money behind their positions: worlds in which margin
 * calls and stop-outs lie ahead rather than behind.
 */
export const anyFunded: fc.Arbitrary<Records> = fc
  .record({
    terms: fc.array(anyTerms, { minLength: names.length, maxLength: names.length }),
    rules: fc.array(anyRules, { minLength: groups.length, maxLength: groups.length }),
    wealth: fc.array(fc.integer({ min: 50, max: 30_000 }), { minLength: 6, maxLength: 6 }),
    homes: fc.array(fc.nat(groups.length - 1), { minLength: 6, maxLength: 6 }),
    positions: fc.array(anyPosition, { minLength: 1, maxLength: 14 }),
  })
  .map(({ terms, rules, wealth, homes, positions }) => ({
    symbols: names.map((symbol, index) =>
      symbolRow({
        symbol,
        index,
        digits: digitsOf(symbol),
        marginMode: isPair(symbol) ? 0 : (terms[index]?.marginMode ?? 0),
        marginHedged: terms[index]?.marginHedged ?? 0,
        ...(isPair(symbol) ? {} : { currency: 'EUR', contractSize: 10, tickSize: 0.25, tickValue: 12.5 }),
        profitMode: isPair(symbol) ? 0 : symbol === 'ES' ? 2 : 1,
      }),
    ),
    groups: groups.map(([group, currency], i) =>
      groupRow({
        group,
        currency,
        ...rules[i],
        ...(rules[i]?.marginType === 1 ? { marginCall: 500, marginStopout: 200 } : {}),
      }),
    ),
    users: wealth.map((amount, i) => {
      const [group, currency] = groups[homes[i] ?? 0] ?? groups[0]
      return userRow({
        login: i + 1,
        group,
        leverage: 200,
        balance: currency === 'JPY' ? amount * 150 : amount,
      })
    }),
    trades: positions.map(({ factor, costs, passedOn, ...p }, i) =>
      tradeRow({
        ...p,
        order: i + 1,
        openPrice: priced(p.symbol, factor),
        storage: costs,
        gwOrder: passedOn,
        marginRate: 1.1,
      }),
    ),
    quotes: names.map((symbol, index) => {
      const bid = priced(symbol, terms[index]?.factor ?? 1)
      const spread = (terms[index]?.spread ?? 0) / 10 ** digitsOf(symbol)
      return quoteRow(index, bid, Math.round((bid + spread) * 1e8) / 1e8)
    }),
  }))
