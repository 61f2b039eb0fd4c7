import { getSchemaByObjectPath, getStartIndexStringFromLowerBound, INDEX_MIN } from 'rxdb'
import { indexKey } from '../index-key.ts'
import type { AnySchema, RangeAsked } from '../protocol.ts'
import type { CollectionTable } from './collection-table.ts'

const valueAt = (document: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | null | undefined)?.[part], document)

/** The value that an index string has for a field that is missing. */
const missing = (type: unknown): string | number | boolean =>
  type === 'string' ? '' : type === 'boolean' ? false : 0

const isAbove = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) > 0

/**
 * The documents of a range by groups that are equal in all fields of the index but the primary key: the last group
 * first, each group forward. A group is found by its last document, and takes two look-ups however large it is.
 */
export function* scanGroups(table: CollectionTable, schema: AnySchema, range: RangeAsked): Generator<string> {
  const index = [...((schema.indexes ?? [])[range.index] as readonly string[])]
  const fields = index.slice(0, -1)
  const firstKeyOf = (json: string): string => {
    const document: unknown = JSON.parse(json)
    const values = fields.map((path) => {
      const value = valueAt(document, path)
      return (value || missing(getSchemaByObjectPath(schema, path).type)) as string | number | boolean
    })
    return indexKey(getStartIndexStringFromLowerBound(schema, index, [...values, INDEX_MIN]))
  }
  const whole = { ...range, skip: 0, limit: null, match: false, sort: false }
  let end = { to: range.to, toInclusive: range.toInclusive }
  for (;;) {
    const [last] = table.scan({
      ...whole,
      to: end.to,
      toInclusive: end.toInclusive,
      order: 'backward',
      limit: 1,
    })
    if (last === undefined) return
    const from = firstKeyOf(last)
    const isFirstGroup = !isAbove(from, range.from)
    const begin = isFirstGroup ? null : { from, fromInclusive: true }
    yield* table.scan({ ...whole, to: end.to, toInclusive: end.toInclusive, ...begin, order: 'forward' })
    if (isFirstGroup) return
    end = { to: from, toInclusive: false }
  }
}
