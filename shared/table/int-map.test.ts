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

  it('takes many new keys at once, up to the first that is known', () => {
    const key = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 0x7fffffff }))
    fc.assert(
      fc.property(fc.array(fc.array(key, { maxLength: 40 }), { maxLength: 8 }), (blocks) => {
        const mine = createIntMap()
        const theirs = new Map<number, number>()
        let base = 0
        for (const keys of blocks) {
          const added = mine.addNew(keys, base)
          const known = keys.findIndex((k, i) => theirs.has(k) || keys.indexOf(k) < i)
          expect(added).toBe(known < 0 ? keys.length : known)
          keys.slice(0, added).forEach((k, i) => theirs.set(k, base + i))
          base += added
        }
        expect(mine.size()).toBe(theirs.size)
        for (const [k, slot] of theirs) expect(mine.get(k)).toBe(slot)
      }),
    )
  })

  it('finds keys in any pattern, and stays small', () => {
    for (const step of [1, 8, 64, 4096, 8192, 20_000]) {
      const keys = Array.from({ length: 100_000 }, (_, i) => 1 + i * step)
      const map = createIntMap()
      map.reserve(keys.length)
      expect(map.addNew(keys, 0)).toBe(keys.length)
      expect(keys.every((key, slot) => map.get(key) === slot)).toBe(true)
      expect(map.get(keys.length * step + 2)).toBe(-1)
      expect(map.bytes() / keys.length).toBeLessThan(12)
    }
  })

  it('has nothing under the key 0, which marks an empty place', () => {
    expect(createIntMap().get(0)).toBe(-1)
  })
})
