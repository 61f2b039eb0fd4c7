import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

const settings = { baseMs: 500, capMs: 30_000 }
const roll = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('back-off', () => {
  it('stays between base and cap, whatever the count', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 1_000_000 }), roll, (failures, r) => {
        const ms = backoffMs(failures, r, settings)
        expect(ms).toBeGreaterThanOrEqual(500)
        expect(ms).toBeLessThanOrEqual(30_000)
        expect(Number.isInteger(ms)).toBe(true)
      }),
    )
  })

  it('never waits less after one failure more, for the same roll', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), roll, (failures, r) => {
        expect(backoffMs(failures + 1, r, settings)).toBeGreaterThanOrEqual(backoffMs(failures, r, settings))
      }),
    )
  })

  it('doubles its ceiling: 1 s, 2 s, 4 s … 30 s', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((n) => backoffMs(n, 1, settings))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
    ])
  })
})
