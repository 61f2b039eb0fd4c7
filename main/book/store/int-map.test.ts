import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createIntMap } from './int-map.ts'

describe('createIntMap', () => {
  it('does what a Map does', () => {
    const key = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 0x7fffffff }))
    const step = fc.record({ key, slot: fc.nat(1e6), remove: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const mine = createIntMap()
        const theirs = new Map<number, number>()
        for (const s of steps) {
          if (s.remove) {
            mine.delete(s.key)
            theirs.delete(s.key)
          } else {
            mine.set(s.key, s.slot)
            theirs.set(s.key, s.slot)
          }
        }
        expect(mine.size()).toBe(theirs.size)
        for (const s of steps) expect(mine.get(s.key)).toBe(theirs.get(s.key) ?? -1)
      }),
    )
  })

  it('has nothing under the key 0, which marks an empty place', () => {
    expect(createIntMap().get(0)).toBe(-1)
  })
})
