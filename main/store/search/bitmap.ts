/** A growing set of row numbers, one bit each. */
export type Bitmap = {
  readonly add: (row: number) => void
  readonly remove: (row: number) => void
  readonly has: (row: number) => boolean
  /** 32 rows at once; rows beyond its end are not in it. */
  readonly word: (index: number) => number
  readonly words: () => Uint32Array
}

export const createBitmap = (capacity: number, from?: Uint32Array): Bitmap => {
  let bits = new Uint32Array(Math.max(1, (capacity + 31) >>> 5, from?.length ?? 0))
  if (from) bits.set(from)
  const grow = (words: number): void => {
    const larger = new Uint32Array(Math.max(words, bits.length + (bits.length >>> 2)))
    larger.set(bits)
    bits = larger
  }
  return {
    add: (row) => {
      const index = row >>> 5
      if (index >= bits.length) grow(index + 1)
      bits[index] = (bits[index] as number) | (1 << (row & 31))
    },
    remove: (row) => {
      const index = row >>> 5
      if (index < bits.length) bits[index] = (bits[index] as number) & ~(1 << (row & 31))
    },
    has: (row) => (((bits[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1,
    word: (index) => bits[index] ?? 0,
    words: () => bits,
  }
}

/** All that is in any of them. */
export const unionOf = (sets: readonly Bitmap[]): Bitmap => {
  const length = Math.max(...sets.map((set) => set.words().length))
  const all = new Uint32Array(length)
  for (const set of sets) {
    const bits = set.words()
    for (let i = 0; i < bits.length; i++) all[i] = (all[i] as number) | (bits[i] as number)
  }
  return createBitmap(0, all)
}

/** Rows that are in every one of the sets, the highest first. */
export function* rowsInAll(sets: readonly Bitmap[]): Generator<number> {
  const all = sets.map((set) => set.words())
  for (let i = Math.min(...all.map((bits) => bits.length)) - 1; i >= 0; i--) {
    let word = 0xffff_ffff
    for (const bits of all) word &= bits[i] as number
    while (word !== 0) {
      const bit = 31 - Math.clz32(word)
      word &= ~(1 << bit)
      yield i * 32 + bit
    }
  }
}

/** The set of rows that are in every one of them. */
export const intersectionOf = (sets: readonly Bitmap[]): Bitmap => {
  const all = sets.map((set) => set.words())
  const length = Math.min(...all.map((bits) => bits.length))
  const common = new Uint32Array(length)
  for (let i = 0; i < length; i++) {
    let word = 0xffff_ffff
    for (const bits of all) word &= bits[i] as number
    common[i] = word
  }
  return createBitmap(0, common)
}
