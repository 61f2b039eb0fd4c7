import type { Random } from '../../shared/runtime/ports.ts'
import { type CountryData, countries } from './people-data.ts'
import { chance, cumulate, int, pick, weighted } from './random.ts'

/** A person with one account or several; what all of them have in common. */
export type Client = {
  readonly name: string
  readonly country: string
  readonly city: string
  readonly state: string
  readonly zipCode: string
  readonly address: string
  readonly phone: string
  readonly email: string
  readonly leadSource: string
  readonly externalId: string
  readonly lastIp: string
}

const sources = [
  'Website',
  'Google Ads',
  'Referral',
  'Introducing broker',
  'Webinar',
  'Trade fair',
  'Facebook',
  'YouTube',
  'Affiliate network',
]
/** Domains reserved for examples (RFC 2606): no letter can reach a stranger. */
const domains = ['example.com', 'example.org', 'example.net']
/** Networks reserved for documentation (RFC 5737): no address is anybody's. */
const networks = ['192.0.2', '198.51.100', '203.0.113']

const shares = cumulate(countries.map((country) => country.weight))

const digits = (random: Random, pattern: string): string =>
  pattern.replaceAll('#', () => String(int(random, 10)))

const mailbox = (given: string, family: string, number: number): string =>
  `${given}.${family.replaceAll(/[^A-Za-z]/g, '')}${number}`.toLowerCase()

/** @param number place in the list of clients; makes e-mail and document id unique */
export const createClient = (random: Random, number: number): Client => {
  const home = countries[weighted(random, shares)] as CountryData
  const given = pick(random, home.given)
  const family = pick(random, home.family)
  const [city, state] = pick(random, home.cities)
  return {
    name: `${given} ${family}`,
    country: home.country,
    city,
    state,
    zipCode: digits(random, home.zip),
    address: `${pick(random, home.streets)} ${1 + int(random, 180)}`,
    phone: digits(random, pick(random, home.phones)),
    email: `${mailbox(given, family, number)}@${pick(random, domains)}`,
    leadSource: chance(random, 0.08) ? '' : pick(random, sources),
    externalId: `${home.code}-${String(100_000 + number)}`,
    lastIp: `${pick(random, networks)}.${1 + int(random, 254)}`,
  }
}
