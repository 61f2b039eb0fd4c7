import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexKey, packedKey, textKey } from './index-key.ts'

const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units))
const bytes = (key: string): Buffer => Buffer.from(key, 'utf8')
const compare = (a: string, b: string): number => Math.sign(Buffer.compare(bytes(a), bytes(b)))
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

describe('the key of a text', () => {
  it('orders as JavaScript does', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(compare(textKey(a), textKey(b))).toBe(order(a, b))
      }),
    )
  })

  it('puts an emoji before U+FFFF, which UTF-8 does not', () => {
    expect(compare(textKey('😀'), textKey('\uFFFF'))).toBe(-1)
    expect(compare('😀', '\uFFFF')).toBe(1)
  })

  it('tells lone surrogates apart, and takes one byte for ASCII', () => {
    expect(bytes(textKey('\uD83D')).equals(bytes(textKey('\uD83E')))).toBe(false)
    expect(bytes(textKey('\uD83D')).toString('utf8')).toBe(textKey('\uD83D'))
    expect(textKey('alert:1')).toBe('alert:1')
  })
})

describe('the key of an index string', () => {
  const character = fc.constantFrom(
    ' ',
    ' ',
    ' ',
    '\t',
    '\u0000',
    '\u0002',
    '!',
    'a',
    '😀',
    '\uFFFF',
    '\uD83D',
  )
  const field = (length: number) =>
    fc.array(character, { maxLength: length }).map((all) => all.join('').slice(0, length).padEnd(length, ' '))

  it('orders strings of one length as JavaScript does, whatever spaces they hold', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 4, 9, 300), fc.gen(), (length, gen) => {
        const a = gen(field, length) + gen(field, length)
        const b = gen(fc.boolean)
          ? a.slice(0, length) + gen(field, length)
          : gen(field, length) + gen(field, length)
        expect(compare(indexKey(a), indexKey(b))).toBe(order(a, b))
      }),
      { numRuns: 5_000 },
    )
  })

  it('counts long runs', () => {
    const runs = [126, 127, 128, 254, 255, 300]
    for (const next of ['a', '\t'])
      for (const one of runs)
        for (const other of runs) {
          const [a, b] = [one, other].map((run) => (' '.repeat(run) + next).padEnd(400, ' ')) as [
            string,
            string,
          ]
          expect(compare(indexKey(a), indexKey(b))).toBe(order(a, b))
        }
  })

  it('is the same when fields are packed without padding them', () => {
    const any = fc.array(character, { maxLength: 12 }).map((all) => all.join(''))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(any, fc.constantFrom(0, 3, 12, 300)), { minLength: 1, maxLength: 4 }),
        (fields) => {
          const padded = fields.map(([text, length]) => text.padEnd(length, ' ')).join('')
          const packed = packedKey(
            fields.map(([text, length]) => ({ textOf: () => text, length })),
            null,
          )
          expect(packed).toBe(indexKey(padded))
        },
      ),
      { numRuns: 5_000 },
    )
  })

  it('does not store the padding', () => {
    expect(indexKey(`1${'a'.padEnd(120, ' ')}`)).toHaveLength(4)
  })
})
