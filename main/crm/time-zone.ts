import { getCountry, getTimezone } from 'countries-and-timezones'
import type { PhoneNumber } from 'libphonenumber-js/max'
import { areaCodeZone } from './area-codes.ts'
import { plainName } from './plain-name.ts'
import { mainZones, type Places, placesByCountry } from './zone-places.ts'

export type ClientZone = { readonly timeZone: string | null; readonly timeZoneCertain: boolean }

const certain = (timeZone: string): ClientZone => ({ timeZone, timeZoneCertain: true })
const likely = (timeZone: string | null): ClientZone => ({ timeZone, timeZoneCertain: false })

const index = (zones: Places['states'] = {}): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(zones).flatMap(([zone, names]) => names.split('|').map((name) => [plainName(name), zone])),
  )
const placeIndex = new Map(
  Object.entries(placesByCountry).map(([country, { states, split, cities }]) => [
    country,
    { states: index(states), split: index(split), cities: index(cities) },
  ]),
)

const zoneOfPlace = (country: string, state: string, city: string): ClientZone | null => {
  const places = placeIndex.get(country)
  if (!places) return null
  // People also write "Los Angeles, CA" into the city alone.
  const [town = '', ...behind] = city.split(',').map(plainName)
  const states = [plainName(state), ...behind].filter((name) => name !== '')
  for (const name of states) {
    const zone = places.states.get(name)
    if (zone) return certain(zone)
  }
  for (const name of [town, ...states]) {
    const zone = places.cities.get(name)
    if (zone) return certain(zone)
  }
  for (const name of states) {
    const zone = places.split.get(name)
    if (zone) return likely(zone)
  }
  return null
}

/** Zones that never differ count as one: Büsingen's is listed for Germany, and Germany still has one time. */
const keepOneTime = (zones: readonly string[]): boolean => {
  const first = getTimezone(zones[0] ?? '')
  return zones.every((name) => {
    const zone = getTimezone(name)
    return zone?.utcOffset === first?.utcOffset && zone?.dstOffset === first?.dstOffset
  })
}

/**
 * The country's own name of a zone it shares: Europe/Copenhagen for Denmark, not Europe/Berlin. The zone database links
 * the two; a person on the phone expects the client's own city.
 */
const ownName = (country: string, zone: string): string => {
  if (getTimezone(zone)?.countries[0] === country) return zone
  const names = getCountry(country, { deprecated: true })?.timezones ?? []
  return (
    names.find((name) => {
      const facts = getTimezone(name)
      return facts?.aliasOf === zone && facts.countries.length === 1 && facts.countries[0] === country
    }) ?? zone
  )
}

/**
 * A client's IANA time zone: that of the country where it has one; else told by state or city, else by a +1 area
 * code; else the zone most of its people live in, not certain. Without a country, the zone of the phone's country
 * is a guess and says so.
 */
export const clientZone = (
  country: string | null,
  state: string,
  city: string,
  phones: readonly (PhoneNumber | null)[],
): ClientZone => {
  if (country === null) {
    const abroad = phones.find((number) => number?.country)
    return abroad?.country ? likely(clientZone(abroad.country, '', '', phones).timeZone) : likely(null)
  }
  const zones = getCountry(country)?.timezones ?? []
  const main = mainZones[country] ?? zones[0] ?? null
  if (main === null) return likely(null)
  if (zones.length < 2 || keepOneTime(zones)) return certain(ownName(country, main))
  const place = zoneOfPlace(country, state, city)
  if (place?.timeZoneCertain) return place
  if (country === 'US' || country === 'CA')
    for (const number of phones) {
      const zone = number?.country === country ? areaCodeZone(number.nationalNumber) : null
      if (zone !== null) return place && place.timeZone !== zone ? place : certain(zone)
    }
  return place ?? likely(main)
}
