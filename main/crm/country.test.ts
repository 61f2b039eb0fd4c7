import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countryCode } from './country.ts'
import { alpha3 } from './country-aliases.ts'

it.each([
  ['Germany', 'DE'],
  ['germany ', 'DE'],
  ['DEU', 'DE'],
  ['de', 'DE'],
  ['Deutschland', 'DE'],
  ['España', 'ES'],
  ['Россия', 'RU'],
  ['Russian Federation', 'RU'],
  ['Korea, Republic of', 'KR'],
  ['UK', 'GB'],
  ['England', 'GB'],
  ['U.S.A.', 'US'],
  ['The Netherlands', 'NL'],
  ['Turkey', 'TR'],
  ['Türkiye', 'TR'],
  ['Viet Nam', 'VN'],
  ['Czech Republic', 'CZ'],
  ["Cote d'Ivoire", 'CI'],
  ['Côte d’Ivoire', 'CI'],
  ['Hong Kong', 'HK'],
  ['Bosnia and Herzegovina', 'BA'],
  ['Saint Lucia', 'LC'],
  ['St. Lucia', 'LC'],
  ['日本', 'JP'],
  ['Kosovo', 'XK'],
  ['Georgia', 'GE'],
])('%s is %s', (text, code) => {
  expect(countryCode(text)).toBe(code)
})

it.each(['', '  ', 'Atlantis', 'n/a', 'Germania Superior', 'constructor', '__proto__'])(
  '%o is nowhere, rather than a guess',
  (text) => {
    expect(countryCode(text)).toBeNull()
  },
)

it('knows every code and its English name in any case', () => {
  const names = new Intl.DisplayNames('en', { type: 'region' })
  const codes = alpha3.split(' ').filter((_, i) => i % 2 === 0)
  expect(codes).toHaveLength(249)
  expect(new Set(alpha3.split(' ')).size).toBe(498)
  for (const code of codes) {
    expect(countryCode(code.toLowerCase())).toBe(code)
    expect(countryCode((names.of(code) as string).toUpperCase())).toBe(code)
  }
})

it('takes any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(countryCode(text) ?? 'XX').toMatch(/^[A-Z]{2}$/)
    }),
  )
})
