import { normalizeMangoQuery, prepareQuery } from 'rxdb'
import { describe, expect, it } from 'vitest'
import { askedRange } from './asked-range.ts'
import { type Doc, schemaOf } from './storage-fixture.ts'

const schema = schemaOf()
const asked = (selector: object, sort: object[], limit?: number) => {
  const query = {
    selector: { ...selector, _deleted: { $eq: false } },
    sort,
    ...(limit === undefined ? {} : { limit }),
  }
  const range = askedRange<Doc>(
    schema,
    prepareQuery<Doc>(schema, normalizeMangoQuery(schema, query as never) as never),
    true,
  )
  const indexes = schema.indexes as string[][]
  return { ...range, fields: indexes[range.index]?.join() }
}

describe('a query sorted downward', () => {
  it.each([
    ['by a field', {}, [{ name: 'desc' }], 'groups', '_deleted,name,id'],
    ['by a field and the key', {}, [{ name: 'desc' }, { id: 'desc' }], 'backward', '_deleted,name,id'],
    ['by the key', {}, [{ id: 'desc' }], 'backward', '_deleted,id'],
    ['by two fields', {}, [{ age: 'desc' }, { name: 'desc' }], 'groups', '_deleted,age,name,id'],
    [
      'by the second of two, the first given',
      { age: 5 },
      [{ name: 'desc' }],
      'groups',
      '_deleted,age,name,id',
    ],
    [
      'with a given field upward',
      { age: 5 },
      [{ age: 'asc' }, { name: 'desc' }],
      'groups',
      '_deleted,age,name,id',
    ],
  ])('%s is read from the end of its index', (_what, selector, sort, order, fields) => {
    expect(asked(selector, sort, 10)).toMatchObject({ order, fields, sort: false })
  })

  it.each([
    ['in both directions', {}, [{ age: 'asc' }, { name: 'desc' }]],
    ['by what has no index', {}, [{ name: 'desc' }, { score: 'desc' }]],
  ])('%s is sorted', (_what, selector, sort) => {
    expect(asked(selector, sort, 10)).toMatchObject({ order: 'forward', sort: true })
  })

  it('without a limit keeps to the narrower index', () => {
    expect(asked({ age: 5 }, [{ score: 'desc' }])).toMatchObject({ order: 'forward', sort: true })
  })
})
