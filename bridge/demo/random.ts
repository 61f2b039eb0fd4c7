import type { Random } from '../../shared/runtime/ports.ts'
import { avalanche, mixWord } from '../../shared/wire/checksum.ts'

/** Seed of the demo: any text or number; equal seeds give equal worlds. */
export type Seed = number | string

/** One 32-bit word from a seed and any number of salts. */
export const hashWords = (...words: readonly Seed[]): number => {
  let h = 0x2545f491
  for (const word of words) {
    if (typeof word === 'number' && (word | 0) === word) h = mixWord(h, word)
    else {
      const text = String(word)
      h = mixWord(h, text.length)
      for (let i = 0; i < text.length; i++) h = mixWord(h, text.charCodeAt(i))
    }
  }
  return avalanche(h)
}

/** sfc32 (Chris Doty-Humphrey, public domain): small, fast, passes PractRand; uniform in [0, 1). */
export const createRandom = (...seed: readonly Seed[]): Random => {
  const word = hashWords(...seed)
  let a = word
  let b = avalanche(word ^ 0x9e3779b9)
  let c = avalanche(word ^ 0x85ebca6b)
  let counter = 1
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

/** Whole number in [0, below). */
export const int = (random: Random, below: number): number => Math.floor(random() * below)

/** Uniform in [low, high). */
export const between = (random: Random, low: number, high: number): number => low + random() * (high - low)

export const chance = (random: Random, probability: number): boolean => random() < probability

export const pick = <T>(random: Random, list: readonly T[]): T => {
  const item = list[int(random, list.length)]
  if (item === undefined) throw new RangeError('pick from an empty list')
  return item
}

/** Standard normal (Box–Muller, one of the pair). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** Exponential with the given mean: the wait until the next event of a Poisson process. */
export const exponential = (random: Random, mean: number): number => -Math.log(1 - random()) * mean

/** Index drawn with the given cumulative weights (last entry = total). */
export const weighted = (random: Random, cumulative: readonly number[]): number => {
  const at = random() * (cumulative[cumulative.length - 1] ?? 0)
  let low = 0
  let high = cumulative.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cumulative[middle] as number) > at) high = middle
    else low = middle + 1
  }
  return low
}

export const cumulate = (weights: readonly number[]): number[] => {
  let sum = 0
  return weights.map((weight) => {
    sum += weight
    return sum
  })
}
