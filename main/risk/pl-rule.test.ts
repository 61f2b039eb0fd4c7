import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlRule } from '../../shared/api/models.ts'
import { type MarkRow, marksOf, testRule } from './marks-fixture.ts'
import { evaluatePlRule, type Fired, type FiredSides, sideKey } from './pl-rule.ts'

const armed: FiredSides = new Map()
const MINUTE = 60_000
const firedOnce = (login: number, side: 'profit' | 'loss', at: number): FiredSides =>
  new Map([[sideKey(login, side), { at, limitKind: 'amount' }]])
const breachesOf = (rule: Partial<PlRule>, row: Partial<MarkRow>, fired = armed) =>
  evaluatePlRule({ ...testRule, ...rule }, marksOf([row]), fired).breaches

describe('what fires', () => {
  it.each([
    [5_000.01, 'profit'],
    [-5_000.01, 'loss'],
  ])('%d beyond the amount fires on the %s side', (floating, side) => {
    expect(breachesOf({}, { floating })).toMatchObject([
      { side, login: 1001, limitKind: 'amount', limit: 5_000, value: floating, valueBase: floating },
    ])
  })

  it.each([5_000, -5_000, 0])('%d at the limit or inside does not fire', (floating) => {
    expect(breachesOf({}, { floating })).toEqual([])
  })

  it('compares the amount in base currency', () => {
    expect(breachesOf({}, { floating: 600_000, rateToBase: 0.0067 })).toEqual([])
    expect(breachesOf({}, { floating: 600_000, rateToBase: 0.01 })).toMatchObject([{ valueBase: 6_000 }])
  })

  it('measures an open result against balance + credit', () => {
    const rule = { profit: { amount: null, share: 0.5 } }
    expect(breachesOf(rule, { floating: 600, balance: 1_000, credit: 200 })).toEqual([])
    expect(breachesOf(rule, { floating: 601, balance: 1_000, credit: 200 })).toMatchObject([
      { limitKind: 'share', limit: 0.5, funds: 1_200 },
    ])
  })

  it('measures a day against equity at its start and money moved in, not out', () => {
    const rule = { measure: 'day' as const, loss: { amount: null, share: 0.5 } }
    expect(breachesOf(rule, { dayPl: -900, prevEquity: 1_000, moneyToday: 1_000 })).toEqual([])
    expect(breachesOf(rule, { dayPl: -1_001, prevEquity: 1_000, moneyToday: 1_000 })).toHaveLength(1)
    expect(breachesOf(rule, { dayPl: -900, prevEquity: 2_000, moneyToday: -1_500 })).toEqual([])
  })

  it('leaves small accounts out of the share but not out of the amount', () => {
    const rule = { minFunds: 500, profit: { amount: 5_000, share: 0.5 } }
    expect(breachesOf(rule, { floating: 400, balance: 499 })).toEqual([])
    expect(breachesOf(rule, { floating: 400, balance: 500 })).toHaveLength(1)
    expect(breachesOf(rule, { floating: 5_001, balance: 499 })).toMatchObject([{ limitKind: 'amount' }])
    expect(breachesOf(rule, { floating: 400, balance: 600, rateToBase: 0.5 })).toEqual([])
  })

  it('has no share of nothing or less', () => {
    expect(breachesOf({ loss: { amount: null, share: 0.5 } }, { floating: -400, balance: 0 })).toEqual([])
    expect(breachesOf({ loss: { amount: null, share: 0.5 } }, { floating: -400, balance: -50 })).toEqual([])
  })

  it('names the limit passed by the larger factor', () => {
    const rule = { profit: { amount: 5_000, share: 0.5 } }
    expect(breachesOf(rule, { floating: 6_000, balance: 2_000 })).toMatchObject([{ limitKind: 'share' }])
    expect(breachesOf(rule, { floating: 50_000, balance: 80_000 })).toMatchObject([{ limitKind: 'amount' }])
  })

  it('keeps still when disabled, or when the side is not checked', () => {
    expect(breachesOf({ enabled: false }, { floating: 9_000 })).toEqual([])
    expect(breachesOf({ profit: { amount: null, share: null } }, { floating: 9_000 })).toEqual([])
  })

  it.each<Partial<MarkRow>>([
    { floating: Number.NaN },
    { floating: Number.POSITIVE_INFINITY },
    { floating: 9_000, rateToBase: Number.NaN },
    { floating: 9_000, rateToBase: Number.POSITIVE_INFINITY },
    { floating: 9_000, rateToBase: 0 },
    { floating: 9_000, rateToBase: -1 },
    { floating: 9_000, balance: Number.NaN },
  ])('never fires on %o', (row) => {
    expect(breachesOf({ profit: { amount: 1, share: 0.01 } }, row)).toEqual([])
  })
})

