import type { PlRule } from '../../../shared/api/models.ts'

const both = (amount: number, share: number | null): Pick<PlRule, 'profit' | 'loss'> => ({
  profit: { amount, share },
  loss: { amount, share },
})

/** Rules as a desk may have them: both sides alike, one side only, and one that is switched off. */
export const fakeRules: readonly PlRule[] = [
  {
    id: 'day-result',
    name: 'Day result beyond 10,000 or 60 %',
    enabled: true,
    measure: 'day',
    ...both(10_000, 0.6),
    minFunds: 2000,
    rearmAt: 0.7,
    rearmAfterMinutes: 720,
    severity: 'notice',
  },
  {
    id: 'exceptional-result',
    name: 'Open result beyond 50,000',
    enabled: true,
    measure: 'floating',
    ...both(50_000, null),
    minFunds: 0,
    rearmAt: 0.7,
    rearmAfterMinutes: 240,
    severity: 'critical',
  },
  {
    id: 'open-result',
    name: 'Open result beyond 5,000 or 50 %',
    enabled: true,
    measure: 'floating',
    ...both(5000, 0.5),
    minFunds: 2000,
    rearmAt: 0.7,
    rearmAfterMinutes: 240,
    severity: 'warning',
  },
  {
    id: 'winners',
    name: 'Quick winners',
    enabled: false,
    measure: 'floating',
    profit: { amount: null, share: 0.3 },
    loss: { amount: null, share: null },
    minFunds: 5000,
    rearmAt: 0.5,
    rearmAfterMinutes: 1440,
    severity: 'notice',
  },
]
