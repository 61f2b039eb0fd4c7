const rotl = (x: number, r: number): number => (x << r) | (x >>> (32 - r))

/** Final avalanche of a 32-bit value (murmur3 finaliser). */
export const avalanche = (value: number): number => {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** One 32-bit word into a running hash. */
export const mixWord = (hash: number, word: number): number =>
  Math.imul(rotl(hash ^ Math.imul(word, 0xcc9e2d51), 13), 5) + 0xe6546b64

/**
 * 32-bit checksum of whole words. It tells damage from data (1 in 2^32 slips through); it is not a
 * signature: who may speak is decided by sign-in and TLS.
 */
export const checksumWords = (words: Int32Array, seed = 0): number => {
  let h = seed
  for (let i = 0; i < words.length; i++) h = mixWord(h, words[i] as number)
  return avalanche(h ^ words.length)
}
