import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SealBroken, UnknownKey } from './errors.ts'
import { BadKeyRing, withNewKey } from './key-ring.ts'
import { contextOf, createSealer } from './sealer.ts'

const ring = withNewKey(null)
const sealer = createSealer(ring)
const here = contextOf('clients', 'c1')

describe('a sealer', () => {
  it('opens what it sealed, bytes and text, in the same place', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 5_000 }),
        fc.string({ unit: 'binary' }),
        fc.string(),
        (bytes, text, id) => {
          const context = contextOf('clients', id)
          expect(sealer.open(sealer.seal(bytes, context), context).equals(bytes)).toBe(true)
          expect(sealer.openText(sealer.seal(text, context), context)).toBe(text)
        },
      ),
    )
  })

  it('never seals the same twice in the same way, and shows nothing of it', () => {
    const sealed = Array.from({ length: 2_000 }, () => sealer.seal('Ann Example', here).toString('latin1'))
    expect(new Set(sealed).size).toBe(2_000)
    expect(sealed.some((text) => text.includes('Ann'))).toBe(false)
  })

  it('notices any changed bit, and anything cut off or added', () => {
    const sealed = sealer.seal('Ann Example, +44 20 7946 0958', here)
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(() => sealer.open(changed, here)).toThrow(/sealed/)
      expect(() => sealer.openText(changed, here)).toThrow(/sealed/)
    }
    for (let length = 0; length < sealed.length; length++)
      expect(() => sealer.open(sealed.subarray(0, length), here)).toThrow(SealBroken)
    expect(() => sealer.open(Buffer.concat([sealed, Uint8Array.of(0)]), here)).toThrow(SealBroken)
  })

  it('opens a value nowhere but in its own place', () => {
    const sealed = sealer.seal('secret', here)
    for (const other of [
      contextOf('clients', 'c2'),
      contextOf('leads', 'c1'),
      contextOf('clientsc', '1'),
      contextOf('clientsc1'),
      contextOf('clients', 'c1', ''),
      Buffer.alloc(0),
    ])
      expect(() => sealer.open(sealed, other)).toThrow(SealBroken)
  })

  it('tells an unknown key from a wrong one', () => {
    const sealed = sealer.seal('secret', here)
    expect(() => createSealer(withNewKey(null)).open(sealed, here)).toThrow(UnknownKey)
    const wrong = createSealer({ current: ring.current, keys: { [ring.current]: randomBytes(32) } })
    expect(() => wrong.open(sealed, here)).toThrow(SealBroken)
  })

  it('seals with the new key at once and still opens what the old one sealed', () => {
    const own = createSealer(ring)
    const before = own.seal('old', here)
    const next = withNewKey(ring)
    own.use(next)
    const after = own.seal('new', here)
    expect([own.keyOf(before), own.keyOf(after)]).toEqual([ring.current, next.current])
    expect([own.openText(before, here), own.openText(after, here)]).toEqual(['old', 'new'])
    expect(own.current()).toBe(next.current)
    expect(() => sealer.open(after, here)).toThrow(UnknownKey)
  })

  it.each([
    ['a short key', { current: 'a', keys: { a: randomBytes(16) } }],
    ['no current key', { current: 'b', keys: { a: randomBytes(32) } }],
    ['an empty id', { current: '', keys: { '': randomBytes(32) } }],
    ['a long id', { current: 'x'.repeat(256), keys: { ['x'.repeat(256)]: randomBytes(32) } }],
  ])('refuses a ring with %s', (_, bad) => {
    expect(() => createSealer(bad)).toThrow(BadKeyRing)
  })
})
