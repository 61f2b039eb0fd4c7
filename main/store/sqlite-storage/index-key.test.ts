import fc from 'fast-check'
import { expect, it } from 'vitest'
import { indexKey } from './index-key.ts'

const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units))

it('orders as JavaScript does', () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      expect(Math.sign(Buffer.compare(indexKey(a), indexKey(b)))).toBe(a < b ? -1 : a > b ? 1 : 0)
    }),
  )
})

it('puts an emoji before U+FFFF, which UTF-8 does not', () => {
  expect(Buffer.compare(indexKey('😀'), indexKey('\uFFFF'))).toBe(-1)
  expect(Buffer.compare(Buffer.from('😀'), Buffer.from('\uFFFF'))).toBe(1)
})

it('tells lone surrogates apart', () => {
  expect(indexKey('\uD83D').equals(indexKey('\uD83E'))).toBe(false)
})

it('takes one byte for ASCII', () => {
  expect(indexKey('alert:1').byteLength).toBe(7)
})
