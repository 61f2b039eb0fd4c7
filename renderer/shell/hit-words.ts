import type { DocumentHit, DocumentHits } from '../../shared/api/search.ts'
import { formatNumber, formatPercent } from '../ui/format.ts'

const kindWords: Readonly<Record<DocumentHit['kind'], string>> = {
  client: 'Client',
  lead: 'Lead',
  call: 'Call',
  note: 'Note',
  message: 'Message',
  ticket: 'Ticket',
}

/** What it is and whom it is about: `Note · Anna Novák · 1042`. */
export const hitTitle = ({ kind, name, login }: DocumentHit): string =>
  [kindWords[kind], name, login > 0 ? String(login) : 'no account yet'].filter(Boolean).join(' · ')

export type Piece = { readonly text: string; readonly found: boolean }

/** The best match as text in pieces, found ones marked; ranges that do not fit the text are left out. */
export const hitPieces = ({ matches: [best] }: DocumentHit): Piece[] => {
  if (!best) return []
  const pieces: Piece[] = []
  let at = 0
  for (const [from, to] of best.ranges) {
    if (from < at || to <= from || to > best.text.length) continue
    if (from > at) pieces.push({ text: best.text.slice(at, from), found: false })
    pieces.push({ text: best.text.slice(from, to), found: true })
    at = to
  }
  if (at < best.text.length) pieces.push({ text: best.text.slice(at), found: false })
  return pieces
}

/** What is missing from the answer, or ''. */
export const missingWords = ({ complete, progress: { indexed, total } }: DocumentHits): string => {
  if (complete) return ''
  return indexed < total
    ? `Still reading documents in: ${formatNumber(indexed)} of ${formatNumber(total)}, ${formatPercent(indexed / total, 0)}. More may be found soon.`
    : 'There are more; another word narrows it down.'
}
