import {
  getStartIndexStringFromLowerBound,
  getStartIndexStringFromUpperBound,
  type PreparedQuery,
  type RxDocumentData,
  type RxJsonSchema,
} from 'rxdb'
import { StorageFailed } from './errors.ts'
import { indexKey } from './index-key.ts'
import type { RangeAsked } from './protocol.ts'

/** What to ask of the worker for a query: the range of the index that RxDB planned, and what it leaves to do. */
export const askedRange = <D>(
  schema: Readonly<RxJsonSchema<RxDocumentData<D>>>,
  { query, queryPlan }: PreparedQuery<D>,
  sorted: boolean,
): RangeAsked => {
  const { index, startKeys, endKeys, inclusiveStart, inclusiveEnd } = queryPlan
  const fields = index.join(', ')
  const number = ((schema.indexes ?? []) as readonly (readonly string[])[]).findIndex(
    (each) => each.join(', ') === fields,
  )
  if (number === -1) throw new StorageFailed(`There is no index on ${fields}.`)
  const match = !queryPlan.selectorSatisfiedByIndex
  const sort = sorted && !queryPlan.sortSatisfiedByIndex
  return {
    index: number,
    from: indexKey(getStartIndexStringFromLowerBound(schema, index, startKeys)),
    to: indexKey(getStartIndexStringFromUpperBound(schema, index, endKeys)),
    fromInclusive: inclusiveStart,
    toInclusive: inclusiveEnd,
    skip: query.skip ?? 0,
    limit: query.limit ?? null,
    query: match || sort ? query : null,
    match,
    sort,
  }
}
