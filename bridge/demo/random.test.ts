import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  between,
  createRandom,
  cumulate,
  exponential,
  hashWords,
  int,
  normal,
  pick,
  weighted,
} from './random.ts'

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0) / numbers.length
const many = (draw: () => number): number[] => Array.from({ length: 20_000 }, draw)

describe('createRandom', () => {
  it('repeats for a seed, in text or number, and differs for another', () => {
    const draw = (...seed: (string | number)[]) => {
      const random = createRandom(...seed)
      return Array.from({ length: 20 }, random)
    }
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true })), (seed) => {
        expect(draw(seed)).toEqual(draw(seed))
        expect(draw(seed, 'a')).not.toEqual(draw(seed, 'b'))
      }),
    )
    expect(hashWords('ab', 'c')).not.toBe(hashWords('a', 'bc'))
  })

  it('is uniform, and the others have the shape they promise', () => {
    const random = createRandom(7)
    const uniform = many(random)
    expect(mean(uniform)).toBeCloseTo(0.5, 1)
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...uniform)).toBeLessThan(1)
    const bell = many(() => normal(random))
    expect(mean(bell)).toBeCloseTo(0, 1)
    expect(mean(bell.map((n) => n * n))).toBeCloseTo(1, 1)
    expect(mean(many(() => exponential(random, 5))) / 5).toBeCloseTo(1, 1)
    expect(mean(many(() => between(random, 10, 20)))).toBeCloseTo(15, 0)
  })

  it('draws by weight and within bounds', () => {
    const random = createRandom(8)
    const counts = [0, 0, 0]
    const cumulative = cumulate([1, 0, 3])
    for (let i = 0; i < 20_000; i++) {
      const at = weighted(random, cumulative)
      counts[at] = (counts[at] as number) + 1
    }
    expect(counts[1]).toBe(0)
    expect((counts[2] as number) / (counts[0] as number)).toBeCloseTo(3, 0)
    expect(new Set(many(() => int(random, 4)))).toEqual(new Set([0, 1, 2, 3]))
    expect(() => pick(random, [])).toThrow(RangeError)
  })
})
