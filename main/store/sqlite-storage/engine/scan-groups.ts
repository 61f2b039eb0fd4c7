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

/** Documents of one group that are kept until its end is seen; a larger one is read forward from its beginning. */
const SMALL_GROUP = 64

/**
 * The documents of a range by groups that are equal in all fields of the index but the primary key: the last group
 * first, each group forward. However large a group is, no more of it is read than is asked for.
 */
export function* scanGroups(table: CollectionTable, schema: AnySchema, range: RangeAsked): Generator<string> {
  const index = [...((schema.indexes ?? [])[range.index] as readonly string[])]
  const paths = index.slice(0, -1)
  const valuesOf = (json: string): (string | number | boolean)[] => {
    const document: unknown = JSON.parse(json)
    return paths.map(
      (path) => (valueAt(document, path) || missing(getSchemaByObjectPath(schema, path).type)) as string,
    )
  }
  const firstKeyOf = (json: string): string =>
    indexKey(getStartIndexStringFromLowerBound(schema, index, [...valuesOf(json), INDEX_MIN]))

  const whole = { ...range, skip: 0, limit: null, match: false, sort: false }
  let end = { to: range.to, toInclusive: range.toInclusive }
  for (;;) {
    let large: string | null = null
    let group: string[] = []
    let values = ''
    /** A document of the group that came last. */
    let before: string | null = null
    for (const json of table.scan({
      ...whole,
      to: end.to,
      toInclusive: end.toInclusive,
      order: 'backward',
    })) {
      const now = JSON.stringify(valuesOf(json))
      if (now !== values) {
        before = group[0] ?? before
        yield* group.toReversed()
        group = []
        values = now
      }
      group.push(json)
      if (group.length <= SMALL_GROUP) continue
      large = json
      break
    }
    if (large === null) {
      yield* group.toReversed()
      return
    }
    if (before !== null) end = { to: firstKeyOf(before), toInclusive: false }
    const from = firstKeyOf(large)
    const isFirstGroup = !isAbove(from, range.from)
    const begin = isFirstGroup ? null : { from, fromInclusive: true }
    yield* table.scan({ ...whole, to: end.to, toInclusive: end.toInclusive, ...begin, order: 'forward' })
    if (isFirstGroup) return
    end = { to: from, toInclusive: false }
  }
}
