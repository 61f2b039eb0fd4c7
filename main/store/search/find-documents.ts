import type { Bitmap } from './bitmap.ts'
import { matchDocument } from './match.ts'
import { type Tier, tiersOf } from './plan.ts'
import { readQuestion } from './question.ts'
import type { SearchIndex } from './search-index.ts'
import type { DocumentHit, SearchField } from './types.ts'

export type Loaded = { readonly kind: string; readonly id: string; readonly fields: readonly SearchField[] }

export type FindSources = {
  readonly index: SearchIndex
  /** The document of a row as it is now, or null when it is gone or newer than the index. */
  readonly load: (row: number) => Loaded | null
  /** Rows to look in; all of them when not given. */
  readonly within?: Bitmap
  /** Milliseconds, only ever forward. */
  readonly elapsed: () => number
}

/** A question that takes longer is answered with what was found so far. */
const LIMIT_MS = 35
/** So many documents are looked at whatever the time: they take little, and a busy machine must not hide them. */
const ALWAYS_LOOKED_AT = 64

/**
 * The best `limit` documents for a text, by rank and then newest first. Kinds of hit are looked for one after the
 * other, the newest first, until there are enough; every hit was looked up in its document. `cut` when time ran out.
 */
export const findDocuments = (
  { index, load, within, elapsed }: FindSources,
  text: string,
  limit: number,
): { hits: DocumentHit[]; cut: boolean } => {
  const question = readQuestion(text)
  if (question === null || limit < 1) return { hits: [], cut: false }
  const until = elapsed() + LIMIT_MS
  /** Rows that were looked at with no other idea of what was meant. */
  let seen = new Set<number>()
  let idea: Tier['meant'] | null = null
  const found: { row: number; hit: DocumentHit }[] = []
  let cut = false
  let looked = 0
  search: for (const { groups, meant } of tiersOf(question, index.lexicon, index.count)) {
    // Who typed a login, phone or e-mail that there is did not mean another.
    if (meant.size > 0 && found.some(({ hit }) => hit.rank === 0)) break
    if (meant !== idea) seen = new Set(found.map(({ row }) => row))
    idea = meant
    for (const row of index.rows(groups, within)) {
      if (seen.has(row)) continue
      if (looked >= ALWAYS_LOOKED_AT && elapsed() > until) {
        cut = true
        break search
      }
      looked += 1
      seen.add(row)
      const loaded = load(row)
      const match = loaded && matchDocument(question, meant, loaded.fields)
      if (!match) continue
      found.push({ row, hit: { kind: loaded.kind, id: loaded.id, ...match } })
      if (found.length >= limit) break search
    }
  }
  found.sort((a, b) => a.hit.rank - b.hit.rank || b.row - a.row)
  return { hits: found.map(({ hit }) => hit), cut }
}
