import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundTo } from '../../../shared/money/rounding.ts'
import { dayFigures, tradingDayStart } from './day.ts'

describe('tradingDayStart', () => {
  const at = (text: string): number => Date.parse(`${text}Z`) / 1000

  it('is midnight unless the server’s day ends at another time', () => {
    expect(tradingDayStart(at('2026-03-04T10:20:30'))).toBe(at('2026-03-04T00:00:00'))
    expect(tradingDayStart(at('2026-03-04T00:00:00'))).toBe(at('2026-03-04T00:00:00'))
    const d = { dayEnd: { hour: 22, minute: 30 } }
    expect(tradingDayStart(at('2026-03-04T22:29:59'), d)).toBe(at('2026-03-03T22:30:00'))
    expect(tradingDayStart(at('2026-03-04T22:30:00'), d)).toBe(at('2026-03-04T22:30:00'))
  })

  it('is within the last day of any second', () => {
    const dayEnd = fc.record({
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
    })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), dayEnd, (seconds, end) => {
        const start = tradingDayStart(seconds, { dayEnd: end })
        expect(seconds - start).toBeGreaterThanOrEqual(0)
        expect(seconds - start).toBeLessThan(86_400)
        expect(tradingDayStart(start, { dayEnd: end })).toBe(start)
      }),
    )
  })
})

describe('dayFigures', () => {
  it('splits the day: deposit out, closed trade with its charges, the rest is unrealised', () => {
    const sums = {
      equity: 11_230,
      prevEquity: 10_000,
      money: 1_000,
      closedProfit: 200,
      closedSwap: -3,
      closedCommission: -7,
      closedAgent: 2.5,
    }
    expect(dayFigures(sums, 2)).toEqual({
      dayPl: 230,
      dayRealised: 200,
      daySwap: -3,
      dayCommission: -7,
      dayUnrealised: 40,
      dayAgent: 2.5,
    })
  })

  it('is zero, not minus zero, on a quiet day', () => {
    const sums = {
      equity: 5,
      prevEquity: 5,
      money: 0,
      closedProfit: 0,
      closedSwap: 0,
      closedCommission: 0,
      closedAgent: 0,
    }
    for (const figure of Object.values(dayFigures(sums, 2))) expect(Object.is(figure, 0)).toBe(true)
  })

  it('adds up to the cent, and the agent’s part is not the client’s', () => {
    const cents = fc.integer({ min: -1e9, max: 1e9 }).map((c) => c / 100)
    const sums = fc.record({
      equity: cents,
      prevEquity: cents,
      money: cents,
      closedProfit: cents,
      closedSwap: cents,
      closedCommission: cents,
      closedAgent: cents,
    })
    fc.assert(
      fc.property(sums, cents, (s, agent) => {
        const f = dayFigures(s, 2)
        expect(roundTo(f.dayRealised + f.daySwap + f.dayCommission + f.dayUnrealised, 2)).toBe(f.dayPl)
        expect({ ...dayFigures({ ...s, closedAgent: agent }, 2), dayAgent: 0 }).toEqual({ ...f, dayAgent: 0 })
      }),
    )
  })
})
