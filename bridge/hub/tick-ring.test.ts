import { describe, expect, it } from 'vitest'
import { createTickRing } from './tick-ring.ts'

describe('tick ring', () => {
  it('holds the last ticks by number', () => {
    const ring = createTickRing(4)
    for (let i = 1; i <= 10; i++) expect(ring.push(i, i / 2, i, i * 10)).toBe(i)
    expect(ring.oldest()).toBe(7)
    const { rows, columns } = ring.columns(8, 10)
    expect(rows).toBe(3)
    expect(Array.from(columns.symbol as ArrayLike<number>)).toEqual([8, 9, 10])
    expect(Array.from(columns.time as ArrayLike<number>)).toEqual([80, 90, 100])
  })

  it('holds nothing from before it was reset', () => {
    const ring = createTickRing(4)
    ring.push(0, 1, 1, 1)
    ring.reset(1000)
    expect(ring.oldest()).toBe(1001)
    expect(ring.push(0, 1, 1, 1)).toBe(1001)
    expect(ring.oldest()).toBe(1001)
  })
})
