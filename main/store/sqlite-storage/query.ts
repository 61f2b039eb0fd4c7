import {
  getQueryMatcher,
  getSortComparator,
  getStartIndexStringFromLowerBound,
  getStartIndexStringFromUpperBound,
  type PreparedQuery,
  type RxDocumentData,
  type RxJsonSchema,
} from 'rxdb'
import type { CollectionTable, Range } from './collection-table.ts'
import { indexKey } from './index-key.ts'

/** SQLite reads a negative limit as none. */
const NO_LIMIT = -1

const rangeOf = <D>(
  schema: RxJsonSchema<RxDocumentData<D>>,
  { queryPlan }: PreparedQuery<D>,
): Range & { index: string[] } => {
  const { index, startKeys, endKeys, inclusiveStart, inclusiveEnd } = queryPlan
  return {
    index,
    from: indexKey(getStartIndexStringFromLowerBound(schema, index, startKeys)),
    to: indexKey(getStartIndexStringFromUpperBound(schema, index, endKeys)),
    fromInclusive: inclusiveStart,
    toInclusive: inclusiveEnd,
  }
}

/**
 * Runs a query as RxDB's own storages do: one range of the index RxDB planned, then its matcher and its sort
 * comparator where the plan says that the index alone is not enough.
 */
export const runQuery = <D>(
  table: CollectionTable<D>,
  schema: RxJsonSchema<RxDocumentData<D>>,
  prepared: PreparedQuery<D>,
): RxDocumentData<D>[] => {
  const { query, queryPlan } = prepared
  const skip = query.skip ?? 0
  const limit = query.limit ?? Number.POSITIVE_INFINITY
  const range = rangeOf(schema, prepared)
  const { sortSatisfiedByIndex, selectorSatisfiedByIndex } = queryPlan

  if (selectorSatisfiedByIndex && sortSatisfiedByIndex)
    return table.select(range.index, range, Number.isFinite(limit) ? limit : NO_LIMIT, skip)

  const matches = selectorSatisfiedByIndex ? () => true : getQueryMatcher(schema, query)
  const enough = sortSatisfiedByIndex ? skip + limit : Number.POSITIVE_INFINITY
  const found: RxDocumentData<D>[] = []
  if (enough > 0)
    for (const document of table.scan(range.index, range)) {
      if (!matches(document)) continue
      found.push(document)
      if (found.length >= enough) break
    }
  if (!sortSatisfiedByIndex) found.sort(getSortComparator(schema, query))
  return found.slice(skip, skip + limit)
}

/** How many documents `runQuery` would answer. */
export const runCount = <D>(
  table: CollectionTable<D>,
  schema: RxJsonSchema<RxDocumentData<D>>,
  prepared: PreparedQuery<D>,
): number => {
  const { query, queryPlan } = prepared
  if (!queryPlan.selectorSatisfiedByIndex) return runQuery(table, schema, prepared).length
  const range = rangeOf(schema, prepared)
  const all = table.countRange(range.index, range)
  return Math.max(0, Math.min(all - (query.skip ?? 0), query.limit ?? Number.POSITIVE_INFINITY))
}
