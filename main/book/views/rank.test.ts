import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRanker, sortWords, textRanks } from './rank.ts'

const blankLast = (a: number, b: number, descending: boolean): number => {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  if (a === b) return 0
  return a < b === descending ? 1 : -1
}

describe('createRanker', () => {
  const ranker = createRanker()
  const placesOf = (keys: number[], ties: number[], descending: boolean, from: number, to: number) => {
    const words = sortWords(Float64Array.from(keys), 0, keys.length, descending)
    const places = ranker.places(words, keys.length, from, to, (i) => ties[i] as number)
    return [...places.subarray(0, Math.max(0, Math.min(to, keys.length) - Math.min(from, keys.length)))]
  }
  const expectedOf = (keys: number[], ties: number[], descending: boolean) =>
    keys
      .map((_, i) => i)
      .sort(
        (a, b) =>
          blankLast(keys[a] as number, keys[b] as number, descending) ||
          (ties[a] as number) - (ties[b] as number),
      )
  const key = fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, -0, Number.NaN))

  it('finds any slice as a comparator would: by key, blanks last, then by tie', () => {
    fc.assert(
      fc.property(
        fc.array(key),
        fc.boolean(),
        fc.nat(1e6),
        fc.nat(120),
        fc.nat(120),
        (keys, descending, seed, from, count) => {
          const ties = keys.map((_, i) => (i * 7919 + seed) % 10_007)
          expect(placesOf(keys, ties, descending, from, from + count)).toEqual(
            expectedOf(keys, ties, descending).slice(from, from + count),
          )
        },
      ),
    )
  })

  it('finds slices of many rows, of which many are alike', () => {
    let seed = 1
    const random = () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return seed / 2 ** 32
    }
    const draws = [
      () => Math.round((random() - 0.5) * 1e7) / 100,
      () => Math.floor(random() * 3),
      () => (random() < 0.2 ? Number.NaN : Math.floor(random() * 5000) - 2500),
      () => 7,
    ]
    const n = 6000
    for (const draw of draws)
      for (const descending of [true, false]) {
        const keys = Array.from({ length: n }, draw)
        const ties = keys.map((_, i) => (i * 7919) % 10_007)
        const expected = expectedOf(keys, ties, descending)
        for (const [from, to] of [
          [0, 80],
          [2990, 3070],
          [5950, 7000],
          [0, n],
        ] as const)
          expect(placesOf(keys, ties, descending, from, to)).toEqual(expected.slice(from, to))
      }
  })
})

describe('textRanks', () => {
  it('puts texts in order without regard to case', () => {
    expect([...textRanks(['b', 'A', 'a', 'b', 'C'])]).toEqual([2, 0, 1, 2, 3])
  })
})
