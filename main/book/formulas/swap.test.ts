import { describe, expect, it } from 'vitest'
import { ProfitMode, SwapType } from '../../../shared/mt4/enums.ts'
import { indexPairs, planRate } from './conversion.ts'
import { decisions } from './decisions.ts'
import { type SwapSymbol, swapCharge, swapDays, swapPlan, swapRate, tripleWeekday } from './swap.ts'

const symbol = (terms: Partial<SwapSymbol> & { symbol: string; index: number }): SwapSymbol => ({
  profitMode: ProfitMode.FOREX,
  currency: terms.symbol.slice(0, 3),
  marginCurrency: terms.symbol.slice(0, 3),
  contractSize: 100_000,
  tickSize: 0,
  tickValue: 0,
  digits: 5,
  swapType: SwapType.POINTS,
  swapLong: -2.5,
  swapShort: 1.5,
  swapEnable: 1,
  swapRollover3Days: 3,
  swapOpenPrice: 0,
  ...terms,
})

const eurusd = symbol({ symbol: 'EURUSD', index: 0 })
const usdjpy = symbol({ symbol: 'USDJPY', index: 1, digits: 3 })
const eurusdMicro = symbol({ symbol: 'EURUSDm', index: 2 })
const usdchf = symbol({ symbol: 'USDCHF', index: 3 })
const market = [eurusd, usdjpy, eurusdMicro, usdchf]
const quotes = { bid: [1.1999, 149.9, 1.2999, 0.8], ask: [1.2001, 150.1, 1.3001, 0.8002] }
const rateOf = (s: SwapSymbol, deposit: string, d = decisions): number =>
  planRate(swapPlan(s, deposit, indexPairs([...market, s]), d), false, quotes)

/** A day's charge of a buy. */
const charge = (
  s: SwapSymbol,
  deposit: string,
  { lots = 1, days = 1, price = 0, openPrice = 0, digits = 2, d = decisions } = {},
): number =>
  swapCharge(
    s,
    { lots, swap: swapRate(s, false), price, openPrice, rate: rateOf(s, deposit, d) },
    days,
    digits,
    d,
  )

describe('swap vectors', () => {
  it('EURUSD, −2.5 points a lot: −2.50 a day, −7.50 on the triple day', () => {
    expect(charge(eurusd, 'USD')).toBe(-2.5)
    expect(charge(eurusd, 'USD', { days: 3 })).toBe(-7.5)
  })

  it('EURUSD, mid 1.20, interest of 2.5 %: 8.33 a day', () => {
    expect(charge({ ...eurusd, swapType: SwapType.INTEREST, swapLong: 2.5 }, 'USD')).toBe(8.33)
  })
})

