import { type AlertDocument, alertDocument } from '../../main/store/documents/alerts.ts'

/** How many accounts the alerts are of. */
export const ACCOUNTS = 3_000

/** An alert as the desk raises them: about 1.1 kB of JSON, looked up by account and by when it was closed. */
export const benchAlert = (n: number): AlertDocument =>
  alertDocument({
    id: `open-result:${n}`,
    ruleId: 'open-result',
    ruleName: 'Open result beyond 5,000 or 50 %',
    severity: 'warning',
    measure: 'floating',
    side: 'loss',
    limitKind: 'amount',
    limit: 5_000,
    login: 1_000 + (n % ACCOUNTS),
    name: 'A client with a usual name',
    group: 'std-usd',
    country: 'Germany',
    figures: {
      currency: 'USD',
      base: 'USD',
      value: -5_012.34,
      valueBase: -5_012.34,
      share: -0.31,
      funds: 16_000.12,
      balance: 16_000.12,
      credit: 0,
      equity: 10_987.78,
      floating: -5_012.34,
      dayPl: -4_321.01,
      margin: 2_345.67,
      marginLevel: 468.43,
      positions: 4,
      at: 1_800_000_000_000,
      serverTime: 1_800_007_200_000,
    },
    state: 'new',
    raisedAt: 1_800_000_000_000 + n,
    seenAt: null,
    seenBy: null,
    calls: [],
    outcome: null,
    note: '',
    callBackAt: null,
    closedAt: null,
    closedBy: null,
  })
