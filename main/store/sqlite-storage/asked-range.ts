import {
  getPrimaryFieldOfPrimaryKey,
  getStartIndexStringFromLowerBound,
  getStartIndexStringFromUpperBound,
  type PreparedQuery,
  type RxDocumentData,
  type RxJsonSchema,
  type RxQueryPlan,
} from 'rxdb'
import { StorageFailed } from './errors.ts'
import { indexKey } from './index-key.ts'
import { planBackward } from './plan-backward.ts'
import type { RangeAsked } from './protocol.ts'

const rangeOf = <D>(
  schema: Readonly<RxJsonSchema<RxDocumentData<D>>>,
  query: PreparedQuery<D>['query'],
  plan: RxQueryPlan,
  sorted: boolean,
  order: RangeAsked['order'],
): RangeAsked => {
  const { index, startKeys, endKeys } = plan
  const fields = index.join(', ')
  const number = ((schema.indexes ?? []) as readonly (readonly string[])[]).findIndex(
    (each) => each.join(', ') === fields,
  )
  if (number === -1) throw new StorageFailed(`There is no index on ${fields}.`)
  return {
    index: number,
    from: indexKey(getStartIndexStringFromLowerBound(schema, index, startKeys)),
    to: indexKey(getStartIndexStringFromUpperBound(schema, index, endKeys)),
    fromInclusive: plan.inclusiveStart,
    toInclusive: plan.inclusiveEnd,
    skip: query.skip ?? 0,
    limit: query.limit ?? null,
    query,
    match: !plan.selectorSatisfiedByIndex,
    sort: sorted && order === 'forward' && !plan.sortSatisfiedByIndex,
    order,
    instead: null,
  }
}

/**
 * What to ask of the worker for a query: a range of the index that was planned, and what it leaves to do. RxDB's plan
 * is followed, but for queries sorted downward, which it never lets an index satisfy; for these it is there besides.
 */
export const askedRange = <D>(
  schema: Readonly<RxJsonSchema<RxDocumentData<D>>>,
  { query, queryPlan }: PreparedQuery<D>,
  sorted: boolean,
): RangeAsked => {
  const primaryPath = getPrimaryFieldOfPrimaryKey(schema.primaryKey) as string
  const planned = rangeOf(schema, query, queryPlan, sorted, 'forward')
  const backward = sorted ? planBackward(schema, query, queryPlan, primaryPath) : null
  if (backward === null) return planned
  return { ...rangeOf(schema, query, backward.plan, sorted, backward.order), instead: planned }
}
