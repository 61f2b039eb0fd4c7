import { getAllCountries } from 'countries-and-timezones'
import { describe, expect, it } from 'vitest'
import { readPhones } from './phones.ts'
import { clientZone } from './time-zone.ts'
import { mainZones, placesByCountry } from './zone-places.ts'

const zone = (country: string | null, state = '', city = '', phone = '') => {
  const numbers = readPhones(phone, country).map(({ number }) => number)
  const found = clientZone(country, state, city, numbers)
  return `${found.timeZone}${found.timeZoneCertain ? '' : '?'}`
}

describe('countries with one time', () => {
  it.each([
    ['DE', 'Europe/Berlin'],
    ['GB', 'Europe/London'],
    ['JP', 'Asia/Tokyo'],
    ['AR', 'America/Argentina/Buenos_Aires'],
    ['MY', 'Asia/Kuala_Lumpur'],
    ['VN', 'Asia/Ho_Chi_Minh'],
    ['IN', 'Asia/Kolkata'],
    ['DK', 'Europe/Copenhagen'],
    ['NL', 'Europe/Amsterdam'],
    ['BE', 'Europe/Brussels'],
  ])('%s: %s, certain', (country, expected) => {
    expect(zone(country)).toBe(expected)
  })
})

describe('countries with several', () => {
  it.each([
    ['US', 'CA', '', 'America/Los_Angeles'],
    ['US', 'california', 'Nowhere', 'America/Los_Angeles'],
    ['US', '', 'Los Angeles, CA', 'America/Los_Angeles'],
    ['US', '', 'St. Louis', 'America/Chicago'],
    ['US', 'Texas', 'El Paso', 'America/Denver'],
    ['US', 'Texas', 'Marfa', 'America/Chicago?'],
    ['US', 'WA', 'Washington', 'America/Los_Angeles'],
    ['US', '', 'Washington', 'America/New_York?'],
    ['US', 'Washington', '', 'America/Los_Angeles'],
    ['CA', 'Québec', '', 'America/Toronto'],
    ['CA', 'BC', 'Vancouver', 'America/Vancouver'],
    ['AU', 'WA', '', 'Australia/Perth'],
    ['AU', '', 'Perth', 'Australia/Perth'],
    ['BR', 'SP', '', 'America/Sao_Paulo'],
    ['BR', '', 'São Paulo', 'America/Sao_Paulo'],
    ['RU', '', 'Новосибирск', 'Asia/Novosibirsk'],
    ['RU', '', 'St. Petersburg', 'Europe/Moscow'],
    ['ID', 'Bali', '', 'Asia/Makassar'],
    ['MX', '', 'Tijuana', 'America/Tijuana'],
    ['ES', '', 'Madrid', 'Europe/Madrid'],
    ['ES', 'Canarias', '', 'Atlantic/Canary'],
    ['RU', '', '', 'Europe/Moscow?'],
    ['AU', '', '', 'Australia/Sydney?'],
  ])('%s, %s, %s: %s', (country, state, city, expected) => {
    expect(zone(country, state, city)).toBe(expected)
  })

  it('asks the area code where the address does not tell', () => {
    expect(zone('US', '', '', '(310) 555-0123')).toBe('America/Los_Angeles')
    expect(zone('CA', '', '', '+1 604 555 0123')).toBe('America/Vancouver')
    expect(zone('US', '', '', '+1 850 555 0123')).toBe('America/New_York?')
    expect(zone('US', 'NY', '', '+1 310 555 0123')).toBe('America/New_York')
    expect(zone('US', '', '', '+44 20 7946 0018')).toBe('America/New_York?')
  })

  it('lets the area code confirm a split state but not move it', () => {
    expect(zone('US', 'TX', '', '+1 214 555 0123')).toBe('America/Chicago')
    expect(zone('US', 'TX', '', '+1 310 555 0123')).toBe('America/Chicago?')
  })
})

it('guesses by the phone where the country is not known', () => {
  expect(zone(null, '', '', '+49 30 901820')).toBe('Europe/Berlin?')
  expect(zone(null, '', '', '+1 310 555 0123')).toBe('America/Los_Angeles?')
  expect(zone(null, '', '', 'none')).toBe('null?')
})

it('names only zones that this platform can show a time in', () => {
  const named = [
    ...Object.values(mainZones),
    ...Object.values(placesByCountry).flatMap(({ states, split, cities }) =>
      Object.keys({ ...states, ...split, ...cities }),
    ),
  ]
  for (const name of named) expect(() => new Intl.DateTimeFormat('en', { timeZone: name })).not.toThrow()
})

it('has a main zone for every country of several', () => {
  const several = Object.values(getAllCountries()).filter(({ timezones }) => timezones.length > 1)
  expect(several.filter(({ id }) => mainZones[id] === undefined)).toEqual([])
})
