import { describe, expect, it } from 'vitest'
import { phoneForms, phonesOf } from './phones.ts'

/** Whether what was typed is found in a stored field. */
const found = (stored: string, typed: string): boolean =>
  phonesOf(stored).some(({ digits }) => phoneForms(typed).some((form) => digits.includes(form)))

describe('a phone number', () => {
  it.each([
    ['+44 20 7946 0958', '442079460958'],
    ['+44 20 7946 0958', '0044 20 7946 0958'],
    ['+44 20 7946 0958', '020 7946 0958'],
    ['+44 20 7946 0958', '(020) 7946-0958'],
    ['+44 20 7946 0958', '+44 (0)20 7946 0958'],
    ['+44 20 7946 0958', '79460958'],
    ['+44 20 7946 0958', '0958'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['0044 20 7946 0958', '+44 20 7946 0958'],
    ['020 7946 0958', '+44 20 7946 0958'],
    ['020 7946 0958', '0044 (0)20 7946 0958'],
    ['8 (916) 123-45-67', '+7 916 123 45 67'],
    ['+7 916 123-45-67', '8 916 1234567'],
    ['+7 916 123-45-67', '916-123'],
    ['+421 905 123 456', '0905 123 456'],
    ['0905123456', '+421 905 123 456'],
    ['+1 (212) 555-0187', '212.555.0187'],
    ['+1 (212) 555-0187', '1 212 555 0187'],
    ['2125550187', '+1 212 555 0187'],
    ['+49 30 901820; +49 171 1234567', '01711234567'],
    ['030/901820', '30901820'],
    ['+49 30 901820/+49 30 901821', '901821'],
    ['٠٩١٦١٢٣٤٥٦', '0916123456'],
  ])('%s is found by %s', (stored, typed) => {
    expect(found(stored, typed)).toBe(true)
  })

  it.each([
    ['+44 20 7946 0958', '+44 20 7946 0959'],
    ['+44 20 7946 0958', '2079460959'],
    ['+49 30 901820/+49 30 901821', '901820490'],
    ['+7 916 123-45-67', '+7 917 123 45 67'],
  ])('%s is not found by %s', (stored, typed) => {
    expect(found(stored, typed)).toBe(false)
  })

  it('knows where in the text its digits stand', () => {
    const text = 'home: +49 (0)30 / 90, +7 5'
    for (const { digits, places } of phonesOf(text))
      expect(places.map((place) => text[place]).join('')).toBe(digits)
    expect(phonesOf(text).map(({ digits }) => digits)).toEqual(['4903090', '75'])
  })
})
