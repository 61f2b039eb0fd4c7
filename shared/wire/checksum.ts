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
  (Math.imul(rotl(hash ^ Math.imul(word, 0xcc9e2d51), 13), 5) + 0xe6546b64) | 0

/**
 * 32-bit checksum of whole words. It tells damage from data (1 in 2^32 slips through); it is not a
 * signature: who may speak is decided by sign-in and TLS. Four words at a time in hashes of their own: none waits for another.
 */
export const checksumWords = (words: Int32Array, seed = 0): number => {
  let [a, b, c, d] = [seed ^ 0x9e3779b1, seed ^ 0x85ebca77, seed ^ 0xc2b2ae3d, seed ^ 0x27d4eb2f]
  const whole = words.length & ~3
  for (let i = 0; i < whole; i += 4) {
    a = mixWord(a, words[i] as number)
    b = mixWord(b, words[i + 1] as number)
    c = mixWord(c, words[i + 2] as number)
    d = mixWord(d, words[i + 3] as number)
  }
  let h = (rotl(a, 1) + rotl(b, 7) + rotl(c, 12) + rotl(d, 18)) | 0
  for (let i = whole; i < words.length; i++) h = mixWord(h, words[i] as number)
  return avalanche(h ^ words.length)
}
