import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LevelType } from '../../../shared/mt4/enums.ts'
import { dayResult, freeMarginOf, levelTypeOf, marginCheckPasses, marginLevelOf } from './account.ts'

const rules = { marginType: 0, marginCall: 100, marginStopout: 50, stopoutSkipHedged: 0 }

describe('levelTypeOf', () => {
  it.each([
    [100.01, LevelType.OK],
    [100, LevelType.MARGINCALL],
    [50, LevelType.MARGINCALL],
    [49.99, LevelType.STOPOUT],
  ])('at %d %%', (level, expected) => {
    expect(levelTypeOf(rules, level * 10, 1000, 1)).toBe(expected)
    expect(levelTypeOf({ ...rules, marginType: 1 }, level, 7, 1)).toBe(expected)
  })

  it('is OK without positions', () => {
    expect(levelTypeOf(rules, -100, 0, 0)).toBe(LevelType.OK)
  })

  it('never gets better when equity falls', () => {
    const money = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(
        money,
        money,
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.nat(1),
        (a, b, margin, t) => {
          const r = { ...rules, marginType: t }
          const low = levelTypeOf(r, Math.min(a, b), margin, 1)
          expect(low).toBeGreaterThanOrEqual(levelTypeOf(r, Math.max(a, b), margin, 1))
        },
      ),
    )
  })
})

describe('account figures', () => {
  it('orders the free-margin modes', () => {
    const money = fc.integer({ min: -1e6, max: 1e6 })
    fc.assert(
      fc.property(money, money, (balance, floating) => {
        const free = (mode: number) => freeMarginOf(mode, balance, 0, floating, 100, 2)
        expect(free(2)).toBeGreaterThanOrEqual(free(1))
        expect(free(1)).toBeGreaterThanOrEqual(free(3))
        expect(free(2) + free(3)).toBe(free(0) + free(1))
      }),
    )
  })

  it('shows money levels as equity', () => {
    expect(marginLevelOf(1, 123.45, 0)).toBe(123.45)
  })

  it('takes money moved today out of the day result', () => {
    expect(dayResult(1500.1, 1000, 400, 2)).toBe(100.1)
  })

  it('lets a hedge through only where the symbol allows it', () => {
    const check = { freeMarginAfter: -1, virtualCredit: 0, marginBefore: 10, marginAfter: 10, opposite: true }
    expect(marginCheckPasses({ ...check, hedgedStrong: false })).toBe(true)
    expect(marginCheckPasses({ ...check, hedgedStrong: true })).toBe(false)
    expect(marginCheckPasses({ ...check, hedgedStrong: false, marginAfter: 11 })).toBe(false)
    expect(marginCheckPasses({ ...check, hedgedStrong: false, opposite: false })).toBe(false)
  })
})
