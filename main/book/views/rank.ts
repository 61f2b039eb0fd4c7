import type { RowKey } from './source.ts'

/** Keys in a form that is compared digit by digit: two words a row (low, high), unsigned. */
export type SortWords = Uint32Array<ArrayBuffer>

const LAST = 0xffffffff
const SIGN = 0x80000000

/**
 * Turns number keys `from`…`to`−1 into words of the same order, in place: the answer is another view of the same memory.
 * Blanks (NaN) come last in both directions; 0 and −0 are one place.
 */
export const sortWords = (
  keys: Float64Array<ArrayBuffer>,
  from: number,
  to: number,
  descending: boolean,
): SortWords => {
  const words = new Uint32Array(keys.buffer, keys.byteOffset, keys.length * 2)
  const turn = descending ? LAST : 0
  for (let i = from; i < to; i++) {
    const key = keys[i] as number
    const at = i * 2
    const low = words[at] as number
    const high = words[at + 1] as number
    if (key !== key) {
      words[at] = LAST
      words[at + 1] = LAST
    } else if (low === 0 && high === SIGN) {
      words[at] = turn
      words[at + 1] = SIGN ^ turn
    } else {
      // All bits of a negative key, else the sign alone: without a jump, which would be guessed wrong every other time.
      const negative = (high | 0) >> 31
      words[at] = low ^ negative ^ turn
      words[at + 1] = high ^ (negative | SIGN) ^ turn
    }
  }
  return words
}

export type Ranker = {
  /**
   * Which of rows 0…n−1 stand at places `from`…`to`−1 in order of their words; rows with equal words stand in order of
   * `tie` (ascending). The answered array is used again by the next call.
   */
  readonly places: (words: SortWords, n: number, from: number, to: number, tie: RowKey) => Int32Array
}

const BUCKETS = 1 << 11
/** Digits of a key, most significant first: which word, and how far down. */
const digits = [
  [1, 21],
  [1, 10],
  [1, 0],
  [0, 21],
  [0, 10],
  [0, 0],
] as const
/** The last digit of each word has ten bits. */
const maskOf = (level: number): number => (level % 3 === 2 ? 1023 : 2047)
/** So few rows are put in order by comparing them. */
const FEW = 256

/**
 * Finds the rows at given places of an order without putting all rows in order: a radix sort from the most significant
 * digit that follows only the buckets in which those places lie. Two passes over the keys say where the first hundred of
 * 500,000 are; nothing is said of the rest.
 */
export const createRanker = (): Ranker => {
  let list = new Int32Array(0)
  let spare = new Int32Array(0)
  let tieKeys = new Float64Array(0)
  let out = new Int32Array(0)
  const counts = Array.from({ length: digits.length * 2 + 1 }, () => new Uint32Array(BUCKETS))
  let from = 0
  let to = 0
  let tie: RowKey = () => 0
  let words: SortWords = new Uint32Array(0)
  let tieWords: SortWords = new Uint32Array(0)

  const less = (a: number, b: number): number => {
    const highA = words[a * 2 + 1] as number
    const highB = words[b * 2 + 1] as number
    if (highA !== highB) return highA < highB ? -1 : 1
    const lowA = words[a * 2] as number
    const lowB = words[b * 2] as number
    if (lowA !== lowB) return lowA < lowB ? -1 : 1
    return tie(a) - tie(b)
  }

  const tieUp = (start: number, end: number): void => {
    for (let k = start; k < end; k++) tieKeys[k] = tie(list[k] as number)
    const sorted = sortWords(tieKeys.subarray(start, end), 0, end - start, false)
    if (tieWords.length < words.length) tieWords = new Uint32Array(words.length)
    for (let k = start; k < end; k++) {
      const at = (list[k] as number) * 2
      tieWords[at] = sorted[(k - start) * 2] as number
      tieWords[at + 1] = sorted[(k - start) * 2 + 1] as number
    }
  }

  /** Rows `list[start…end)` stand at places `base…`; digits before `level` are equal among them. */
  const settle = (start: number, end: number, level: number, base: number): void => {
    if (start === end || base >= to || base + end - start <= from) return
    if (end - start <= FEW || level === digits.length * 2) {
      const part = list.subarray(start, end)
      if (level < digits.length * 2) part.sort(less)
      for (let k = Math.max(0, from - base); k < part.length && base + k < to; k++)
        out[base + k - from] = part[k] as number
      return
    }
    if (level === digits.length) tieUp(start, end)
    const key = level < digits.length ? words : tieWords
    const [word, shift] = digits[level % digits.length] as (typeof digits)[number]
    const mask = maskOf(level)
    const starts = counts[level] as Uint32Array
    starts.fill(0)
    for (let k = start; k < end; k++) {
      const d = ((key[(list[k] as number) * 2 + word] as number) >>> shift) & mask
      starts[d] = (starts[d] as number) + 1
    }
    const first = ((key[(list[start] as number) * 2 + word] as number) >>> shift) & mask
    if (starts[first] === end - start) return settle(start, end, level + 1, base)
    let before = 0
    for (let d = 0; d <= mask; d++) {
      const count = starts[d] as number
      starts[d] = before
      before += count
    }
    for (let k = start; k < end; k++) {
      const row = list[k] as number
      const d = ((key[row * 2 + word] as number) >>> shift) & mask
      const place = starts[d] as number
      spare[place] = row
      starts[d] = place + 1
    }
    list.set(spare.subarray(0, end - start), start)
    // `starts[d]` is by now where bucket d ends.
    before = 0
    for (let d = 0; d <= mask; d++) {
      const after = starts[d] as number
      settle(start + before, start + after, level + 1, base + before)
      before = after
    }
  }

  /** Rows whose first digit may lead to the wanted places, into `list`; answers how many and how many stand before them. */
  const gather = (n: number): [rows: number, before: number] => {
    const sums = counts[digits.length * 2] as Uint32Array
    sums.fill(0)
    for (let i = 0; i < n; i++) {
      const d = (words[i * 2 + 1] as number) >>> 21
      sums[d] = (sums[d] as number) + 1
    }
    let before = 0
    let first = 0
    while (before + (sums[first] as number) <= from) before += sums[first++] as number
    let last = first
    for (let sum = before + (sums[first] as number); sum < to; sum += sums[last] as number) last++
    let rows = 0
    for (let i = 0; i < n; i++) {
      const d = (words[i * 2 + 1] as number) >>> 21
      if (d >= first && d <= last) list[rows++] = i
    }
    return [rows, before]
  }

  return {
    places: (givenWords, n, givenFrom, givenTo, givenTie) => {
      from = Math.min(givenFrom, n)
      to = Math.min(givenTo, n)
      if (list.length < n) {
        const length = Math.max(n, list.length * 2, 1024)
        list = new Int32Array(length)
        spare = new Int32Array(length)
        tieKeys = new Float64Array(length)
      }
      if (out.length < to - from) out = new Int32Array(Math.max(to - from, 1024))
      if (from >= to) return out
      words = givenWords
      tie = givenTie
      const [rows, before] = gather(n)
      settle(0, rows, 0, before)
      return out
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
