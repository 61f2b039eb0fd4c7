import { classOf, DIGIT, foldPoint, LETTER, RUN, SEPARATOR } from './fold.ts'

/** A word as the index knows it: folded, with the place it has in the text. */
export type Word = {
  readonly text: string
  readonly start: number
  readonly end: number
  /** `number`: digits only. `run`: script without spaces. */
  readonly kind: 'word' | 'number' | 'run'
}

/** Longer words are cut, in documents and in questions alike. */
export const MAX_WORD = 32
/** A typed word is taken for another one from this length of the other on. */
export const SHORTEST_MEANT = 4

const ASCII = new Uint8Array(128)
for (let c = 48; c <= 57; c++) ASCII[c] = DIGIT
for (let c = 65; c <= 90; c++) ASCII[c] = LETTER
for (let c = 97; c <= 122; c++) ASCII[c] = LETTER

/**
 * The words of a text in order. Letters and digits are words of their own ("smith1987" is two), so that names do not
 * come in as many words as there are numbers behind them. Marks that are folded away end no word.
 */
export const wordsOf = (text: string): Word[] => {
  const found: Word[] = []
  let start = -1
  let end = 0
  /** Letter, run or digit: what the word is so far. */
  let kind = SEPARATOR
  let built = ''
  let plain = true

  const finish = (): void => {
    if (start < 0) return
    const whole = plain ? text.slice(start, end).toLowerCase() : built
    const named = kind === DIGIT ? 'number' : kind === RUN ? 'run' : 'word'
    found.push({ text: whole.length > MAX_WORD ? whole.slice(0, MAX_WORD) : whole, start, end, kind: named })
    start = -1
    kind = SEPARATOR
    built = ''
    plain = true
  }
  const take = (cls: number, at: number): void => {
    if (start >= 0 && kind !== cls) finish()
    if (start >= 0) return
    start = at
    kind = cls
  }

  for (let i = 0; i < text.length; ) {
    const code = text.charCodeAt(i)
    if (code < 128) {
      const cls = ASCII[code] as number
      if (cls === SEPARATOR) finish()
      else {
        take(cls, i)
        if (!plain) built += code >= 65 && code <= 90 ? String.fromCharCode(code + 32) : text[i]
        end = i + 1
      }
      i += 1
      continue
    }
    const point = text.codePointAt(i) as number
    const next = i + (point > 0xffff ? 2 : 1)
    const folded = foldPoint(point)
    if (start >= 0 && plain) {
      // What comes is not what stands there, or is nothing at all.
      built = text.slice(start, i).toLowerCase()
      plain = false
    }
    for (const char of folded) {
      const cls = classOf(char)
      if (cls === SEPARATOR) {
        finish()
        continue
      }
      take(cls, i)
      plain = false
      built += char
      end = next
    }
    i = next
  }
  finish()
  return found
}

/** Where in the text the first `length` characters of a folded word end. */
export const endOfPrefix = (text: string, word: Word, length: number): number => {
  let taken = 0
  let at = word.start
  while (at < word.end && taken < length) {
    const point = text.codePointAt(at) as number
    taken += foldPoint(point).length
    at += point > 0xffff ? 2 : 1
  }
  return taken < length ? word.end : at
}
