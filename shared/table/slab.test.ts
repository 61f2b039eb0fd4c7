import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSlabs } from './slab.ts'

const columns = fc
  .array(fc.constantFrom('u8', 'u16', 'i32', 'f64', 'dict'), { maxLength: 12 })
  .map((types) => types.map((type, i) => ({ name: `c${i}`, type }) as const))

it('columns are zero, as long as asked for, and none lies on another', () => {
  fc.assert(
    fc.property(columns, fc.oneof(fc.nat(300), fc.constant(700_000)), (given, rows) => {
      const made = createSlabs(given, rows)
      expect(Object.keys(made)).toEqual(given.map(({ name }) => name))
      given.forEach(({ name }, i) => {
        const column = made[name]
        expect(column?.length).toBe(rows)
        expect(column?.[0] ?? 0).toBe(0)
        expect(column?.[rows - 1] ?? 0).toBe(0)
        column?.fill(i + 1)
      })
      given.forEach(({ name }, i) => {
        expect([made[name]?.[0] ?? i + 1, made[name]?.[rows - 1] ?? i + 1]).toEqual([i + 1, i + 1])
      })
    }),
    { numRuns: 60 },
  )
})
