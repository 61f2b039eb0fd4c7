import type { AlertEvent } from '../../../shared/api/contract.ts'
import type { Alert, CallOutcome } from '../../../shared/api/models.ts'
import { accountRow } from './fake-rows.ts'
import type { FakeAccount } from './fake-world.ts'

const number = (value: number | string | undefined): number => Number(value ?? Number.NaN)

/** An alert as if the account had just passed a limit of `limit`. */
export const fakeAlert = (account: FakeAccount, now: number, severity: Alert['severity']): Alert => {
  const row = accountRow(account)
  const value = account.floating
  const funds = account.balance + account.credit
  const byShare = account.login % 2 === 0
  const level = number(row['marginLevel'])
  return {
    id: `pl:${account.login}:${now}`,
    ruleId: 'pl-floating',
    ruleName: byShare ? 'Floating result beyond 50 % of own funds' : 'Floating result beyond 5,000 USD',
    severity,
    measure: 'floating',
    side: value >= 0 ? 'profit' : 'loss',
    limitKind: byShare ? 'share' : 'amount',
    limit: byShare ? 0.5 : 5000,
    login: account.login,
    name: account.name,
    group: account.group,
    country: account.country,
    figures: {
      currency: account.currency,
      base: 'USD',
      value,
      valueBase: number(row['floatingBase']),
      share: funds > 0 ? value / funds : null,
      funds,
      balance: account.balance,
      credit: account.credit,
      equity: number(row['equity']),
      floating: account.floating,
      dayPl: number(row['dayPl']),
      margin: account.margin,
      marginLevel: Number.isFinite(level) ? level : null,
      positions: account.positions,
      at: now,
      serverTime: now + 7_200_000,
    },
    state: 'new',
    raisedAt: now,
    seenAt: null,
    seenBy: null,
    calls: [],
    outcome: null,
    note: '',
    callBackAt: null,
    closedAt: null,
    closedBy: null,
  }
}

export type FakeAlerts = {
  readonly all: () => Alert[]
  readonly put: (alert: Alert) => Alert
  readonly change: (id: string, change: (alert: Alert) => Alert) => Alert
  readonly watch: (signal: AbortSignal | undefined) => AsyncGenerator<AlertEvent>
}

export const outcomeOf = (
  alert: Alert,
  given: { outcome: CallOutcome; note: string; callBackAt: number | null },
  now: number,
): Alert =>
  given.outcome === 'call_back'
    ? { ...alert, ...given, state: 'seen' }
    : { ...alert, ...given, state: 'done', closedAt: now, closedBy: 'dealer' }

export const createFakeAlerts = (first: readonly Alert[]): FakeAlerts => {
  const byId = new Map(first.map((alert) => [alert.id, alert]))
  const watchers = new Set<(event: AlertEvent) => void>()
  const put = (alert: Alert): Alert => {
    byId.set(alert.id, alert)
    for (const fn of watchers) fn({ kind: 'changed', alerts: [alert] })
    return alert
  }
  return {
    all: () => [...byId.values()],
    put,
    change: (id, change) => {
      const alert = byId.get(id)
      if (!alert) throw new Error('This alert is not there any more.')
      return put(change(alert))
    },
    async *watch(signal) {
      yield { kind: 'all', alerts: [...byId.values()] }
      const queue: AlertEvent[] = []
      let wake = (): void => {}
      const take = (event: AlertEvent): void => {
        queue.push(event)
        wake()
      }
      watchers.add(take)
      signal?.addEventListener('abort', () => wake())
      try {
        for (;;) {
          if (signal?.aborted) return
          const event = queue.shift()
          if (event) yield event
          else
            await new Promise<void>((resolve) => {
              wake = resolve
            })
        }
      } finally {
        watchers.delete(take)
      }
    },
  }
}
