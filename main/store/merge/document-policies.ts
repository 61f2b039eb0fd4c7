import type { Policies } from './merge-by-field.ts'
import { entries, greatest, parts, set } from './policies.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase().trim() : '')
const keyed =
  (...keys: string[]) =>
  (entry: unknown): string =>
    keys.map((key) => text((entry as Record<string, unknown>)[key])).join('\n')
/** Digits say which telephone it is, however they are written. */
const phoneKey = (entry: unknown): string =>
  text((entry as Record<string, unknown>)['number']).replaceAll(/[^\d+]/g, '')

/** Fields of a person that are more than one value. All others are chosen by a person when two change them. */
export const personPolicies: Policies = {
  phones: entries(phoneKey),
  emails: entries(keyed('address')),
  messengers: entries(keyed('service', 'handle')),
  documents: entries(keyed('id')),
  address: parts,
  consents: parts,
  tags: set,
  logins: set,
  lastContactAt: greatest,
}
