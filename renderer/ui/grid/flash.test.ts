import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseFlashes, moved, weightOf } from './flash.ts'

const change = (before: number, after: number) => ({ before, after })

describe('moved', () => {
  it('is a change between two known figures', () => {
    expect(moved(1, 2)).toBe(true)
    expect(moved(2, 2)).toBe(false)
    expect(moved(Number.NaN, 2)).toBe(false)
    expect(moved(2, Number.NaN)).toBe(false)
    expect(moved(Number.NaN, Number.NaN)).toBe(false)
  })
})

describe('chooseFlashes', () => {
  it('flashes everything within the budget', () => {
    const changes = [change(1, 2), change(5, 4)]
    expect(chooseFlashes(changes, 2)).toEqual(changes)
  })

  it('flashes nothing without a budget', () => {
    expect(chooseFlashes([change(1, 2)], 0)).toEqual([])
  })

  it('prefers what moved most, in the order given', () => {
    const small = change(100, 101)
    const large = change(100, 150)
    const turned = change(-10, 10)
    expect(chooseFlashes([small, large, turned], 2)).toEqual([large, turned])
  })

  it('never passes the budget and never leaves out a larger change for a smaller one', () => {
    const figures = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(figures, figures)), fc.integer({ min: 1, max: 20 }), (pairs, budget) => {
        const changes = pairs.map(([before, after]) => change(before, after))
        const chosen = chooseFlashes(changes, budget)
        expect(chosen.length).toBe(Math.min(budget, changes.length))
        const left = changes.filter((c) => !chosen.includes(c)).map(weightOf)
        const least = Math.min(...chosen.map(weightOf), Number.POSITIVE_INFINITY)
        for (const weight of left) expect(weight).toBeLessThanOrEqual(least)
      }),
    )
  })
})
