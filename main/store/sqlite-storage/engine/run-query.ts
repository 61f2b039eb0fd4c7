import { getQueryMatcher, getSortComparator, type RxDocumentData } from 'rxdb'
import type { AnySchema, RangeAsked } from '../protocol.ts'
import type { CollectionTable } from './collection-table.ts'
import { scanGroups } from './scan-groups.ts'

type Found = { readonly json: string; readonly document: RxDocumentData<unknown> | null }

/**
 * The documents of a range that the query wants, in its order, as JSON: RxDB's own matcher and sort comparator decide
 * wherever the plan says that the index alone does not.
 */
export const runQuery = (table: CollectionTable, schema: AnySchema, range: RangeAsked): string[] => {
  const { query, match, sort, skip, limit, order } = range
  const scanned = order === 'groups' ? scanGroups(table, schema, range) : table.scan(range)
  const matches = match ? getQueryMatcher(schema, query) : () => true
  const end = limit === null ? Number.POSITIVE_INFINITY : skip + limit
  const found: Found[] = []
  if (end > 0)
    for (const json of scanned) {
      const document = match || sort ? (JSON.parse(json) as RxDocumentData<unknown>) : null
      if (document && !matches(document)) continue
      found.push({ json, document })
      if (!sort && found.length >= end) break
    }
  if (sort) {
    const compare = getSortComparator(schema, query)
    found.sort((a, b) => compare(a.document, b.document))
  }
  return found.slice(skip, end).map(({ json }) => json)
}
