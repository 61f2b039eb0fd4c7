import type { PlRule } from '../../shared/api/models.ts'
import type { RowOf } from '../../shared/wire/schema.ts'
import type { AccountFacts, Marks, marksTable } from '../book/types.ts'

/** Marks and facts for tests. */
export type MarkRow = RowOf<typeof marksTable>

export const quietRow: MarkRow = {
  login: 1001,
  balance: 10_000,
  credit: 0,
  floating: 0,
  equity: 10_000,
  dayPl: 0,
  prevEquity: 10_000,
  moneyToday: 0,
  margin: 100,
  marginLevel: 10_000,
  levelType: 0,
  positions: 1,
  rateToBase: 1,
}

export const marksOf = (rows: readonly Partial<MarkRow>[], valuedAt = 1_000): Marks => {
  const column = (name: keyof MarkRow): number[] => rows.map((row) => row[name] ?? quietRow[name])
  return {
    valuedAt,
    serverTime: valuedAt + 7_200_000,
    data: {
      rows: rows.length,
      columns: {
        login: Int32Array.from(column('login')),
        balance: Float64Array.from(column('balance')),
        credit: Float64Array.from(column('credit')),
        floating: Float64Array.from(column('floating')),
        equity: Float64Array.from(column('equity')),
        dayPl: Float64Array.from(column('dayPl')),
        prevEquity: Float64Array.from(column('prevEquity')),
        moneyToday: Float64Array.from(column('moneyToday')),
        margin: Float64Array.from(column('margin')),
        marginLevel: Float64Array.from(column('marginLevel')),
        levelType: Uint8Array.from(column('levelType')),
        positions: Int32Array.from(column('positions')),
        rateToBase: Float64Array.from(column('rateToBase')),
      },
    },
  }
}

export const testRule: PlRule = {
  id: 'open',
  name: 'Open result',
  enabled: true,
  measure: 'floating',
  profit: { amount: 5_000, share: null },
  loss: { amount: 5_000, share: null },
  minFunds: 0,
  rearmAt: 0.8,
  rearmAfterMinutes: 10,
  severity: 'warning',
}

export const factsOf = (login: number, user: Partial<AccountFacts['user']> = {}): AccountFacts => ({
  currency: 'USD',
  user: {
    login,
    group: 'std-usd',
    enable: 1,
    enableChangePassword: 1,
    enableReadOnly: 0,
    name: `Client ${login}`,
    country: 'Germany',
    city: 'Berlin',
    state: '',
    zipCode: '10115',
    address: 'Torstrasse 1',
    leadSource: 'web',
    phone: '030 901820',
    email: `client${login}@example.com`,
    comment: '',
    externalId: `C-${login}`,
    status: 'RE',
    registrationDate: 1_700_000_000,
    lastDate: 1_700_100_000,
    leverage: 100,
    agentAccount: 0,
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
    ...user,
  },
})
