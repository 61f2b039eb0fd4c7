import { describe, expect, it } from 'vitest'
import { sparkPath } from './spark-path.ts'

describe('sparkPath', () => {
  it('spans the width and puts the peak at the top', () => {
    expect(sparkPath([0, 10, 5], 100, 42)).toBe('M0.0 41.0L50.0 1.0L100.0 21.0')
  })

  it('draws a flat line at the bottom for nothing but zeros', () => {
    expect(sparkPath([0, 0], 10, 12)).toBe('M0.0 11.0L10.0 11.0')
  })
})
