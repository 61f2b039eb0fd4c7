import type { Alert, ClientCard } from '../../shared/api/models.ts'
import { serverSecondsToUtcMs } from '../../shared/mt4/server-time.ts'
import type { AccountFacts } from '../book/types.ts'
import { countryCode } from './country.ts'
import { readPhones } from './phones.ts'
import { clientZone } from './time-zone.ts'

export type CardContext = {
  /** Recent alerts on the login, newest first. */
  alerts: readonly Alert[]
  /** Accounts with the same e-mail or phone. */
  otherLogins: readonly number[]
  /** Server-local time minus UTC, seconds. */
  serverTimeOffset: number
}

/** Who and where a client is, made of the account's record: numbers to dial, country, local time. Pure. */
export const clientCard = (facts: AccountFacts, context: CardContext): ClientCard => {
  const { user } = facts
  const { alerts, otherLogins, serverTimeOffset } = context
  const code = countryCode(user.country)
  const phones = readPhones(user.phone, code)
  return {
    login: user.login,
    name: user.name,
    group: user.group,
    currency: facts.currency,
    leverage: user.leverage,
    country: user.country,
    countryCode: code,
    city: user.city,
    state: user.state,
    zipCode: user.zipCode,
    address: user.address,
    phones: phones.map(({ phone }) => phone),
    email: user.email,
    ...clientZone(
      code,
      user.state,
      user.city,
      phones.map(({ number }) => number),
    ),
    leadSource: user.leadSource,
    status: user.status,
    comment: user.comment,
    externalId: user.externalId,
    enabled: user.enable !== 0,
    readOnly: user.enableReadOnly !== 0,
    agentAccount: user.agentAccount,
    registeredAt: serverSecondsToUtcMs(user.registrationDate, serverTimeOffset),
    lastSeenAt: serverSecondsToUtcMs(user.lastDate, serverTimeOffset),
    lastIp: user.lastIp,
    otherLogins: [...otherLogins],
    alerts: [...alerts],
  }
}
