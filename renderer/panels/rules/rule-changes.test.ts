import { describe, expect, it } from 'vitest'
import { changesOf } from './rule-changes.ts'
import { sampleRule } from './rule-sample.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')
const changes = (other: Parameters<typeof sampleRule>[0]): string[] =>
  changesOf(sampleRule(), sampleRule(other), 'USD', 'en-GB').map(({ what, before, after }) =>
    plain(`${what}: ${before} → ${after}`),
  )

describe('what changes', () => {
  it('is nothing between equal rules', () => {
    expect(changes({})).toEqual([])
  })

  it('is named field by field with both values', () => {
    expect(
      changes({
        loss: { amount: 3000, share: null },
        rearmAfterMinutes: 90,
        severity: 'critical',
        enabled: false,
      }),
    ).toEqual([
      'In force: on → off',
      'Severity: Warning → Critical',
      'Loss, amount: 5,000 USD → 3,000 USD',
      'Loss, share of own funds: 50 % → no limit',
      'Again not before: 4 h → 1 h 30 min',
    ])
  })

  it('sees every field of a rule, and the smallest difference', () => {
    const all = changes({
      name: 'Other',
      enabled: false,
      severity: 'notice',
      measure: 'day',
      profit: { amount: 5000.01, share: 0.5001 },
      loss: { amount: 5000.001, share: 0.50001 },
      minFunds: 2000.5,
      rearmAt: 0.701,
      rearmAfterMinutes: 240.5,
    })
    expect(all).toHaveLength(11)
  })
})
