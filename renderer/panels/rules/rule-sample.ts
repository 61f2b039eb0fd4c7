import type { PlRule } from '../../../shared/api/models.ts'

/** A rule for tests: 5,000 or half the own funds, either side, with whatever the test says otherwise. */
export const sampleRule = (other: Partial<PlRule> = {}): PlRule => ({
  id: 'open-result',
  name: 'Open result beyond 5,000 or 50 %',
  enabled: true,
  measure: 'floating',
  profit: { amount: 5000, share: 0.5 },
  loss: { amount: 5000, share: 0.5 },
  minFunds: 2000,
  rearmAt: 0.7,
  rearmAfterMinutes: 240,
  severity: 'warning',
  ...other,
})
