import { describe, expect, it } from 'vitest'
import { clientCardSchema } from '../../shared/api/models.ts'
import type { AccountFacts } from '../book/types.ts'
import { clientCard } from './client-card.ts'

const facts: AccountFacts = {
  currency: 'EUR',
  user: {
    login: 1001,
    group: 'std-eur',
    enable: 1,
    enableChangePassword: 1,
    enableReadOnly: 0,
    name: 'Anna Schmidt',
    country: 'Germany',
    city: 'Berlin',
    state: '',
    zipCode: '10115',
    address: 'Torstraße 1',
    leadSource: 'web',
    phone: '030 901820; +44 20 7946 0018',
    email: 'anna@example.com',
    comment: 'VIP',
    externalId: 'C-1',
    status: 'RE',
    registrationDate: 1_700_007_200,
    lastDate: 0,
    leverage: 100,
    agentAccount: 5,
    timestamp: 0,
    lastIp: '192.0.2.7',
    balance: 10_000,
    prevMonthBalance: 0,
    prevBalance: 0,
    credit: 0,
    interestRate: 0,
    taxes: 0,
    prevMonthEquity: 0,
    prevEquity: 0,
    sendReports: 1,
    userColor: 0,
  },
}

describe('clientCard', () => {
  it('says who and where, and fits its schema', () => {
    const card = clientCard(facts, { alerts: [], otherLogins: [1002], serverTimeOffset: 7_200 })
    expect(clientCardSchema.parse(card)).toEqual(card)
    expect(card).toMatchObject({
      login: 1001,
      currency: 'EUR',
      countryCode: 'DE',
      timeZone: 'Europe/Berlin',
      timeZoneCertain: true,
      phones: [{ e164: '+4930901820' }, { e164: '+442079460018' }],
      enabled: true,
      readOnly: false,
      registeredAt: 1_700_000_000_000,
      otherLogins: [1002],
    })
  })

  it('leaves a time that was never set at zero', () => {
    expect(clientCard(facts, { alerts: [], otherLogins: [1002], serverTimeOffset: 7_200 }).lastSeenAt).toBe(0)
  })

  it('keeps what it cannot read as it was written', () => {
    const odd = {
      ...facts,
      user: { ...facts.user, country: 'Atlantis', phone: 'ask Bob', enableReadOnly: 1 },
    }
    expect(clientCard(odd, { alerts: [], otherLogins: [], serverTimeOffset: 0 })).toMatchObject({
      country: 'Atlantis',
      countryCode: null,
      timeZone: null,
      timeZoneCertain: false,
      readOnly: true,
      phones: [{ raw: 'ask Bob', e164: null, uri: null }],
    })
  })
})
