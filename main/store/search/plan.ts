import { GRAM, runParts } from './document-terms.ts'
import { EDGES, type Lexicon } from './lexicon.ts'
import type { Part, Question } from './question.ts'
import type { Group } from './search-index.ts'

/** Words a typed word may have been meant to be, with the edits between; lower is nearer. */
export type Meant = ReadonlyMap<string, number>

/** One kind of hit to ask for. */
export type Tier = {
  readonly groups: readonly Group[]
  /** What typed words may have been meant to be; none before the last kind. */
  readonly meant: ReadonlyMap<string, Meant>
}

/** Near words of one typed word that are asked for. */
const MOST_NEAR = 16
/** Digits from which on a phone is searched inside; fewer match its beginning. */
const WHOLE_PHONE = 7

/** A number's digits as terms: groups of four side by side, the last ones overlapping. */
const phoneTerms = (digits: string): string[] => {
  if (digits.length < GRAM) return [`p${digits}`]
  const terms: string[] = []
  for (let i = 0; i + GRAM < digits.length; i += GRAM) terms.push(`g${digits.slice(i, i + GRAM)}`)
  terms.push(`g${digits.slice(-GRAM)}`)
  return terms
}

const runTerms = (space: string, run: string): string[] => {
  const parts = run.length === 1 ? [run] : runParts(run).filter((part) => part.length === 2)
  return parts.map((part) => space + part)
}

/** Alternatives of a beginning of a word: one term where it is short, all words that begin so where it is not. */
const beginnings = (lexicon: Lexicon, edge: string, whole: string, word: string): string[][] =>
  word.length <= EDGES ? [[edge + word]] : lexicon.longWords(word).map((long) => [whole + long])

const spellings = ({ text, latin }: Part & { kind: 'word' }): string[] =>
  latin === text || latin === '' ? [text] : [text, latin]

const LEVELS = ['name', 'nameBegins', 'whole', 'anywhere'] as const
type Level = (typeof LEVELS)[number]

const groupOf = (part: Part, level: Level, lexicon: Lexicon, meant: ReadonlyMap<string, Meant>): Group => {
  if (part.kind === 'run')
    return { alternatives: [runTerms(level === 'name' || level === 'nameBegins' ? 'm' : 's', part.text)] }
  if (part.kind === 'digits') {
    const phones = part.forms.map(phoneTerms)
    if (level === 'name')
      return { alternatives: [[`l${part.text}`], ...(part.text.length >= WHOLE_PHONE ? phones : [])] }
    if (level === 'nameBegins') return { alternatives: [[`k${part.text}`]] }
    if (level === 'whole') return { alternatives: [[`l${part.text}`], [`u${part.text}`], ...phones] }
    return { alternatives: [[`k${part.text}`], [`d${part.text}`], ...phones] }
  }
  const words = spellings(part)
  if (level === 'name') return { alternatives: words.map((word) => [`n${word}`]) }
  if (level === 'whole') return { alternatives: words.map((word) => [`t${word}`]) }
  const [edge, whole] = level === 'nameBegins' ? (['m', 'n'] as const) : (['s', 't'] as const)
  const begun = words.flatMap((word) => beginnings(lexicon, edge, whole, word))
  const near = [...(meant.get(part.text)?.keys() ?? [])].map((word) => [`t${word}`])
  return {
    alternatives: [...begun, ...near],
    ...(part.text.length > EDGES ? { begins: whole + part.text } : {}),
  }
}

const meantBy = (part: Part & { kind: 'word' }, lexicon: Lexicon, count: (term: string) => number): Meant => {
  if (/\d/.test(part.text)) return new Map()
  const found = spellings(part)
    .flatMap((word) => lexicon.near(word))
    .map(({ text, edits, begun }) => ({ text, edits, begun, count: count(`t${text}`) }))
    .toSorted((a, b) => Number(a.begun) - Number(b.begun) || a.edits - b.edits || b.count - a.count)
  return new Map(found.slice(0, MOST_NEAR).map(({ text, edits, begun }) => [text, begun ? edits + 1 : edits]))
}

/**
 * What to ask the index for, the best kind of hit first: exact numbers and addresses, whole words of names, beginnings
 * of names, whole words and then beginnings anywhere, and at last words that were meant. Each is worked out when it
 * is asked for.
 */
export function* tiersOf(
  question: Question,
  lexicon: Lexicon,
  count: (term: string) => number,
): Generator<Tier> {
  const none: ReadonlyMap<string, Meant> = new Map()
  if (question.email !== null) yield { groups: [{ alternatives: [[`e${question.email}`]] }], meant: none }
  for (const level of LEVELS)
    for (const parts of question.readings)
      yield { groups: parts.map((part) => groupOf(part, level, lexicon, none)), meant: none }
  const meant = new Map<string, Meant>()
  for (const parts of question.readings) {
    for (const part of parts)
      if (part.kind === 'word' && !meant.has(part.text)) meant.set(part.text, meantBy(part, lexicon, count))
    if (parts.some((part) => (meant.get(part.text)?.size ?? 0) > 0))
      yield { groups: parts.map((part) => groupOf(part, 'anywhere', lexicon, meant)), meant }
  }
}
