import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProfitMode } from '../../../shared/mt4/enums.ts'
import {
  closingRate,
  indexPairs,
  midPlan,
  type PlanSymbol,
  planRate,
  profitCurrency,
  profitPlan,
} from './conversion.ts'

const forex = (names: readonly string[]): PlanSymbol[] =>
  names.map((symbol, index) => ({
    symbol,
    index,
    profitMode: ProfitMode.FOREX,
    currency: symbol.slice(0, 3),
  }))
const cfd = (symbol: string, index: number, currency: string): PlanSymbol => ({
  symbol,
  index,
  profitMode: ProfitMode.CFD,
  currency,
})

describe('profitPlan', () => {
  it('takes pairs of the traded symbol’s own suffix only', () => {
    const list = forex(['EURGBP.m', 'GBPUSD', 'GBPUSD.m'])
    const pairs = indexPairs(list)
    expect(profitPlan(list[0] as PlanSymbol, 'USD', pairs)).toEqual([
      { symbol: 2, side: 'direction', inverse: false },
    ])
    expect(profitPlan({ ...(list[0] as PlanSymbol), symbol: 'EURGBP.x' }, 'USD', pairs)).toBeNull()
  })

  it('prefers D+P to P+D, and USD+P to P+USD', () => {
    const direct = forex(['AUDNZD', 'NZDCHF', 'CHFNZD'])
    expect(profitPlan(direct[0] as PlanSymbol, 'CHF', indexPairs(direct))).toEqual([
      { symbol: 2, side: 'direction', inverse: true },
    ])
    const over = forex(['AUDNZD', 'NZDUSD', 'USDNZD', 'CHFUSD', 'USDCHF'])
    expect(profitPlan(over[0] as PlanSymbol, 'CHF', indexPairs(over))).toEqual([
      { symbol: 2, side: 'direction', inverse: true },
      { symbol: 4, side: 'direction', inverse: false },
    ])
  })

  it('needs both steps over the dollar', () => {
    const list = forex(['AUDNZD', 'NZDUSD'])
    expect(profitPlan(list[0] as PlanSymbol, 'CHF', indexPairs(list))).toBeNull()
  })

  it('reads the bid for both directions of a CFD, but sides over the dollar', () => {
    const list = [cfd('DAX', 0, 'EUR'), ...forex(['', 'EURGBP', 'EURUSD', 'USDCHF']).slice(1)]
    const pairs = indexPairs(list)
    const quotes = { bid: [0, 0.85, 1.1, 0.9], ask: [0, 0.86, 1.2, 0.91] }
    const moved = list.map((s, i) => ({ ...s, index: i }))
    const inOne = profitPlan(moved[0] as PlanSymbol, 'GBP', indexPairs(moved))
    expect(planRate(inOne, false, quotes)).toBe(0.85)
    expect(planRate(inOne, true, quotes)).toBe(0.85)
    const inTwo = profitPlan(moved[0] as PlanSymbol, 'CHF', indexPairs(moved))
    expect(planRate(inTwo, false, quotes)).toBeCloseTo(1.1 * 0.9, 12)
    expect(planRate(inTwo, true, quotes)).toBeCloseTo(1.2 * 0.91, 12)
    expect(profitPlan(list[0] as PlanSymbol, 'JPY', pairs)).toBeNull()
  })

  it('does not convert through symbols that are no Forex pairs', () => {
    const list = [...forex(['EURGBP']), cfd('GBPUSD', 1, 'USD')]
    expect(profitPlan(list[0] as PlanSymbol, 'USD', indexPairs(list))).toBeNull()
  })

  it('names the profit currency', () => {
    expect(profitCurrency({ symbol: 'EURJPY.pro', profitMode: ProfitMode.FOREX, currency: 'EUR' })).toBe(
      'JPY',
    )
    expect(profitCurrency({ symbol: 'DAX', profitMode: ProfitMode.CFD, currency: 'EUR' })).toBe('EUR')
  })
})

describe('rates', () => {
  const list = forex(['USDJPY', 'EURUSD'])
  const pairs = indexPairs(list)

  it('is blank without a quote', () => {
    const plan = profitPlan(list[0] as PlanSymbol, 'EUR', pairs)
    expect(planRate(plan, false, { bid: [150, 0], ask: [150, 0] })).toBeNaN()
    expect(planRate(null, false, { bid: [], ask: [] })).toBeNaN()
  })

  it('puts the closing price where the traded symbol is read', () => {
    const plan = profitPlan(list[0] as PlanSymbol, 'USD', pairs)
    const quotes = { bid: [150, 1.1], ask: [151, 1.2] }
    expect(closingRate(plan, true, quotes, 0, 149.5)).toBe(1 / 149.5)
    expect(planRate(plan, true, quotes)).toBe(1 / 151)
  })

  it('of the way back is the inverse, in middle prices', () => {
    const names = ['EURUSD', 'USDJPY', 'GBPUSD', 'AUDNZD', 'NZDUSD', 'USDCHF']
    const index = indexPairs(forex(names))
    const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'GBP', 'NZD', 'CHF')
    const price = fc.double({ min: 1e-3, max: 1e3, noNaN: true })
    fc.assert(
      fc.property(currency, currency, fc.array(price, { minLength: 6, maxLength: 6 }), (from, to, bid) => {
        const quotes = { bid, ask: bid.map((b) => b * 1.001) }
        const there = planRate(midPlan(from, to, index.findAny), false, quotes)
        const back = planRate(midPlan(to, from, index.findAny), false, quotes)
        expect(there * back).toBeCloseTo(1, 9)
      }),
    )
  })

  it('falls back to a suffixed pair for figures that belong to no symbol', () => {
    const index = indexPairs(forex(['EURUSD.b', 'GBPUSD.b', 'GBPUSD']))
    expect(index.findAny('EUR', 'USD')).toBe(0)
    expect(index.findAny('GBP', 'USD')).toBe(2)
  })
})
