import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundTo } from '../../../shared/money/rounding.ts'
import { ProfitMode } from '../../../shared/mt4/enums.ts'
import { positionProfit, priceProfit, unitValue } from './profit.ts'

const price = fc.integer({ min: 1, max: 500_000 }).map((points) => points / 100_000)
const volume = fc.integer({ min: 1, max: 100_000 })
const mode = fc.constantFrom(ProfitMode.FOREX, ProfitMode.CFD, ProfitMode.FUTURES)
const rate = fc.double({ min: 0.001, max: 1000, noNaN: true })
const digits = fc.constantFrom(0, 2)
const terms = (profitMode: number) => ({ profitMode, contractSize: 100_000, tickSize: 0.25, tickValue: 12.5 })

describe('positionProfit', () => {
  it('of a sell is that of the buy with the sign turned', () => {
    fc.assert(
      fc.property(mode, volume, price, price, rate, digits, (m, v, open, close, r, d) => {
        const buy = positionProfit(terms(m), false, v, open, close, r, d)
        expect(positionProfit(terms(m), true, v, open, close, r, d)).toBe(buy === 0 ? 0 : -buy)
      }),
    )
  })

  it('is zero at the open price and whole in the currency’s digits', () => {
    fc.assert(
      fc.property(mode, volume, price, price, rate, digits, (m, v, open, close, r, d) => {
        expect(positionProfit(terms(m), false, v, open, open, r, d)).toBe(0)
        const result = positionProfit(terms(m), false, v, open, close, r, d)
        expect(roundTo(result, d)).toBe(result)
      }),
    )
  })

  it('of two Forex trades over one path is the path’s, leg by leg', () => {
    fc.assert(
      fc.property(volume, price, price, price, rate, (v, a, b, c, r) => {
        const forex = (from: number, to: number) =>
          positionProfit(terms(ProfitMode.FOREX), false, v, from, to, r, 2)
        expect(roundTo(forex(a, b) + forex(b, c), 2)).toBe(forex(a, c))
      }),
    )
  })

  it('rounds Forex legs apart, so that it may differ by a cent from the rounded difference', () => {
    const forex = terms(ProfitMode.FOREX)
    const cfd = terms(ProfitMode.CFD)
    expect(positionProfit(forex, false, 1, 1.000004, 1.000006, 1, 2)).toBe(0.01)
    expect(positionProfit(cfd, false, 1, 1.000004, 1.000006, 1, 2)).toBe(0)
    expect(positionProfit(forex, false, 1, 1.0004, 1.0006, 1, 0)).toBe(1)
    expect(positionProfit(cfd, false, 1, 1.0004, 1.0006, 1, 0)).toBe(0)
  })

  it('is blank when it cannot be computed', () => {
    expect(priceProfit(ProfitMode.FOREX, false, 1, 0, 100, 2)).toBeNaN()
    expect(priceProfit(ProfitMode.FOREX, false, 1, 2, Number.NaN, 2)).toBeNaN()
    expect(priceProfit(ProfitMode.CFD, false, 1e308, 1, 1e308, 2)).toBeNaN()
    expect(unitValue({ ...terms(ProfitMode.FUTURES), tickSize: 0 }, 1)).toBeNaN()
  })
})
