import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MarginMode } from '../../../shared/mt4/enums.ts'
import { indexPairs } from './conversion.ts'
import {
  baseMargin,
  emptyLeg,
  hedgedMargin,
  type MarginLeg,
  type MarginSymbol,
  marginRateAtOpen,
  marginRatePlan,
  symbolMargin,
} from './margin.ts'

const symbol = (terms: Partial<MarginSymbol>): MarginSymbol => ({
  marginMode: MarginMode.FOREX,
  contractSize: 1000,
  tickSize: 0.5,
  tickValue: 2,
  marginInitial: 0,
  marginMaintenance: 300,
  marginHedged: 0,
  ...terms,
})

describe('baseMargin', () => {
  it.each([
    [MarginMode.FOREX, 0, 20],
    [MarginMode.FOREX, 500, 10],
    [MarginMode.CFD, 0, 6000],
    [MarginMode.CFD, 500, 1000],
    [MarginMode.FUTURES, 0, 600],
    [MarginMode.FUTURES, 500, 600],
    [MarginMode.CFDINDEX, 0, 24_000],
    [MarginMode.CFDINDEX, 500, 1000],
    [MarginMode.CFDLEVERAGE, 0, 60],
    [MarginMode.CFDLEVERAGE, 500, 10],
  ])('mode %d with initial margin %d', (marginMode, marginInitial, expected) => {
    expect(baseMargin(symbol({ marginMode, marginInitial }), 2, 3, 100, 1)).toBeCloseTo(expected, 9)
  })

  it('asks the initial margin of a future only before the trade', () => {
    const future = symbol({ marginMode: MarginMode.FUTURES, marginInitial: 500 })
    expect(baseMargin(future, 2, 3, 100, 1, true)).toBe(1000)
    expect(baseMargin(symbol({ marginMode: MarginMode.FUTURES }), 2, 3, 100, 1, true)).toBe(600)
  })

  it('counts an unset leverage or divider as 1 and an unknown mode as not computable', () => {
    expect(baseMargin(symbol({}), 2, 3, 0, 0)).toBe(2000)
    expect(baseMargin(symbol({ marginMode: 9 }), 2, 3, 100, 1)).toBeNaN()
  })
})

describe('hedgedMargin', () => {
  it.each([
    [MarginMode.FOREX, 0, 1],
    [MarginMode.CFD, 0, 300],
    [MarginMode.CFD, 500, 100],
    [MarginMode.FUTURES, 0, 100],
    [MarginMode.CFDINDEX, 0, 1200],
    [MarginMode.CFDINDEX, 500, 100],
    [MarginMode.CFDLEVERAGE, 0, 3],
    [MarginMode.CFDLEVERAGE, 500, 1],
  ])('mode %d with initial margin %d', (marginMode, marginInitial, expected) => {
    const s = symbol({ marginMode, marginInitial, marginHedged: 50 })
    expect(hedgedMargin(s, 2, 3, 100, 1)).toBeCloseTo(expected, 9)
  })
})

const price = fc.double({ min: 0.01, max: 5000, noNaN: true })
const leg = fc
  .record({ volume: fc.integer({ min: 1, max: 10_000 }), open: price, rate: price })
  .map(({ volume, open, rate }): MarginLeg => {
    const lots = volume / 100
    return { lots, openSum: lots * open, rateSum: lots * rate }
  })
const terms = fc.record({
  marginMode: fc.integer({ min: 0, max: 4 }),
  marginInitial: fc.constantFrom(0, 500),
  marginHedged: fc.constantFrom(0, 500, 1000),
})

describe('symbolMargin', () => {
  it('does not ask which side is which', () => {
    fc.assert(
      fc.property(terms, leg, leg, fc.boolean(), (t, a, b, largeLeg) => {
        const s = symbol(t)
        expect(symbolMargin(s, a, b, 100, 1, largeLeg)).toBeCloseTo(
          symbolMargin(s, b, a, 100, 1, largeLeg),
          6,
        )
      }),
    )
  })

  it('of the larger leg is never less than either side alone', () => {
    fc.assert(
      fc.property(terms, leg, leg, (t, buy, sell) => {
        const s = symbol(t)
        const both = symbolMargin(s, buy, sell, 100, 1, true)
        expect(both).toBe(
          Math.max(
            symbolMargin(s, buy, emptyLeg, 100, 1, true),
            symbolMargin(s, emptyLeg, sell, 100, 1, true),
          ),
        )
      }),
    )
  })

  it('of an exact hedge is free without hedged margin, and of one side grows with the lots', () => {
    fc.assert(
      fc.property(terms, leg, (t, one) => {
        const s = symbol({ ...t, marginHedged: 0 })
        const doubled = { lots: one.lots * 2, openSum: one.openSum * 2, rateSum: one.rateSum * 2 }
        expect(symbolMargin(s, one, one, 100, 1, false)).toBe(0)
        const single = symbolMargin(s, one, emptyLeg, 100, 1, false)
        expect(symbolMargin(s, doubled, emptyLeg, 100, 1, false)).toBeCloseTo(single * 2, 3)
      }),
    )
  })
})

describe('marginRatePlan', () => {
  const names = ['EURUSD', 'USDCHF', 'USDJPY', 'EURUSD.x']
  const pairs = indexPairs(
    names.map((name, index) => ({ symbol: name, index, profitMode: 0, currency: name.slice(0, 3) })),
  )
  const quotes = { bid: [1.1, 0.9, 150, 1.3], ask: [1.2, 0.92, 152, 1.5] }
  const rate = (name: string, marginCurrency: string, deposit: string, open = 1, marginMode = 0) =>
    marginRateAtOpen(
      marginRatePlan({ symbol: name, marginMode, marginCurrency }, deposit, pairs),
      open,
      quotes,
    )

  it('is 1 for the deposit currency', () => {
    expect(rate('EURUSD', 'USD', 'USD', 1.15)).toBe(1)
  })

  it('is the open price of the traded pair, or its inverse', () => {
    expect(rate('EURUSD', 'EUR', 'USD', 1.15)).toBe(1.15)
    expect(rate('EURUSD', 'USD', 'EUR', 1.25)).toBe(0.8)
    expect(rate('EURUSD', 'EUR', 'USD', 0)).toBeNaN()
  })

  it('takes the middle of another pair, of its inverse, or of two over the dollar', () => {
    expect(rate('EURCHF', 'EUR', 'USD')).toBeCloseTo(1.15, 12)
    expect(rate('USDCHF', 'USD', 'EUR')).toBeCloseTo(1 / 1.15, 12)
    expect(rate('EURCHF', 'EUR', 'JPY')).toBeCloseTo(1.15 * 151, 9)
    expect(rate('EURCHF', 'EUR', 'AUD')).toBeNaN()
  })

  it('keeps to its suffix in Forex mode and to none in the others', () => {
    expect(rate('EURCHF.x', 'EUR', 'USD')).toBeCloseTo(1.4, 12)
    expect(rate('DAX.x', 'EUR', 'USD', 1, MarginMode.CFD)).toBeCloseTo(1.15, 12)
  })
})
