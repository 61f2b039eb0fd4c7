import { compactEmail } from './document-terms.ts'
import { phoneForms } from './phones.ts'
import { inLatin } from './transliterate.ts'
import { wordsOf } from './words.ts'

/** One thing that has to be in a document. */
export type Part =
  | { readonly kind: 'word'; readonly text: string; readonly latin: string }
  | { readonly kind: 'run'; readonly text: string }
  /** Digits typed in one go, however grouped; `forms`: what they may be in a phone. */
  | { readonly kind: 'digits'; readonly text: string; readonly forms: readonly string[] }

export type Question = {
  /** All parts of one reading must be found. Digits in groups are read as one number and as several. */
  readonly readings: readonly (readonly Part[])[]
  /** The whole question as an e-mail address without its dots, or null. */
  readonly email: string | null
}

/** More is read as nobody's question. */
const LONGEST = 300
const MOST_PARTS = 16
/** What may stand between groups of digits of one number. */
const INSIDE_NUMBER = /^[\s().\-/+\u2010-\u2015]*$/
const EMAIL = /^\s*[^\s@]+@[^\s@]+\s*$/

const digitsPart = (text: string, typed: string): Part => ({ kind: 'digits', text, forms: phoneForms(typed) })

export const readQuestion = (given: string): Question | null => {
  const text = given.slice(0, LONGEST)
  const words = wordsOf(text).slice(0, MOST_PARTS)
  const joined: Part[] = []
  const apart: Part[] = []
  let grouped = false
  for (let i = 0; i < words.length; ) {
    const word = words[i] as (typeof words)[number]
    if (word.kind !== 'number') {
      const part: Part =
        word.kind === 'run'
          ? { kind: 'run', text: word.text }
          : { kind: 'word', text: word.text, latin: inLatin(word.text) }
      joined.push(part)
      apart.push(part)
      i += 1
      continue
    }
    let last = i
    let digits = word.text
    for (let next = words[last + 1]; next?.kind === 'number'; next = words[last + 1]) {
      if (!INSIDE_NUMBER.test(text.slice((words[last] as typeof word).end, next.start))) break
      digits += next.text
      last += 1
    }
    // A plus before the first digit says that a country code follows.
    const from = /[+(]*$/.exec(text.slice(0, word.start))?.index ?? word.start
    joined.push(digitsPart(digits, text.slice(from, (words[last] as typeof word).end)))
    for (const each of words.slice(i, last + 1)) apart.push(digitsPart(each.text, each.text))
    grouped ||= last > i
    i = last + 1
  }
  if (joined.length === 0) return null
  return {
    readings: grouped ? [joined, apart] : [joined],
    email: EMAIL.test(text) ? compactEmail(text) : null,
  }
}
