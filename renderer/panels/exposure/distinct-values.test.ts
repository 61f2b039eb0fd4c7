import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AskAccounts, distinctValues } from './distinct-values.ts'

/** A desk whose accounts have these groups; notes every question. */
const desk = (groups: readonly string[], page: number) => {
  const sorted = groups.toSorted()
  let asked = 0
  const ask: AskAccounts = async (_part, { group }, from) => {
    asked++
    const matching = group === undefined ? sorted : sorted.filter((g) => g === group)
    return { values: matching.slice(from, from + page), matched: matching.length }
  }
  return { ask, asked: () => asked }
}

describe('distinctValues', () => {
  it('finds every value once, in order, whatever the page', async () => {
    const group = fc.constantFrom('', 'demo', 'ecn-EUR', 'pro-USD', 'real-USD')
    await fc.assert(
      fc.asyncProperty(
        fc.array(group, { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        async (all, page) => {
          const expected = [...new Set(all)].filter(Boolean).toSorted()
          expect(await distinctValues('group', desk(all, page).ask)).toEqual(expected)
        },
      ),
    )
  })

  it('asks about once or twice a value, not once a page', async () => {
    const all = ['a', 'b', 'c'].flatMap((group) => Array.from({ length: 5000 }, () => group))
    const { ask, asked } = desk(all, 100)
    expect(await distinctValues('group', ask)).toEqual(['a', 'b', 'c'])
    expect(asked()).toBeLessThanOrEqual(6)
  })

  it('ends when accounts leave between two questions', async () => {
    let turn = 0
    const ask: AskAccounts = async () => ({
      values: turn++ % 2 === 0 ? ['a'] : [],
      matched: turn > 10 ? 1 : 5,
    })
    expect(await distinctValues('group', ask)).toEqual(['a'])
  })
})
