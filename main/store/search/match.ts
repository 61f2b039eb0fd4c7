import { compactEmail } from './document-terms.ts'
import { phonesOf } from './phones.ts'
import type { Meant } from './plan.ts'
import type { Part, Question } from './question.ts'
import { inLatin } from './transliterate.ts'
import type { FieldKind, FieldMatch, SearchField } from './types.ts'
import { endOfPrefix, type Word, wordsOf } from './words.ts'

type Found = { readonly rank: number; readonly field: number; readonly start: number; readonly end: number }

/** Weights of what was found: the lower the better. Between kinds of field a better kind of match wins. */
const EXACT = 0
const WHOLE = { name: 2, login: 1, email: 4, phone: 3, tag: 4, text: 6 } as const satisfies Record<
  FieldKind,
  number
>
const BEGUN = { name: 3, login: 3, email: 5, phone: 5, tag: 5, text: 7 } as const satisfies Record<
  FieldKind,
  number
>
/** Of a word that was meant: more for every edit. */
const MEANT = {
  name: 10,
  login: 12,
  email: 12,
  phone: 12,
  tag: 12,
  text: 13,
} as const satisfies Record<FieldKind, number>
const PER_EDIT = 4
/** Digits that are enough to tell one phone from others. */
const WHOLE_PHONE = 7
/** Characters of a long field shown around its first match. */
const EXCERPT = 160
const BEFORE = 40

const better = (a: Found | null, b: Found | null): Found | null =>
  a === null || (b !== null && b.rank < a.rank) ? b : a

const wordRank = (
  part: Part & { kind: 'word' },
  text: string,
  kind: FieldKind,
  meant: Meant | undefined,
): number => {
  const typed = part.text
  if (text === typed) return WHOLE[kind]
  if (text.startsWith(typed)) return BEGUN[kind]
  const latin = inLatin(text)
  if (latin !== text || part.latin !== typed) {
    if (latin === part.latin) return WHOLE[kind]
    if (part.latin !== '' && latin.startsWith(part.latin)) return BEGUN[kind]
  }
  if (!meant || meant.size === 0) return -1
  const edits = meant.get(text) ?? meant.get(latin)
  if (edits !== undefined) return MEANT[kind] + PER_EDIT * edits
  return -1
}

const findWord = (
  part: Part & { kind: 'word' },
  words: readonly Word[],
  { kind, text }: SearchField,
  field: number,
  meant: Meant | undefined,
): Found | null => {
  let best: Found | null = null
  for (const word of words) {
    if (word.kind !== 'word') continue
    const rank = wordRank(part, word.text, kind, meant)
    if (rank < 0 || (best !== null && best.rank <= rank)) continue
    const end = word.text.startsWith(part.text) ? endOfPrefix(text, word, part.text.length) : word.end
    best = { rank, field, start: word.start, end }
  }
  return best
}

const findRun = (
  run: string,
  words: readonly Word[],
  { kind, text }: SearchField,
  field: number,
): Found | null => {
  for (const word of words) {
    if (word.kind !== 'run') continue
    const at = word.text.indexOf(run)
    if (at < 0) continue
    const start = at === 0 ? word.start : endOfPrefix(text, word, at)
    const rank = word.text === run ? WHOLE[kind] : BEGUN[kind]
    return { rank, field, start, end: endOfPrefix(text, word, at + run.length) }
  }
  return null
}

const findInPhones = (forms: readonly string[], { text }: SearchField, field: number): Found | null => {
  let best: Found | null = null
  for (const { digits, places } of phonesOf(text))
    for (const form of forms) {
      const at = form.length < 4 ? (digits.startsWith(form) ? 0 : -1) : digits.lastIndexOf(form)
      if (at < 0) continue
      const atEnd = at + form.length === digits.length
      const rank = form.length < WHOLE_PHONE ? (at === 0 || atEnd ? 5 : 6) : atEnd ? EXACT : at === 0 ? 3 : 4
      const start = places[at] as number
      best = better(best, { rank, field, start, end: (places[at + form.length - 1] as number) + 1 })
    }
  return best
}

