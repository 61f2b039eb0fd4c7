import { type Client, clientIdOf } from '../../../shared/documents/client.ts'
import { emptyPerson } from '../../../shared/documents/person.ts'
import type { AccountFacts } from '../../book/types.ts'
import { countryCode } from '../country.ts'
import { readPhones } from '../phones.ts'
import { clientZone } from '../time-zone.ts'
import { made } from './made.ts'

/**
 * A client as the MT4 record has them, for an account nobody has written about yet. The same record gives the same
 * draft at every desk, so that two desks that begin to write at once differ only in what was written. Pure.
 */
export const draftClient = (login: number, facts: AccountFacts | null): Client => {
  const draft: Client = {
    id: clientIdOf(login),
    mergedInto: '',
    login,
    logins: [login],
    stage: 'active',
    class: 'unclassified',
    ...emptyPerson(),
    ...made('', 0),
  }
  if (facts === null) return draft
  const { user } = facts
  const code = countryCode(user.country)
  const phones = readPhones(user.phone, code)
  const { timeZone } = clientZone(
    code,
    user.state,
    user.city,
    phones.map(({ number }) => number),
  )
  return {
    ...draft,
    name: user.name.slice(0, 200),
    phones: phones
      .slice(0, 20)
      .map(({ phone }) => ({
        number: (phone.e164 ?? phone.raw).slice(0, 40),
        kind: 'other' as const,
        note: '',
      }))
      .filter(({ number }) => number !== ''),
    emails: user.email.trim() === '' ? [] : [{ address: user.email.trim().slice(0, 254), note: '' }],
    address: {
      street: user.address.slice(0, 200),
      city: user.city.slice(0, 200),
      zipCode: user.zipCode.slice(0, 16),
    },
    country: code ?? '',
    region: user.state.slice(0, 64),
    timeZone: timeZone ?? '',
    source: user.leadSource.slice(0, 60),
  }
}
