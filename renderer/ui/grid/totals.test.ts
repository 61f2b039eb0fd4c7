import { describe, expect, it } from 'vitest'
import type { ViewMeta } from '../../../shared/api/views.ts'
import { gainTone, totalCount, totalGain, totalLots, totalMoney, totalTone } from './totals.ts'

const meta: ViewMeta = {
  kind: 'accounts',
  matched: 2,
  all: 3,
  from: 0,
  totals: { equityBase: 1234.5, floatingBase: -20.1, lots: 150, positions: 1200 },
  serverTime: 0,
  valuedAt: 0,
  live: true,
  base: 'USD',
}

describe('totals', () => {
  it('writes each kind of total in its own way', () => {
    expect(totalMoney('equityBase')(meta)).toMatch(/^1.?234.50$/)
    expect(totalGain('floatingBase')(meta)).toMatch(/^−20.10$/)
    expect(totalLots('lots')(meta)).toMatch(/^1.50$/)
    expect(totalCount('positions')(meta)).toMatch(/^1.?200$/)
  })

  it('leaves the place of an unknown total empty, not zero', () => {
    expect(totalMoney('margin')(meta)).toBe('')
    expect(totalTone('margin')(meta)).toBe('')
  })

  it('follows the base currency’s decimals', () => {
    expect(totalMoney('equityBase')({ ...meta, base: 'JPY' })).toMatch(/^1.?235$/)
  })

  it('tells gain from loss', () => {
    expect(totalTone('floatingBase')(meta)).toBe('loss')
    expect([gainTone(1), gainTone(-1), gainTone(0), gainTone(Number.NaN)]).toEqual([
      'gain',
      'loss',
      'dim',
      'dim',
    ])
  })
})
