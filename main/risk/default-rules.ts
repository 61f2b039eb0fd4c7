import type { PlRule } from '../../shared/api/models.ts'

/**
 * The rules a fresh desk starts with. Amounts are in the desk's base currency.
 *
 * They are meant to give a desk of some 3,000 accounts a handful of calls an hour, after the first minutes in which
 * everything that already stands beyond a limit is raised once:
 * - limits on an open result are passed by the few large accounts (amount) and by the thinly funded (share); own
 *   funds below 2,000 are left out of the share, where a single lot is half the account;
 * - a result that swings about its limit raises once: it must come back to 70 % and four hours must pass;
 * - a day's result is raised once a trading day at most (12 hours), as it starts from zero at the server's midnight;
 * - what is truly exceptional gets its own critical rule, and only that sounds until somebody has looked.
 */
export const defaultRules: readonly PlRule[] = [
  {
    id: 'open-result',
    name: 'Open result beyond 10,000 or 50 %',
    enabled: true,
    measure: 'floating',
    profit: { amount: 10_000, share: 0.5 },
    loss: { amount: 10_000, share: 0.5 },
    minFunds: 2_000,
    rearmAt: 0.7,
    rearmAfterMinutes: 240,
    severity: 'warning',
  },
  {
    id: 'day-result',
    name: 'Day result beyond 10,000 or 60 %',
    enabled: true,
    measure: 'day',
    profit: { amount: 10_000, share: 0.6 },
    loss: { amount: 10_000, share: 0.6 },
    minFunds: 2_000,
    rearmAt: 0.7,
    rearmAfterMinutes: 720,
    severity: 'notice',
  },
  {
    id: 'exceptional-result',
    name: 'Open result beyond 50,000',
    enabled: true,
    measure: 'floating',
    profit: { amount: 50_000, share: null },
    loss: { amount: 50_000, share: null },
    minFunds: 0,
    rearmAt: 0.7,
    rearmAfterMinutes: 240,
    severity: 'critical',
  },
]
