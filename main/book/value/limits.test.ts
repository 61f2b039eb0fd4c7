import { describe, expect, it } from 'vitest'
import { levelTypeOf } from '../formulas/account.ts'
import { decisions } from '../formulas/decisions.ts'
import { levelLimits } from './limits.ts'

const rules = { marginType: 0, marginCall: 100, marginStopout: 50, stopoutSkipHedged: 1 }

describe('the results at which an account meets its levels', () => {
  // Margin 300.00: call at equity 300.00, stop-out at 150.00; funds 1,000.00.
  it.each([
    ['at-or-below', 'below', -70_000, 1],
    ['at-or-below', 'below', -69_999, 0],
    ['below', 'below', -70_000, 0],
    ['below', 'below', -70_001, 1],
    ['at-or-below', 'below', -85_000, 1],
    ['at-or-below', 'below', -85_001, 2],
    ['at-or-below', 'at-or-below', -85_000, 2],
    ['at-or-below', 'at-or-below', -84_999, 1],
  ] as const)('call %s, stop-out %s, result %i cents: %i', (marginCallAt, stopOutAt, units, level) => {
    const d = { ...decisions, marginCallAt, stopOutAt }
    const { callAt, stopAt } = levelLimits(rules, 1000, 300, 100, d)
    expect(Number(units <= callAt) + Number(units < stopAt)).toBe(level)
    expect(levelTypeOf(rules, 1000 + units / 100, 300, 1, d)).toBe(level)
  })
})
