import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencyAmounts, uncovered } from './exposure.ts'

const forex = {
  symbol: 'EURUSD',
  profitMode: 0,
  currency: 'EUR',
  contractSize: 100_000,
  tickSize: 0.25,
  tickValue: 12.5,
}

describe('exposure', () => {
  it('is what clients hold and coverage does not', () => {
    expect(uncovered(500, 200, 300, 100)).toBe(100)
    expect(uncovered(500, 200, 500, 200)).toBe(0)
  })

  it('of a Forex pair is long one currency and short what was paid', () => {
    expect(currencyAmounts(forex, 2, 2 * 1.25, 1.3)).toEqual([
      { currency: 'EUR', amount: 200_000 },
      { currency: 'USD', amount: -250_000 },
    ])
  })

  it('adds up to the open result at the market price', () => {
    const price = fc.double({ min: 0.01, max: 1000, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), price, price, (lots, open, now) => {
        const [base, quote] = currencyAmounts(forex, lots, lots * open, now)
        const result = (base?.amount ?? 0) * now + (quote?.amount ?? 0)
        const scale = Math.abs(lots) * 100_000 * Math.max(open, now)
        expect(Math.abs(result - lots * (now - open) * 100_000)).toBeLessThanOrEqual(scale * 1e-12)
      }),
    )
  })

  it('of CFDs and futures is their open result in the profit currency', () => {
    expect(currencyAmounts({ ...forex, profitMode: 1, contractSize: 10 }, -2, -2 * 100, 90)).toEqual([
      { currency: 'EUR', amount: 200 },
    ])
    expect(currencyAmounts({ ...forex, profitMode: 2 }, 1, 4500, 4510)).toEqual([
      { currency: 'EUR', amount: 500 },
    ])
    expect(currencyAmounts({ ...forex, profitMode: 2 }, 1, 4500, Number.NaN)).toEqual([
      { currency: 'EUR', amount: 0 },
    ])
  })
})
