import { describe, expect, it } from 'vitest'
import { NEAR_POINTS, nearness, nearnessWords } from './pendings-near.ts'

describe('nearness', () => {
  it('tells reached from near from far', () => {
    expect(nearness(-1)).toBe('beyond')
    expect(nearness(0)).toBe('near')
    expect(nearness(NEAR_POINTS)).toBe('near')
    expect(nearness(NEAR_POINTS + 1)).toBe('far')
  })

  it('has a word where it matters and none where the price is unknown', () => {
    expect(nearnessWords(-3)).toContain('reached')
    expect(nearnessWords(3)).toContain('near')
    expect(nearnessWords(5000)).toBe('')
    expect(nearnessWords(Number.NaN)).toBe('')
  })
})
