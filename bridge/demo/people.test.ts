import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, it } from 'vitest'
import { createClient } from './people.ts'
import { countries } from './people-data.ts'
import { createRandom, int } from './random.ts'

describe('clients', () => {
  it('come from some thirty countries with names an ANSI server can hold', () => {
    expect(countries.length).toBeGreaterThanOrEqual(30)
    expect(new Set(countries.map(({ code }) => code)).size).toBe(countries.length)
    for (const country of countries) {
      expect(JSON.stringify(country)).toMatch(/^[\x20-\x7e]*$/)
      expect(country.given.length).toBeGreaterThanOrEqual(10)
      expect(country.family.length).toBeGreaterThanOrEqual(9)
      for (const [city] of country.cities) expect(city).not.toBe('')
    }
  })

  it('have mobile numbers that are valid in their country', () => {
    const random = createRandom('phones')
    const numbers = countries.flatMap(({ code, phones }) =>
      phones.flatMap((pattern) =>
        Array.from({ length: 20 }, () => ({
          code,
          number: pattern.replaceAll('#', () => String(int(random, 10))),
        })),
      ),
    )
    const faulty = numbers.filter(({ code, number }) => {
      const parsed = parsePhoneNumberFromString(number)
      return !parsed?.isValid() || parsed.country !== code
    })
    expect(faulty).toEqual([])
  })

  it('can be written to only at example domains', () => {
    const random = createRandom('mail')
    const clients = Array.from({ length: 500 }, (_, i) => createClient(random, i))
    for (const { email } of clients) expect(email).toMatch(/^[a-z.0-9]+@example\.(com|org|net)$/)
    expect(new Set(clients.map(({ email }) => email)).size).toBe(500)
    expect(new Set(clients.map(({ country }) => country)).size).toBeGreaterThan(25)
  })
})
