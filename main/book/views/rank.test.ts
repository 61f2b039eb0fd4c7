import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRanker, textRanks } from './rank.ts'

const blankLast = (a: number, b: number, descending: boolean): number => {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  if (a === b) return 0
  return a < b === descending ? 1 : -1
}

describe('createRanker', () => {
  const ranker = createRanker()

  it('orders as a comparator would: by key, blanks last, then by tie', () => {
    const key = fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, -0, Number.NaN))
    fc.assert(
      fc.property(fc.array(key), fc.boolean(), fc.nat(1e6), (keys, descending, seed) => {
        const ties = keys.map((_, i) => (i * 7919 + seed) % 10_007)
        const expected = keys
          .map((_, i) => i)
          .sort(
            (a, b) =>
              blankLast(keys[a] as number, keys[b] as number, descending) ||
              (ties[a] as number) - (ties[b] as number),
          )
        const got = ranker.rank(keys.length, Float64Array.from(ties), Float64Array.from(keys), descending)
        expect([...got.subarray(0, keys.length)]).toEqual(expected)
      }),
    )
  })

  it('orders by tie alone without a key', () => {
    expect([...ranker.rank(4, Float64Array.of(4, 2, 3, 1), null, true).subarray(0, 4)]).toEqual([3, 1, 2, 0])
  })
})

describe('textRanks', () => {
  it('puts texts in order without regard to case', () => {
    expect([...textRanks(['b', 'A', 'a', 'b', 'C'])]).toEqual([2, 0, 1, 2, 3])
  })
})
