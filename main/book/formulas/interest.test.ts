import { describe, expect, it } from 'vitest'
import { interestOfDay, interestPayment, paysInterest } from './interest.ts'

describe('interest on free margin', () => {
  it('accrues by the banking year, or the calendar’s (U10)', () => {
    expect(interestOfDay(10_000, 3.6, 1)).toBeCloseTo(1, 12)
    expect(interestOfDay(10_000, 3.65, 1, { interestYear: 365 })).toBeCloseTo(1, 12)
  })

  it('needs free margin and a group with swaps', () => {
    expect(interestOfDay(-5, 3.6, 1)).toBe(0)
    expect(interestOfDay(10_000, 3.6, 0)).toBe(0)
    expect(interestOfDay(Number.NaN, 3.6, 1)).toBe(0)
  })

  it('is paid rounded and less the tax', () => {
    expect(interestPayment(30.126, 13, 2)).toEqual({ gross: 30.13, tax: 3.92, net: 26.21 })
    expect(interestPayment(30.126, 0, 2)).toEqual({ gross: 30.13, tax: 0, net: 30.13 })
  })

  it('is paid on the first of the month, or on its last day (U10)', () => {
    const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 1000
    expect(paysInterest(day('2026-03-01'))).toBe(true)
    expect(paysInterest(day('2026-02-28'))).toBe(false)
    expect(paysInterest(day('2026-02-28'), { interestPaidOn: 'last-day' })).toBe(true)
    expect(paysInterest(day('2024-02-28'), { interestPaidOn: 'last-day' })).toBe(false)
  })
})
