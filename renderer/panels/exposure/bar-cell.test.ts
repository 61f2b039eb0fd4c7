import { describe, expect, it } from 'vitest'
import { barShare } from './bar-cell.ts'

describe('barShare', () => {
  it('is the share of the largest magnitude', () => {
    expect(barShare(50, 100)).toBe(0.5)
    expect(barShare(-100, 100)).toBe(1)
    expect(barShare(150, 100)).toBe(1)
  })

  it('is nothing without a figure or a scale', () => {
    expect(barShare(Number.NaN, 100)).toBe(0)
    expect(barShare(10, 0)).toBe(0)
  })
})
