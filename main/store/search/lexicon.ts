import { createNearWords, type NearWord } from './near-words.ts'

/** Beginnings of a word up to this length are terms of their own: a prefix is then one list, not a walk. */
export const EDGES = 6
/** Terms a word makes in one space: its beginnings and itself. */
const STRIDE = EDGES + 1

/**
 * Spaces of terms, by first character. `s`: a beginning of a word anywhere in the document; `t`: a whole word; `m`, `n`:
 * the same of names only. `d`: a beginning of a number anywhere; `u`: a whole one; `k`, `l`: the same of logins only.
 * `g`: four digits in a row of a phone; `p`: the first digits of one. `e`: a whole e-mail address.
 */
export type Lexicon = {
  /** The number of a term, made when it is new. */
  readonly term: (text: string) => number
  /** The number of a term, or -1. */
  readonly find: (text: string) => number
  readonly textOf: (term: number) => string
  /** Terms of a word anywhere. */
  readonly addWord: (word: string, take: (term: number) => void) => void
  /** Terms of a word of a name, besides those of `addWord`. */
  readonly addName: (word: string, take: (term: number) => void) => void
  /** Words longer than `EDGES` that begin so; `prefix` is at least that long. */
  readonly longWords: (prefix: string) => string[]
  readonly near: (typed: string) => (Omit<NearWord, 'word'> & { readonly text: string })[]
  readonly words: () => number
  readonly terms: () => number
}

const grown = (old: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> => {
  if (length <= old.length) return old
  const larger = new Int32Array(Math.max(length, old.length * 2))
  larger.set(old)
  return larger
}

const HAS_DIGIT = /\d/

/** `expected`: documents, for the size of its tables; they hold more. */
export const createLexicon = (expected: number): Lexicon => {
  const termNumbers = new Map<string, number>()
  const terms: string[] = ['']
  const wordNumbers = new Map<string, number>()
  const words: string[] = []
  let anyTerms = new Int32Array(STRIDE * 1024)
  let nameTerms = new Int32Array(STRIDE * 1024)
  /** Long words that share their first `EDGES` characters, in chains. */
  const chains = new Map<string, number>()
  let nextInChain = new Int32Array(1024)
  const nearWords = createNearWords((word) => words[word] as string, expected)

  const term = (text: string): number => {
    const known = termNumbers.get(text)
    if (known !== undefined) return known
    const made = terms.length
    terms.push(text)
    termNumbers.set(text, made)
    return made
  }
  const fillTerms = (into: Int32Array, at: number, edge: string, whole: string, word: string): void => {
    into[at * STRIDE] = term(whole + word)
    const edges = Math.min(EDGES, word.length)
    for (let i = 1; i <= edges; i++) into[at * STRIDE + i] = term(edge + word.slice(0, i))
  }
  const wordNumber = (word: string): number => {
    const known = wordNumbers.get(word)
    if (known !== undefined) return known
    const made = words.length
    words.push(word)
    wordNumbers.set(word, made)
    anyTerms = grown(anyTerms, (made + 1) * STRIDE)
    nameTerms = grown(nameTerms, (made + 1) * STRIDE)
    nextInChain = grown(nextInChain, made + 1)
    fillTerms(anyTerms, made, 's', 't', word)
    if (word.length > EDGES) {
      const head = word.slice(0, EDGES)
      nextInChain[made] = chains.get(head) ?? -1
      chains.set(head, made)
    }
    if (!HAS_DIGIT.test(word)) nearWords.add(made, word)
    return made
  }

  return {
    term,
    find: (text) => termNumbers.get(text) ?? -1,
    textOf: (number) => terms[number] as string,
    addWord: (word, take) => {
      const at = wordNumber(word) * STRIDE
      for (let i = 0; i < STRIDE; i++) if (anyTerms[at + i] !== 0) take(anyTerms[at + i] as number)
    },
    addName: (word, take) => {
      const number = wordNumber(word)
      const at = number * STRIDE
      if (nameTerms[at] === 0) fillTerms(nameTerms, number, 'm', 'n', word)
      for (let i = 0; i < STRIDE; i++) if (nameTerms[at + i] !== 0) take(nameTerms[at + i] as number)
    },
    longWords: (prefix) => {
      const found: string[] = []
      let at = chains.get(prefix.slice(0, EDGES)) ?? -1
      while (at >= 0) {
        const word = words[at] as string
        if (word.startsWith(prefix)) found.push(word)
        at = nextInChain[at] as number
      }
      return found
    },
    near: (typed) =>
      nearWords.near(typed).map(({ word, edits, begun }) => ({ text: words[word] as string, edits, begun })),
    words: () => words.length,
    terms: () => terms.length,
  }
}
