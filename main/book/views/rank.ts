/**
 * Orders rows by number keys with a radix sort over the bits of the doubles: stable, no comparator call, a few
 * milliseconds for 100,000 rows. Blank keys (NaN) come last in both directions.
 */

export type Ranker = {
  /**
   * Places of rows 0…n−1 in order of `keys`; rows with equal keys keep the order given by `ties` (ascending). The
   * answered array is used again by the next call.
   */
  readonly rank: (
    n: number,
    ties: Float64Array,
    keys: Float64Array | null,
    descending: boolean,
  ) => Uint32Array
}

const BITS = 11
const BUCKETS = 1 << BITS
const LAST = 0xffffffff
/** Digits of a 64-bit key, least significant first: which half, and how far down. */
const digits = [
  [0, 0],
  [0, 11],
  [0, 22],
  [1, 0],
  [1, 11],
  [1, 22],
] as const

export const createRanker = (): Ranker => {
  let low = new Uint32Array(0)
  let high = new Uint32Array(0)
  let order = new Uint32Array(0)
  let spare = new Uint32Array(0)
  const counts = new Uint32Array(BUCKETS)

  const ensure = (n: number): void => {
    if (low.length >= n) return
    const length = Math.max(n, low.length * 2, 1024)
    low = new Uint32Array(length)
    high = new Uint32Array(length)
    order = new Uint32Array(length)
    spare = new Uint32Array(length)
  }

  const ascending = (n: number, keys: Float64Array): boolean => {
    let before = keys[order[0] as number] as number
    for (let i = 1; i < n; i++) {
      const key = keys[order[i] as number] as number
      if (!(key >= before)) return false
      before = key
    }
    return true
  }

  /** Doubles → unsigned 64-bit numbers of the same order. */
  const spread = (n: number, keys: Float64Array, descending: boolean): void => {
    const words = new Uint32Array(keys.buffer, keys.byteOffset, n * 2)
    for (let i = 0; i < n; i++) {
      const key = keys[i] as number
      if (key !== key) {
        low[i] = LAST
        high[i] = LAST
        continue
      }
      // Zero has two bit patterns but one place.
      let lo = key === 0 ? 0 : (words[i * 2] as number)
      let hi = key === 0 ? 0 : (words[i * 2 + 1] as number)
      if (key < 0) {
        lo = ~lo
        hi = ~hi
      } else hi ^= 0x80000000
      low[i] = descending ? ~lo : lo
      high[i] = descending ? ~hi : hi
    }
  }

  const sortDigit = (n: number, words: Uint32Array, shift: number): void => {
    counts.fill(0)
    for (let i = 0; i < n; i++) {
      const digit = ((words[i] as number) >>> shift) & (BUCKETS - 1)
      counts[digit] = (counts[digit] as number) + 1
    }
    if (counts[((words[0] as number) >>> shift) & (BUCKETS - 1)] === n) return
    let sum = 0
    for (let d = 0; d < BUCKETS; d++) {
      const count = counts[d] as number
      counts[d] = sum
      sum += count
    }
    for (let i = 0; i < n; i++) {
      const row = order[i] as number
      const digit = ((words[row] as number) >>> shift) & (BUCKETS - 1)
      const place = counts[digit] as number
      spare[place] = row
      counts[digit] = place + 1
    }
    const swap = order
    order = spare
    spare = swap
  }

  const sort = (n: number, keys: Float64Array, descending: boolean): void => {
    if (!descending && ascending(n, keys)) return
    spread(n, keys, descending)
    for (const [half, shift] of digits) sortDigit(n, half === 0 ? low : high, shift)
  }

  return {
    rank: (n, ties, keys, descending) => {
      ensure(n)
      for (let i = 0; i < n; i++) order[i] = i
      if (n > 1) {
        sort(n, ties, false)
        if (keys) sort(n, keys, descending)
      }
      return order
    },
  }
}

const compareTexts = (a: string, b: string): number => {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  if (x !== y) return x < y ? -1 : 1
  return a === b ? 0 : a < b ? -1 : 1
}

/** Places of the given texts in order without regard to case; equal texts share a place. */
export const textRanks = (texts: readonly string[]): Float64Array => {
  const distinct = [...new Set(texts)]
  distinct.sort(compareTexts)
  const places = new Map<string, number>()
  for (let i = 0; i < distinct.length; i++) places.set(distinct[i] as string, i)
  return Float64Array.from(texts, (text) => places.get(text) as number)
}
