import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinMembers, partMembers } from './json-members.ts'

/**
 * No backslash in names: V8 13.6 (Node 24) reads the names of `{"a":1,"\u0062":1}` wrongly once it has parsed
 * `{"a":1,"\\\\":1}`, so `JSON.parse` cannot be what we compare with.
 */
const name = fc
  .oneof(
    fc.constantFrom('a', 'b', '', '"', '{', ']', '__proto__', 'é', '\ud800', '1', '\n'),
    fc.string({ unit: 'binary', maxLength: 5 }),
  )
  .filter((text) => !text.includes('\\'))
const value = fc
  .jsonValue({ maxDepth: 3 })
  .filter((json) => !JSON.stringify(json).includes(String.raw`"\\":`))
const object = fc.array(fc.tuple(name, value)).map((members) => {
  // Not Object.fromEntries alone: `__proto__` must come out as a member like any other.
  const last = new Map(members)
  return `{${[...last].map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`
})

describe('parting the members of an object’s text', () => {
  it('is what parting the object would be, for any JSON', () => {
    fc.assert(
      fc.property(object, fc.array(name), (json, wanted) => {
        const names = new Set(wanted)
        const { named, others } = partMembers(json, names)
        const all = Object.entries(JSON.parse(json) as object)
        expect(Object.entries(JSON.parse(named) as object)).toEqual(all.filter(([key]) => names.has(key)))
        expect(Object.entries(JSON.parse(others) as object)).toEqual(all.filter(([key]) => !names.has(key)))
        const joined = Object.entries(JSON.parse(joinMembers(others, named)) as object)
        const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1)
        expect(joined.toSorted(byName)).toEqual(all.toSorted(byName))
      }),
      { numRuns: 1_000 },
    )
  })

  it('keeps every text as it was written', () => {
    const json = '{"a":"x\\\\\\"}{","b":[1.5e-7,{"a":"]"}],"\\u0063":null,"d":-0}'
    expect(partMembers(json, new Set(['a', 'c']))).toEqual({
      named: '{"a":"x\\\\\\"}{","\\u0063":null}',
      others: '{"b":[1.5e-7,{"a":"]"}],"d":-0}',
    })
    expect(partMembers('{}', new Set(['a']))).toEqual({ named: '{}', others: '{}' })
  })
})