const findNumber = (
  digits: string,
  words: readonly Word[],
  { kind, text }: SearchField,
  field: number,
): Found | null => {
  let best: Found | null = null
  for (const word of words) {
    if (word.kind !== 'number' || !word.text.startsWith(digits)) continue
    const rank = word.text !== digits ? BEGUN[kind] : kind === 'login' ? EXACT : WHOLE[kind]
    best = better(best, {
      rank,
      field,
      start: word.start,
      end: endOfPrefix(text, word, digits.length),
    })
  }
  return best
}

const find = (
  part: Part,
  fields: readonly SearchField[],
  words: readonly (readonly Word[])[],
  meant: ReadonlyMap<string, Meant>,
): Found | null => {
  let best: Found | null = null
  fields.forEach((field, i) => {
    const own = words[i] as readonly Word[]
    if (part.kind === 'digits')
      best = better(
        best,
        field.kind === 'phone' ? findInPhones(part.forms, field, i) : findNumber(part.text, own, field, i),
      )
    else if (field.kind === 'phone') return
    else if (part.kind === 'run') best = better(best, findRun(part.text, own, field, i))
    else best = better(best, findWord(part, own, field, i, meant.get(part.text)))
  })
  return best
}

/** The part of a long text around a place, cut between characters, and how far it begins into the text. */
const excerpt = (text: string, first: number): { text: string; from: number } => {
  if (text.length <= EXCERPT) return { text, from: 0 }
  let from = Math.max(0, Math.min(first - BEFORE, text.length - EXCERPT))
  if (/[\udc00-\udfff]/.test(text.charAt(from))) from += 1
  let to = Math.min(text.length, from + EXCERPT)
  if (/[\ud800-\udbff]/.test(text.charAt(to - 1))) to -= 1
  return { text: text.slice(from, to), from }
}

const fieldMatches = (found: readonly Found[], fields: readonly SearchField[]): FieldMatch[] => {
  const byField = new Map<number, Found[]>()
  for (const each of found) byField.set(each.field, [...(byField.get(each.field) ?? []), each])
  return [...byField.values()]
    .toSorted((a, b) => Math.min(...a.map((f) => f.rank)) - Math.min(...b.map((f) => f.rank)))
    .map((places) => {
      const { field, text } = fields[(places[0] as Found).field] as SearchField
      const ordered = places.toSorted((a, b) => a.start - b.start || b.end - a.end)
      const cut = excerpt(text, (ordered[0] as Found).start)
      const ranges: [number, number][] = []
      for (const { start, end } of ordered) {
        const from = start - cut.from
        const to = Math.min(end - cut.from, cut.text.length)
        const last = ranges.at(-1)
        if (from >= to) continue
        if (last && from <= last[1]) last[1] = Math.max(last[1], to)
        else ranges.push([from, to])
      }
      return { field, text: cut.text, ranges }
    })
}

export type Match = { readonly rank: number; readonly matches: readonly FieldMatch[] }

/** Looks a question up in a document itself: what was found where and how good it is, or null. */
export const matchDocument = (
  question: Question,
  meant: ReadonlyMap<string, Meant>,
  fields: readonly SearchField[],
): Match | null => {
  const words = fields.map(({ text }) => wordsOf(text))
  let best: { rank: number; found: Found[] } | null = null
  for (const parts of question.readings) {
    const found: Found[] = []
    for (const part of parts) {
      const place = find(part, fields, words, meant)
      if (place === null) break
      found.push(place)
    }
    if (found.length < parts.length) continue
    // The mean: a question read as fewer parts is not better for that.
    const rank = found.reduce((sum, each) => sum + each.rank, 0) / found.length
    if (best === null || rank < best.rank) best = { rank, found }
  }
  if (best === null) return null
  const { email } = question
  const whole =
    email !== null && fields.some(({ kind, text }) => kind === 'email' && compactEmail(text) === email)
  return { rank: whole ? EXACT : best.rank, matches: fieldMatches(best.found, fields) }
}
