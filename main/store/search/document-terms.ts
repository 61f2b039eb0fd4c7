import type { Lexicon } from './lexicon.ts'
import { phonesOf } from './phones.ts'
import { inLatin } from './transliterate.ts'
import type { SearchField } from './types.ts'
import { type Word, wordsOf } from './words.ts'

/** Digits of a phone that are one term; a longer part of a number is found through several. */
export const GRAM = 4
/** Beginnings of numbers up to this length are counted; longer ones are too many and each too rare to matter. */
const COUNTED_DIGITS = 5

export const compactEmail = (text: string): string =>
  wordsOf(text)
    .map((word) => word.text)
    .join('')

/** A text without spaces as single characters and pairs. */
export const runParts = (run: string): string[] => {
  const parts: string[] = []
  for (let i = 0; i < run.length; i++) {
    parts.push(run.slice(i, i + 1))
    if (i + 1 < run.length) parts.push(run.slice(i, i + 2))
  }
  return parts
}

/** Whether the lexicon counts a term; the others (long numbers, whole logins and e-mails) are taken as rare. */
export const isCounted = (term: string): boolean => {
  const space = term[0]
  if (space === 'l' || space === 'e') return false
  return (space !== 'd' && space !== 'u' && space !== 'k') || term.length <= COUNTED_DIGITS + 1
}

/** Tells every term of a document: counted ones by number, the others as text. A term may come more than once. */
export const eachTerm = (
  fields: readonly SearchField[],
  lexicon: Lexicon,
  counted: (term: number) => void,
  rare: (term: string) => void,
): void => {
  const take = (term: string): void => {
    if (isCounted(term)) counted(lexicon.term(term))
    else rare(term)
  }
  const addWord = ({ text, kind }: Word, isName: boolean): void => {
    if (kind === 'number') {
      for (let i = 1; i <= text.length; i++) take(`d${text.slice(0, i)}`)
      take(`u${text}`)
    } else if (kind === 'run') {
      for (const part of runParts(text)) {
        counted(lexicon.term(`s${part}`))
        if (isName) counted(lexicon.term(`m${part}`))
      }
    } else {
      lexicon.addWord(text, counted)
      if (!isName) return
      lexicon.addName(text, counted)
      const latin = inLatin(text)
      if (latin === text || latin === '') return
      lexicon.addWord(latin, counted)
      lexicon.addName(latin, counted)
    }
  }
  for (const { kind, text } of fields) {
    if (kind === 'phone')
      for (const { digits } of phonesOf(text)) {
        for (let i = 1; i < GRAM; i++) take(`p${digits.slice(0, i)}`)
        for (let i = 0; i + GRAM <= digits.length; i++) take(`g${digits.slice(i, i + GRAM)}`)
      }
    else if (kind === 'login')
      for (const word of wordsOf(text)) {
        if (word.kind !== 'number') addWord(word, false)
        else {
          for (let i = 1; i <= word.text.length; i++) take(`k${word.text.slice(0, i)}`)
          take(`l${word.text}`)
        }
      }
    else {
      if (kind === 'email') take(`e${compactEmail(text)}`)
      for (const word of wordsOf(text)) addWord(word, kind === 'name')
    }
  }
}
