import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SealBroken, UnknownKey } from './errors.ts'
import { withNewKey } from './key-ring.ts'
import { openBytes, sealBytes } from './sealed-bytes.ts'

const ring = withNewKey(null)
const CHUNK = 256 * 1024
const HEAD = 6 + ring.current.length + 32 + 4

describe('sealed bytes', () => {
  it('come back whole, of any length', () => {
    for (const length of [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK]) {
      const bytes = randomBytes(length)
      expect(openBytes(ring, sealBytes(ring, bytes, 'last book'), 'last book').equals(bytes)).toBe(true)
    }
  })

  it('open with the key they were sealed with, also when another is the current one', () => {
    const sealed = sealBytes(ring, Buffer.from('book'), 'last book')
    expect(openBytes(withNewKey(ring), sealed, 'last book').toString()).toBe('book')
    expect(() => openBytes(withNewKey(null), sealed, 'last book')).toThrow(UnknownKey)
    const wrong = { current: ring.current, keys: { [ring.current]: randomBytes(32) } }
    expect(() => openBytes(wrong, sealed, 'last book')).toThrow(SealBroken)
  })

  it('open as nothing else than they were sealed as', () => {
    const sealed = sealBytes(ring, Buffer.from('book'), 'last book')
    expect(() => openBytes(ring, sealed, 'journal')).toThrow(SealBroken)
    expect(() => openBytes(ring, Buffer.from('SQLite format 3'), 'last book')).toThrow(SealBroken)
  })

  it('do not open when a byte is another, or something is missing or more', () => {
    const sealed = sealBytes(ring, randomBytes(1_000), 'x')
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(sealed)
        changed[at] = (changed[at] as number) ^ by
        expect(() => openBytes(ring, changed, 'x')).toThrow(/sealed/)
        expect(() => openBytes(ring, sealed.subarray(0, at), 'x')).toThrow(SealBroken)
      }),
    )
    expect(() => openBytes(ring, Buffer.concat([sealed, sealed]), 'x')).toThrow(SealBroken)
  })

  it('do not open when chunks are swapped, repeated or left out', () => {
    const sealed = sealBytes(ring, randomBytes(3 * CHUNK), 'x')
    const head = sealed.subarray(0, HEAD)
    const chunk = (n: number) => sealed.subarray(HEAD + n * (CHUNK + 16), HEAD + (n + 1) * (CHUNK + 16))
    const [a, b, c] = [chunk(0), chunk(1), chunk(2)] as const
    expect(openBytes(ring, Buffer.concat([head, a, b, c]), 'x')).toHaveLength(3 * CHUNK)
    for (const chunks of [[b, a, c], [a, b], [a, c], [c], [a, a, b, c], [a, b, c, c], []])
      expect(() => openBytes(ring, Buffer.concat([head, ...chunks]), 'x')).toThrow(SealBroken)
  })
})
