import {
  getPrimaryFieldOfPrimaryKey,
  getStartIndexStringFromLowerBound,
  getStartIndexStringFromUpperBound,
  type PreparedQuery,
  type RxDocumentData,
  type RxJsonSchema,
} from 'rxdb'
import { StorageFailed } from './errors.ts'
import { indexKey } from './index-key.ts'
import { planBackward } from './plan-backward.ts'
import type { RangeAsked } from './protocol.ts'

/**
 * What to ask of the worker for a query: a range of the index that was planned, and what it leaves to do. RxDB's plan
 * is followed, but for queries sorted downward, which it never lets an index satisfy.
 */
export const askedRange = <D>(
  schema: Readonly<RxJsonSchema<RxDocumentData<D>>>,
  { query, queryPlan }: PreparedQuery<D>,
  sorted: boolean,
): RangeAsked => {
  const primaryPath = getPrimaryFieldOfPrimaryKey(schema.primaryKey) as string
  const backward = sorted ? planBackward(schema, query, queryPlan, primaryPath) : null
  const plan = backward?.plan ?? queryPlan
  const { index, startKeys, endKeys } = plan
  const fields = index.join(', ')
  const number = ((schema.indexes ?? []) as readonly (readonly string[])[]).findIndex(
    (each) => each.join(', ') === fields,
  )
  if (number === -1) throw new StorageFailed(`There is no index on ${fields}.`)
  const order = backward?.order ?? 'forward'
  const match = !plan.selectorSatisfiedByIndex
  const sort = sorted && order === 'forward' && !plan.sortSatisfiedByIndex
  return {
    index: number,
    from: indexKey(getStartIndexStringFromLowerBound(schema, index, startKeys)),
    to: indexKey(getStartIndexStringFromUpperBound(schema, index, endKeys)),
    fromInclusive: plan.inclusiveStart,
    toInclusive: plan.inclusiveEnd,
    skip: query.skip ?? 0,
    limit: query.limit ?? null,
    query: match || sort || order === 'groups' ? query : null,
    match,
    sort,
    order,
  }
}
