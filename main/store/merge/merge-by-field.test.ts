import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { personPolicies } from './document-policies.ts'
import { mergeByField, type Side } from './merge-by-field.ts'
import { canonical, same } from './same.ts'

type Fields = Record<string, unknown>

const phone = fc.record({
  number: fc.constantFrom('+49 30 1', '+49301', '0044 2', '+7 495 3'),
  kind: fc.constantFrom('mobile', 'home'),
  note: fc.constantFrom('', 'at work', 'old'),
})
const uniquePhones = fc.uniqueArray(phone, {
  maxLength: 4,
  selector: ({ number }) => number.replaceAll(/[^\d+]/g, ''),
})
const fields: fc.Arbitrary<Fields> = fc.record({
  name: fc.constantFrom('', 'Ann', 'Ann Lee', 'Anna'),
  comment: fc.constantFrom('', 'rich', 'poor'),
  birthDate: fc.constantFrom('', '1980-01-01'),
  tags: fc.uniqueArray(fc.constantFrom('vip', 'late', 'new', 'eu'), { maxLength: 4 }),
  phones: uniquePhones,
  address: fc.record({ street: fc.constantFrom('', 'A', 'B'), city: fc.constantFrom('', 'X', 'Y') }),
  lastContactAt: fc.nat(5),
})
const edit = fc.record({ by: fc.constantFrom('ann', 'bob', 'eve'), at: fc.nat(6) })
const side = fc.tuple(fields, edit).map(([given, by]): Side => ({ fields: given, edit: () => by }))
const merge = (base: Fields, a: Side, b: Side) => mergeByField(personPolicies, base, a, b)
const alone = (given: Fields): Side => ({ fields: given, edit: () => ({ by: 'eve', at: 1 }) })

describe('merging by field', () => {
  it('answers the same with the sides exchanged', () => {
    fc.assert(
      fc.property(fields, side, side, (base, a, b) => {
        const one = merge(base, a, b)
        const other = merge(base, b, a)
        expect(canonical(one.fields)).toBe(canonical(other.fields))
        expect(canonical(one.conflicts)).toBe(canonical(other.conflicts))
        expect(canonical(one.edits)).toBe(canonical(other.edits))
      }),
      { numRuns: 2_000 },
    )
  })

  it('loses nothing: whatever a side changed is in the fields or in a conflict', () => {
    const listed = (value: unknown) => (Array.isArray(value) ? value : [])
    fc.assert(
      fc.property(fields, side, side, (base, a, b) => {
        const { fields: merged, conflicts } = merge(base, a, b)
        for (const { fields: given } of [a, b])
          for (const [field, value] of Object.entries(given)) {
            if (same(value, base[field])) continue
            const asked = conflicts.find((each) => each.field === field)
            const kept =
              asked !== undefined && [asked.kept.value, asked.other.value].some((v) => same(v, value))
            const added = listed(value).filter((each) => !listed(base[field]).some((b) => same(b, each)))
            const whole = Array.isArray(value)
              ? added.every((each) => listed(merged[field]).some((m) => same(m, each)))
              : field === 'address'
                ? Object.entries(value as Fields).every(
                    ([part, text]) =>
                      same(text, (base['address'] as Fields)[part]) ||
                      same(text, (merged['address'] as Fields)[part]),
                  )
                : field === 'lastContactAt'
                  ? Number(merged[field]) >= Number(value)
                  : same(merged[field], value)
            expect([field, kept || whole]).toEqual([field, true])
          }
      }),
      { numRuns: 2_000 },
    )
  })

  it('takes what only one side changed, and what both changed alike', () => {
    fc.assert(
      fc.property(fields, fields, (base, given) => {
        const sides = [merge(base, alone(base), alone(given)), merge(base, alone(given), alone(given))]
        for (const merged of sides) {
          expect(canonical(merged.fields)).toBe(canonical(given))
          expect(merged.conflicts).toEqual([])
        }
      }),
    )
  })

  it('names both versions, who and when; the earlier one stands', () => {
    const { fields: merged, conflicts } = merge(
      { name: 'Ann' },
      { fields: { name: 'Anna' }, edit: () => ({ by: 'bob', at: 20 }) },
      { fields: { name: 'Ann Lee' }, edit: () => ({ by: 'eve', at: 10 }) },
    )
    expect(merged).toEqual({ name: 'Ann Lee' })
    expect(conflicts).toMatchObject([
      {
        field: 'name',
        base: 'Ann',
        kept: { value: 'Ann Lee', by: 'eve', at: 10 },
        other: { value: 'Anna', by: 'bob', at: 20 },
      },
    ])
  })

  it('keeps a phone that one side removed and the other changed, and asks about two changes of one phone', () => {
    const at = (number: string, note: string) => ({ number, kind: 'home', note })
    const base = { phones: [at('+1 2', ''), at('+3 4', '')] }
    const one = alone({ phones: [at('+3 4', 'new')] })
    const two = alone({ phones: [at('+1 2', 'mornings'), at('+3 4', '')] })
    expect(merge(base, one, two).fields['phones']).toEqual([at('+1 2', 'mornings'), at('+3 4', 'new')])
    const three = alone({ phones: [at('+1 2', ''), at('+3 4', 'old')] })
    expect(merge(base, one, three).conflicts).toHaveLength(1)
  })
})
