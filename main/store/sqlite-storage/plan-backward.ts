import {
  type FilledMangoQuery,
  getQueryPlan,
  type RxDocumentData,
  type RxJsonSchema,
  type RxQueryPlan,
} from 'rxdb'

type Backward = { readonly plan: RxQueryPlan; readonly order: 'backward' | 'groups' }

/** Whether a query fixes a field to one value, so that sorting by it means nothing. */
const isFixed = (selector: Record<string, unknown>, field: string): boolean => {
  const asked = selector[field]
  if (typeof asked !== 'object' || asked === null || !('$eq' in asked)) return false
  return ['string', 'number', 'boolean'].includes(typeof asked.$eq)
}

/**
 * How to answer a query that is sorted downward by reading an index from its end; null where that is not possible.
 * RxDB puts the primary key behind every sort, upward: then documents that are equal in all other fields come in the
 * order of the index, and only their groups come from the end.
 */
export const planBackward = <D>(
  schema: Readonly<RxJsonSchema<RxDocumentData<D>>>,
  query: FilledMangoQuery<D>,
  given: RxQueryPlan,
  primaryPath: string,
): Backward | null => {
  const parts = query.sort.map((part) => Object.entries(part)[0] as [string, 'asc' | 'desc'])
  if (!parts.some(([, direction]) => direction === 'desc')) return null
  const selector = query.selector as Record<string, unknown>
  const telling = parts.filter(([field]) => !isFixed(selector, field))
  const [last] = telling.slice(-1)
  const before = telling.slice(0, -1)
  if (last?.[0] !== primaryPath || before.some(([, direction]) => direction === 'asc')) return null

  const upward = { ...query, sort: parts.map(([field]) => ({ [field]: 'asc' })) } as FilledMangoQuery<D>
  const plan = getQueryPlan(schema, upward)
  if (!plan.sortSatisfiedByIndex || plan.index.at(-1) !== primaryPath) return null
  // Without a limit all of the range is read anyway: then the narrower range is better than the order.
  if (query.limit === undefined && plan.index.join() !== given.index.join()) return null
  return { plan, order: last[1] === 'desc' ? 'backward' : 'groups' }
}
