import { editsBetween } from './distance.ts'
import { SHORTEST_MEANT } from './words.ts'

/** A word of the vocabulary near to a typed one. */
export type NearWord = {
  readonly word: number
  readonly edits: number
  /** Only its beginning is near: what was typed goes on. */
  readonly begun: boolean
}

export type NearWords = {
  readonly add: (word: number, text: string) => void
  readonly near: (typed: string) => NearWord[]
}

/** Shorter words have no near ones: too much would be. */
const SHORTEST_NEAR = SHORTEST_MEANT
/** From this length on two edits are forgiven, below one. */
const TWO_EDITS = 8
/** Deletions are taken from so many first characters; what follows is compared, not looked up. */
const HEAD = 7
const FEWEST_BUCKETS = 1 << 18
const MOST_BUCKETS = 1 << 22

const editsFor = (length: number): number => (length >= TWO_EDITS ? 2 : 1)

/** FNV-1a over the first characters of a text with up to two places left out. */
const hashWithout = (text: string, length: number, skip1: number, skip2: number): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < length; i++) {
    if (i === skip1 || i === skip2) continue
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  return hash ^ (hash >>> 15)
}

/** Hashes of the head of a word with up to `edits` characters left out. */
const deletionsOf = (text: string, edits: number): Set<number> => {
  const length = Math.min(text.length, HEAD)
  const hashes = new Set([hashWithout(text, length, -1, -1)])
  for (let i = 0; i < length; i++) {
    hashes.add(hashWithout(text, length, i, -1))
    if (edits > 1) for (let j = i + 1; j < length; j++) hashes.add(hashWithout(text, length, i, j))
  }
  return hashes
}

/**
 * Words near a typed one through their common deletions: two words at most n edits apart share what is left of their
 * heads after n characters are taken out of each. Looking up is a few dozen chains whatever the vocabulary is.
 */
export const createNearWords = (textOf: (word: number) => string, expected: number): NearWords => {
  const wanted = 2 ** Math.ceil(Math.log2(expected * 2 + 1))
  const mask = Math.min(MOST_BUCKETS, Math.max(FEWEST_BUCKETS, wanted)) - 1
  /** Entry + 1 where a chain begins, 0 for none; the same in `next`. */
  const first = new Int32Array(mask + 1)
  let next = new Int32Array(1 << 16)
  let words = new Int32Array(1 << 16)
  let entries = 0

  return {
    add: (word, text) => {
      if (text.length < SHORTEST_NEAR) return
      for (const hash of deletionsOf(text, editsFor(text.length))) {
        if (entries === next.length) {
          const grown = new Int32Array(entries * 2)
          grown.set(next)
          next = grown
          const more = new Int32Array(entries * 2)
          more.set(words)
          words = more
        }
        next[entries] = first[hash & mask] as number
        words[entries] = word
        entries += 1
        first[hash & mask] = entries
      }
    },
    near: (typed) => {
      if (typed.length < SHORTEST_NEAR - 1) return []
      const allowed = editsFor(typed.length)
      const seen = new Set<number>()
      const found: NearWord[] = []
      for (const hash of deletionsOf(typed, allowed))
        for (let at = first[hash & mask] as number; at > 0; at = next[at - 1] as number) {
          const word = words[at - 1] as number
          if (seen.has(word)) continue
          seen.add(word)
          const text = textOf(word)
          if (text.length < typed.length - allowed) continue
          if (typed.length < HEAD && text.length > typed.length + allowed) continue
          const { whole, prefix } = editsBetween(typed, text, allowed)
          if (whole > 0 && whole <= allowed) found.push({ word, edits: whole, begun: false })
          else if (typed.length >= HEAD && prefix > 0 && prefix <= allowed)
            found.push({ word, edits: prefix, begun: true })
        }
      return found
    },
  }
}
