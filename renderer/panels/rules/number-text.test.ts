import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editText, parseNumber, readText, shiftPoint } from './number-text.ts'

describe('numbers as people write them', () => {
  it('are read in the signs of the locale', () => {
    expect(parseNumber('5,000', 'en-GB')).toBe(5000)
    expect(parseNumber('1 234 567.25', 'en-GB')).toBe(1_234_567.25)
    expect(parseNumber('.5', 'en-GB')).toBe(0.5)
    expect(parseNumber('-3', 'en-GB')).toBe(-3)
    expect(parseNumber('5.000', 'de-DE')).toBe(5000)
    expect(parseNumber('0,5', 'de-DE')).toBe(0.5)
    expect(parseNumber('10,00,000', 'en-IN')).toBe(1_000_000)
    expect(parseNumber('  ', 'en-GB')).toBeNull()
  })

  it('are refused where they could mean something else', () => {
    const texts = ['0,5', '5,00', '50,0000', ',500', '1.2.3', '5k', '-', '.', '5.', '1e3', '0x10', '--1']
    expect(texts.filter((text) => !Number.isNaN(parseNumber(text, 'en-GB')))).toEqual([])
    expect(parseNumber('0.5', 'de-DE')).toBeNaN()
  })

  it('come back as they were, edited or read', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e12, noNaN: true }).map((value) => Number(value.toPrecision(14))),
        fc.constantFrom('en-GB', 'de-DE', 'fr-FR', 'en-IN', 'de-CH'),
        (value, locale) => {
          fc.pre(value === 0 || value > 1e-6)
          expect(parseNumber(editText(value, locale), locale)).toBe(value)
          expect(parseNumber(readText(value, locale), locale)).toBe(value)
        },
      ),
    )
  })

  it('change between shares and per cent without binary noise', () => {
    expect(shiftPoint(0.07, 2)).toBe(7)
    expect(shiftPoint(7, -2)).toBe(0.07)
    expect(shiftPoint(1e-7, 2)).toBe(1e-5)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (millionths) => {
        const share = millionths / 1e6
        expect(shiftPoint(shiftPoint(share, 2), -2)).toBe(share)
      }),
    )
  })
})