describe('arming again', () => {
  const at = (floating: number, minutes: number, rule: Partial<PlRule> = {}, row: Partial<MarkRow> = {}) =>
    evaluatePlRule(
      { ...testRule, ...rule },
      marksOf([{ floating, ...row }], minutes * MINUTE),
      firedOnce(1001, 'profit', 0),
    )

  it('needs the time and the figure', () => {
    expect(at(3_999, 10).rearmed).toEqual([sideKey(1001, 'profit')])
    expect(at(4_000, 10).rearmed).toEqual([])
    expect(at(3_999, 9).rearmed).toEqual([])
  })

  it('does not fire the same side again meanwhile, but the other', () => {
    expect(at(9_000, 20).breaches).toEqual([])
    expect(at(-9_000, 20).breaches).toMatchObject([{ side: 'loss' }])
  })

  it('waits for every limit in force, or it would fire at once', () => {
    const rule = { profit: { amount: 5_000, share: 0.5 } }
    expect(at(3_000, 20, rule, { balance: 6_000 }).rearmed).toEqual([])
    expect(at(2_000, 20, rule, { balance: 6_000 }).rearmed).toHaveLength(1)
    expect(at(3_000, 20, { ...rule, minFunds: 7_000 }, { balance: 6_000 }).rearmed).toHaveLength(1)
  })

  it('takes an account without a row as one at zero, unless there are no rows at all', () => {
    const fired = firedOnce(1001, 'profit', 0)
    const other = marksOf([{ login: 1002 }], 10 * MINUTE)
    expect(evaluatePlRule(testRule, other, fired).rearmed).toEqual([sideKey(1001, 'profit')])
    expect(evaluatePlRule(testRule, marksOf([{ login: 1002 }], MINUTE), fired).rearmed).toEqual([])
    expect(evaluatePlRule(testRule, marksOf([], 10 * MINUTE), fired).rearmed).toEqual([])
  })

  it.each<Partial<MarkRow>>([{ floating: Number.NaN }, { rateToBase: Number.NaN }, { balance: Number.NaN }])(
    'does not arm on %o',
    (row) => {
      expect(at(0, 20, {}, row).rearmed).toEqual([])
    },
  )

  it('tells logins with the same low bits apart', () => {
    const verdict = evaluatePlRule(
      testRule,
      marksOf([{ login: 1001 + (1 << 14), floating: 9_000 }], MINUTE),
      firedOnce(1001, 'profit', 0),
    )
    expect(verdict.breaches).toMatchObject([{ login: 1001 + (1 << 14) }])
  })
})

