import { getQueryMatcher, getSortComparator, type RxDocumentData } from 'rxdb'
import type { AnySchema, RangeAsked } from '../protocol.ts'

type Found = { readonly json: string; readonly document: RxDocumentData<unknown> }

/**
 * The documents of a range that the query wants, in its order, as JSON: RxDB's own matcher and sort comparator decide
 * wherever its plan says that the index alone does not.
 */
export const runQuery = (scanned: Iterable<string>, schema: AnySchema, range: RangeAsked): string[] => {
  const { query, match, sort, skip, limit } = range
  if (!query) return [...scanned]
  const matches = match ? getQueryMatcher(schema, query) : () => true
  const end = limit === null ? Number.POSITIVE_INFINITY : skip + limit
  const found: Found[] = []
  if (end > 0)
    for (const json of scanned) {
      const document = JSON.parse(json) as RxDocumentData<unknown>
      if (!matches(document)) continue
      found.push({ json, document })
      if (!sort && found.length >= end) break
    }
  if (sort) {
    const compare = getSortComparator(schema, query)
    found.sort((a, b) => compare(a.document, b.document))
  }
  return found.slice(skip, end).map(({ json }) => json)
}
