import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRowMap } from './row-map.ts'

it('holds what a Map would', () => {
  const step = fc.tuple(fc.nat(2), fc.nat(400), fc.option(fc.nat(1_000_000), { freq: 2 }))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 3_000, size: 'max' }), (steps) => {
      const rows = createRowMap(0)
      const model = new Map<string, number>()
      for (const [collection, n, row] of steps) {
        if (row === null) rows.remove(collection, `id-${n}`)
        else rows.set(collection, `id-${n}`, row)
        if (row === null) model.delete(`${collection} ${n}`)
        else model.set(`${collection} ${n}`, row)
        expect(rows.size()).toBe(model.size)
      }
      for (let collection = 0; collection < 3; collection++)
        for (let n = 0; n <= 400; n++)
          expect(rows.get(collection, `id-${n}`)).toBe(model.get(`${collection} ${n}`) ?? -1)
    }),
    { numRuns: 15 },
  )
})
