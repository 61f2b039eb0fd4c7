import { describe, expect, it } from 'vitest'
import { ProfitMode } from '../../../shared/mt4/enums.ts'
import type { StatementTrade } from '../types.ts'
import { customaryContract, pairOf } from './pair-name.ts'
import { simplestWithin } from './simplest.ts'
import { inferCurrency, symbolFacts } from './symbol-facts.ts'

let ticket = 0
const trade = (
  symbol: string,
  openPrice: number,
  closePrice: number,
  lots: number,
  profit: number,
): StatementTrade => ({
  row: ++ticket,
  order: ticket,
  cmd: 0,
  openTime: 1000 + ticket,
  lots,
  symbol,
  openPrice,
  sl: 0,
  tp: 0,
  closeTime: 2000 + ticket,
  closePrice,
  commission: 0,
  taxes: 0,
  storage: 0,
  profit,
  comment: '',
})

const facts = (trades: StatementTrade[], deposit = 'USD', digits = 2) =>
  symbolFacts(trades[0]?.symbol ?? '', trades, deposit, digits)

describe('pairs', () => {
  it.each([
    ['eurusd', 'EUR', 'USD'],
    ['EURUSD.pro', 'EUR', 'USD'],
    ['xauusd@', 'XAU', 'USD'],
    ['mEURUSD', 'EUR', 'USD'],
    ['#GBPJPY', 'GBP', 'JPY'],
  ])('%s is %s against %s', (symbol, base, quote) => {
    expect(pairOf(symbol)).toEqual({ base, quote })
  })

  it.each(['jp225', 'wticousd-e', 'spx500', 'aapl', 'us_oil', ''])('%s is none', (symbol) => {
    expect(pairOf(symbol)).toBeNull()
  })

  it('have the contract of their base', () => {
    expect(['EUR', 'XAU', 'XAG', 'BTC'].map((base) => customaryContract({ base, quote: 'USD' }))).toEqual([
      100_000, 100, 5000, 0,
    ])
  })
})

describe('the simplest number', () => {
  it.each([
    [9.7, 10.4, 10],
    [96, 104, 100],
    [0.0097, 0.0102, 0.01],
    [1241, 1259, 1250],
    [86.5, 87.5, 87],
    [0, 5, 0],
    [1.234567, 1.2345671, 0],
    [Number.NaN, 5, 0],
    [1, Number.POSITIVE_INFINITY, 0],
  ])('between %d and %d is %d', (low, high, simplest) => {
    expect(simplestWithin(low, high)).toBe(simplest)
  })
})

describe('a contract size', () => {
  it('is customary for a pair, inferred for what has no custom', () => {
    expect(facts([trade('eurusd', 1.1, 1.101, 0.5, 50)])).toMatchObject({
      source: 'custom',
      contractSize: 100_000,
      exact: 1,
    })
    expect(facts([trade('ymx', 34000, 34010, 1, 100), trade('ymx', 34000, 34003, 2, 60)])).toMatchObject({
      source: 'inferred',
      contractSize: 10,
      profitMode: ProfitMode.CFD,
      exact: 2,
    })
  })

  it('of a mini account is found although the custom is another', () => {
    const mini = [trade('eurusd', 1.1, 1.101, 1, 10), trade('eurusd', 1.1, 1.1023, 1, 23)]
    expect(facts(mini)).toMatchObject({ source: 'inferred', contractSize: 10_000, exact: 2 })
  })

  it('seen in one trade alone proves nothing', () => {
    expect(facts([trade('ymx', 34000, 34010, 1, 100)])).toMatchObject({ source: 'unknown', exact: 0 })
  })

  it('must reproduce the others: trades that contradict each other leave it unknown', () => {
    expect(facts([trade('ymx', 34000, 34010, 1, 100), trade('ymx', 34000, 34010, 1, 137)])).toMatchObject({
      source: 'unknown',
    })
    const drifting = [151.1, 151.9, 152.6, 153.4].map((rate) =>
      trade('us500x', 4000, 4010, 1, Math.round(10 * rate)),
    )
    expect(facts(drifting, 'JPY', 0)).toMatchObject({ source: 'unknown' })
  })

  it('survives one changed row, which it then contradicts', () => {
    const rows = [100, 250, 75, 60].map((profit) => trade('ymx', 34000, 34000 + profit / 10, 1, profit))
    const changed = [...rows, trade('ymx', 34000, 34010, 1, 999)]
    expect(facts(changed)).toMatchObject({ source: 'inferred', contractSize: 10, trades: 5, exact: 4 })
  })

  it('given by a symbol list is taken as it is', () => {
    const given = { contractSize: 25, profitMode: ProfitMode.CFD, currency: 'USD' }
    expect(symbolFacts('ymx', [trade('ymx', 34000, 34010, 1, 100)], 'USD', 2, given)).toMatchObject({
      source: 'given',
      contractSize: 25,
      exact: 0,
    })
  })
})

describe('the deposit currency', () => {
  const eurusd = [trade('eurusd', 1.1, 1.101, 0.5, 50), trade('eurusd', 1.1, 1.0988, 1, -120)]
  it('is the one in which the pairs come out', () => {
    expect(inferCurrency([...eurusd, trade('usdjpy', 150, 150.5, 0.2, 66.45)])).toBe('USD')
    expect(
      inferCurrency([trade('eurusd', 1.1, 1.101, 0.5, 45.41), trade('eurusd', 1.1, 1.0988, 1, -109.21)]),
    ).toBe('EUR')
  })
  it('is unknown where nothing comes out', () => {
    expect(inferCurrency([trade('eurusd', 1.1, 1.101, 0.5, 33), trade('gbpusd', 1.1, 1.101, 1, 12)])).toBe('')
  })
})
