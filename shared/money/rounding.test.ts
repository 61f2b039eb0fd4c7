import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundTo, scaleOf, toUnits } from './rounding.ts'

describe('roundTo', () => {
  it.each([
    [1.005, 2, 1.01],
    [-1.005, 2, -1.01],
    [2.675, 2, 2.68],
    [0, 2, 0],
    [1.099985, 5, 1.09999],
    [149.4995, 3, 149.5],
    [167.224, 0, 167],
  ])('rounds %d to %d digits as %d', (value, digits, rounded) => {
    expect(roundTo(value, digits)).toBe(rounded)
  })

  it('never answers minus zero', () => {
    expect(Object.is(roundTo(-0.001, 2), 0)).toBe(true)
  })

  it('is odd and stable', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 5 }), (v, d) => {
        const once = roundTo(v, d)
        expect(roundTo(-v, d)).toBe(once === 0 ? 0 : -once)
        expect(roundTo(once, d)).toBe(once)
      }),
    )
  })

  it('adds up without drift in units', () => {
    const cents = fc.array(
      fc.integer({ min: -1e9, max: 1e9 }).map((c) => c / 100),
      { maxLength: 50 },
    )
    fc.assert(
      fc.property(cents, (amounts) => {
        const sum = (list: number[]) => list.reduce((s, v) => s + toUnits(v, scaleOf(2)), 0)
        expect(sum(amounts)).toBe(sum(amounts.toReversed()))
        for (const v of amounts) expect(toUnits(v, 100) / 100).toBe(roundTo(v, 2))
      }),
    )
  })
})
