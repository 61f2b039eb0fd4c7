import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { wholeUnits } from './units.ts'

it('whole units without a jump are those of the rounding rule', () => {
  const amount = fc.oneof(
    fc.double(),
    fc.constantFrom(-0, 0, 1.005, -1.005, 0.004, -0.004),
    // Cents and halves of them, which the rule decides.
    fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 200),
  )
  fc.assert(
    fc.property(amount, fc.constantFrom(0, 2, 8), (value, digits) => {
      const scale = scaleOf(digits)
      expect(wholeUnits(value, scale)).toBe(toUnits(value, scale))
    }),
    { numRuns: 5000 },
  )
})