const money = fc.double({ min: -50_000, max: 50_000, noNaN: true })
const limit = fc.option(fc.double({ min: 1, max: 20_000, noNaN: true }), { nil: null })
const share = fc.option(fc.double({ min: 0.01, max: 3, noNaN: true }), { nil: null })
const sideArb = fc.record({ amount: limit, share })
const ruleArb: fc.Arbitrary<PlRule> = fc.record({
  id: fc.constant('r'),
  name: fc.constant('r'),
  enabled: fc.constant(true),
  measure: fc.constantFrom('floating' as const, 'day' as const),
  profit: sideArb,
  loss: sideArb,
  minFunds: fc.constantFrom(0, 500, 5_000),
  rearmAt: fc.double({ min: 0.05, max: 0.99, noNaN: true }),
  rearmAfterMinutes: fc.integer({ min: 0, max: 30 }),
  severity: fc.constant('notice' as const),
})
const rowArb = fc.record({
  balance: fc.double({ min: -1_000, max: 50_000, noNaN: true }),
  credit: fc.double({ min: 0, max: 1_000, noNaN: true }),
  floating: money,
  dayPl: money,
  prevEquity: fc.double({ min: 0, max: 50_000, noNaN: true }),
  moneyToday: money,
  rateToBase: fc.constantFrom(1, 0.0067, 1.25, Number.NaN),
})

/** The rule as its docstring words it, one account at a time, without any of the loop's shortcuts. */
type Figures = Pick<
  MarkRow,
  'balance' | 'credit' | 'floating' | 'dayPl' | 'prevEquity' | 'moneyToday' | 'rateToBase'
>
const passed = (rule: PlRule, row: Figures, part: number) => {
  const value = rule.measure === 'day' ? row.dayPl : row.floating
  const funds =
    rule.measure === 'day' ? row.prevEquity + Math.max(row.moneyToday, 0) : row.balance + row.credit
  const over = (signed: number, side: PlRule['profit'], beyond: (figure: number, bound: number) => boolean) =>
    (side.amount !== null && beyond(signed * row.rateToBase, part * side.amount)) ||
    (side.share !== null &&
      funds > 0 &&
      funds * row.rateToBase >= rule.minFunds &&
      beyond(signed, part * side.share * funds))
  return {
    profit: (beyond: (figure: number, bound: number) => boolean) => over(value, rule.profit, beyond),
    loss: (beyond: (figure: number, bound: number) => boolean) => over(-value, rule.loss, beyond),
  }
}
describe('property', () => {
  it('fires exactly when armed and a limit is passed', () => {
    fc.assert(
      fc.property(ruleArb, fc.array(rowArb, { maxLength: 20 }), (rule, rows) => {
        const marks = marksOf(rows.map((row, i) => ({ ...row, login: 100 + i })))
        const found = evaluatePlRule(rule, marks, armed).breaches.map((b) => `${b.login}${b.side}`)
        const expected = rows.flatMap((row, i) => {
          const judge = passed(rule, row, 1)
          return (['profit', 'loss'] as const)
            .filter((side) => judge[side]((figure, bound) => figure > bound))
            .map((side) => `${100 + i}${side}`)
        })
        expect(found).toEqual(expected)
      }),
    )
  })

  it('over any course of one account: never twice without arming, and arming needs both conditions', () => {
    fc.assert(
      fc.property(
        ruleArb,
        fc.array(fc.record({ row: rowArb, minutes: fc.integer({ min: 0, max: 20 }) }), { maxLength: 60 }),
        (rule, course) => {
          const fired = new Map<number, Fired>()
          let now = 0
          for (const { row, minutes } of course) {
            now += minutes * MINUTE
            const { breaches, rearmed } = evaluatePlRule(rule, marksOf([row], now), fired)
            for (const key of rearmed) {
              const side = key % 2 === 0 ? 'profit' : 'loss'
              const since = fired.get(key)
              expect(since).toBeDefined()
              expect(now - (since?.at ?? 0)).toBeGreaterThanOrEqual(rule.rearmAfterMinutes * MINUTE)
              expect(passed(rule, row, rule.rearmAt)[side]((figure, bound) => figure >= bound)).toBe(false)
              fired.delete(key)
            }
            for (const breach of breaches) {
              const key = sideKey(breach.login, breach.side)
              expect(fired.has(key)).toBe(false)
              expect(rearmed).not.toContain(key)
              expect(Math.sign(breach.value)).toBe(breach.side === 'profit' ? 1 : -1)
              fired.set(key, { at: now, limitKind: breach.limitKind })
            }
          }
        },
      ),
    )
  })
})