describe('swap types', () => {
  it('points are the profit of a buy: bid-side conversion, digits of the symbol', () => {
    // 100,000 × 0.001 / 149.9 a point
    expect(charge({ ...usdjpy, swapLong: 1 }, 'USD', { lots: 100 })).toBe(66.71)
    expect(charge({ ...usdjpy, swapLong: 1 }, 'JPY', { digits: 0 })).toBe(100)
  })

  it('money is in the base currency, at the middle price (decision U20: or in dollars)', () => {
    const money = { ...eurusd, swapType: SwapType.DOLLARS, swapLong: -3 }
    expect(charge(money, 'USD')).toBe(-3.6)
    expect(charge(money, 'EUR')).toBe(-3)
    expect(charge(money, 'USD', { d: { ...decisions, swapMoney: 'usd' } })).toBe(-3)
  })

  it('margin currency is converted likewise', () => {
    const swap = { ...eurusd, swapType: SwapType.MARGIN_CURRENCY, swapLong: -3, marginCurrency: 'CHF' }
    expect(charge(swap, 'CHF')).toBe(-3)
    // CHF → USD by the reversed pair
    expect(charge(swap, 'USD')).toBe(-3.75)
  })

  it('converts with pairs of the symbol’s own suffix', () => {
    expect(charge({ ...eurusdMicro, swapType: SwapType.DOLLARS, swapLong: 1 }, 'USD')).toBe(1.3)
    const lone = symbol({ symbol: 'GBPUSDz', index: 9, swapType: SwapType.DOLLARS })
    expect(charge(lone, 'EUR')).toBeNaN()
  })

  it('interest on a CFD takes the current price, or the open price where the symbol says so', () => {
    const cfd = symbol({
      symbol: 'SAP',
      index: 9,
      profitMode: ProfitMode.CFD,
      currency: 'EUR',
      contractSize: 10,
      swapType: SwapType.INTEREST,
      swapLong: -3.6,
    })
    const terms = { price: 200, openPrice: 100, lots: 5 }
    // 10 × 200 × 5 × 3.6 % / 360
    expect(charge(cfd, 'EUR', terms)).toBe(-1)
    expect(charge({ ...cfd, swapOpenPrice: 1 }, 'EUR', terms)).toBe(-0.5)
    expect(charge(cfd, 'USD', terms)).toBe(-1.2)
  })

  it('interest on a future is multiplied by tick value / tick size', () => {
    const future = symbol({
      symbol: 'ES',
      index: 9,
      profitMode: ProfitMode.FUTURES,
      currency: 'USD',
      contractSize: 1,
      tickSize: 0.25,
      tickValue: 12.5,
      swapType: SwapType.INTEREST,
      swapLong: 3.6,
    })
    expect(charge(future, 'USD', { price: 4000 })).toBe(20)
    expect(charge({ ...future, tickSize: 0 }, 'USD', { price: 4000 })).toBeNaN()
    expect(charge(future, 'USD', { price: 0 })).toBeNaN()
  })

  it('has the decimals of the currency, and U11 may round each day instead of the sum', () => {
    const third = { ...eurusd, swapLong: 0.334 }
    expect(charge(third, 'USD', { days: 3 })).toBe(1)
    expect(charge(third, 'USD', { days: 3, d: { ...decisions, swapRounding: 'day' } })).toBe(0.99)
    expect(Number.isInteger(charge(usdjpy, 'JPY', { lots: 0.37, digits: 0 }))).toBe(true)
  })

  it('of an unknown type or without a rate is not computable; of zero it is zero', () => {
    expect(charge({ ...eurusd, swapType: 9 }, 'USD')).toBeNaN()
    expect(charge(eurusd, 'SEK')).toBeNaN()
    expect(charge({ ...eurusd, swapLong: 0 }, 'SEK')).toBe(0)
  })
})

describe('swapRate', () => {
  it('is the group’s own before the symbol’s', () => {
    expect(swapRate(eurusd, true)).toBe(1.5)
    expect(swapRate(eurusd, true, { swapLong: -9, swapShort: 0 })).toBe(0)
    expect(swapRate(eurusd, false, { swapLong: -9, swapShort: 0 })).toBe(-9)
  })
})

describe('swapDays', () => {
  const week = [0, 1, 2, 3, 4, 5, 6]

  it('are three on the triple day and none at the weekend', () => {
    expect(week.map((day) => swapDays(eurusd, 1, day))).toEqual([0, 1, 1, 3, 1, 1, 0])
    expect(week.map((day) => swapDays({ ...eurusd, swapRollover3Days: 5 }, 1, day))).toEqual([
      0, 1, 1, 1, 1, 3, 0,
    ])
  })

  it('count from the day that the server counts from (U1)', () => {
    expect(tripleWeekday(2, { tripleDayBase: 'monday' })).toBe(3)
    expect(tripleWeekday(6, { tripleDayBase: 'monday' })).toBe(0)
    expect(swapDays({ ...eurusd, swapRollover3Days: 2 }, 1, 3, { tripleDayBase: 'monday' })).toBe(3)
  })

  it('are none where the symbol or the group has no swaps', () => {
    expect(swapDays({ ...eurusd, swapEnable: 0 }, 1, 3)).toBe(0)
    expect(swapDays(eurusd, 0, 3)).toBe(0)
  })
})
