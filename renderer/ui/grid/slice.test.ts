import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutSlice, planSlice, type Slice, sliceOptions, type Visible } from './slice.ts'

const nothing: Slice = { from: 0, count: 0 }
const covers = (slice: Slice, visible: Visible): boolean =>
  slice.from <= visible.first && slice.from + slice.count > visible.last

describe('planSlice', () => {
  it('asks for what is visible and the overscan on both sides', () => {
    expect(planSlice({ first: 100, last: 129 }, nothing)).toEqual({ from: 72, count: 88 })
  })

  it('starts at the top without a negative place', () => {
    expect(planSlice({ first: 0, last: 29 }, nothing)).toEqual({ from: 0, count: 56 })
    expect(planSlice({ first: -1, last: -1 }, nothing).from).toBe(0)
  })

  it('keeps the slice while a small scroll stays well inside it', () => {
    const slice = planSlice({ first: 100, last: 129 }, nothing)
    expect(planSlice({ first: 110, last: 139 }, slice)).toBe(slice)
    expect(planSlice({ first: 125, last: 154 }, slice)).not.toBe(slice)
  })

  it('shrinks again after the screen became much smaller', () => {
    const tall = planSlice({ first: 0, last: 400 }, nothing)
    expect(planSlice({ first: 0, last: 20 }, tall).count).toBeLessThan(tall.count)
  })

  it('always covers what is visible, within the limit, and is stable', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.nat(120),
        fc.nat(100_000),
        fc.nat(1000),
        (first, height, from, count) => {
          const visible = { first, last: first + height }
          const slice = planSlice(visible, { from, count })
          expect(covers(slice, visible)).toBe(true)
          expect(slice.count).toBeLessThanOrEqual(sliceOptions.max)
          expect(slice.from).toBeGreaterThanOrEqual(0)
          expect(planSlice(visible, slice)).toBe(slice)
        },
      ),
    )
  })
})

describe('cutSlice', () => {
  it('keeps what is among the first rows', () => {
    expect(cutSlice({ from: 0, count: 80 }, 20)).toEqual({ from: 0, count: 20 })
    expect(cutSlice({ from: 8, count: 80 }, 20)).toEqual({ from: 8, count: 12 })
    expect(cutSlice({ from: 40, count: 80 }, 20)).toEqual({ from: 20, count: 0 })
    expect(cutSlice({ from: 40, count: 80 })).toEqual({ from: 40, count: 80 })
  })
})
