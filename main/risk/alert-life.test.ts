import { describe, expect, it } from 'vitest'
import type { Alert } from '../../shared/api/models.ts'
import { alertSchema } from '../../shared/api/models.ts'
import { alertOf, catchBreach } from './alert.ts'
import { calledAlert, outcomeAlert, seenAlert } from './alert-life.ts'
import { AlertConflict } from './errors.ts'
import { factsOf, marksOf, testRule } from './marks-fixture.ts'
import { evaluatePlRule } from './pl-rule.ts'

const fresh = (): Alert => {
  const marks = marksOf([{ floating: 6_000.005, margin: Number.NaN, marginLevel: Number.NaN }])
  const breach = evaluatePlRule(testRule, marks, new Map()).breaches[0]
  if (!breach) throw new Error('no breach')
  return alertOf(catchBreach(testRule, breach, marks), 7, factsOf(1001), 'EUR', 2_000)
}

describe('a new alert', () => {
  it('carries the figures at the breach and fits its schema', () => {
    const alert = fresh()
    expect(alertSchema.parse(alert)).toEqual(alert)
    expect(alert).toMatchObject({ id: 'open:1001:profit:7', state: 'new', raisedAt: 2_000, limit: 5_000 })
    expect(alert.figures).toMatchObject({
      value: 6_000.01,
      currency: 'USD',
      base: 'EUR',
      margin: 0,
      marginLevel: null,
      at: 1_000,
      serverTime: 7_201_000,
    })
  })

  it('cuts texts that are longer than the store takes', () => {
    const marks = marksOf([{ floating: 6_000 }])
    const [breach] = evaluatePlRule(testRule, marks, new Map()).breaches
    if (!breach) throw new Error('no breach')
    const facts = factsOf(1001, { name: 'n'.repeat(300), country: 'c'.repeat(99) })
    const alert = alertOf(catchBreach(testRule, breach, marks), 0, facts, 'USD', 1)
    expect(alertSchema.safeParse(alert).success).toBe(true)
  })
})

describe('its life', () => {
  it('notes who saw it first, once', () => {
    const seen = seenAlert(fresh(), 'ann', 10)
    expect(seen).toMatchObject({ state: 'seen', seenBy: 'ann', seenAt: 10 })
    expect(seenAlert(seen, 'bob', 20)).toBe(seen)
  })

  it('notes a call, and that the caller has seen it', () => {
    expect(calledAlert(fresh(), '+49301234567', 'ann', 10)).toMatchObject({
      state: 'calling',
      seenBy: 'ann',
      calls: [{ startedAt: 10, by: 'ann', number: '+49301234567' }],
    })
  })

  it('keeps the newest fifty calls', () => {
    let alert = fresh()
    for (let i = 0; i < 60; i++) alert = calledAlert(alert, '1', 'ann', i)
    expect(alert.calls).toHaveLength(50)
    expect(alert.calls[49]?.startedAt).toBe(59)
    expect(alertSchema.safeParse(alert).success).toBe(true)
  })

  it('stays open for a call back, then closes and keeps both notes', () => {
    const given = { outcome: 'call_back' as const, note: 'in a meeting', callBackAt: 99, by: 'ann' }
    const later = outcomeAlert(calledAlert(fresh(), '1', 'ann', 5), given, 10)
    expect(later).toMatchObject({ state: 'seen', outcome: 'call_back', callBackAt: 99, closedAt: null })
    const done = outcomeAlert(
      later,
      { outcome: 'reached', note: 'will add funds', callBackAt: 5, by: 'bob' },
      20,
    )
    expect(done).toMatchObject({
      state: 'done',
      outcome: 'reached',
      note: 'in a meeting\nwill add funds',
      callBackAt: null,
      closedAt: 20,
      closedBy: 'bob',
    })
  })

  it('is not changed once closed', () => {
    const given = { outcome: 'reached' as const, note: '', callBackAt: null, by: 'ann' }
    const done = outcomeAlert(fresh(), given, 10)
    expect(() => calledAlert(done, '1', 'ann', 20)).toThrow(AlertConflict)
    expect(() => outcomeAlert(done, given, 20)).toThrow(AlertConflict)
    expect(seenAlert(done, 'bob', 20)).toBe(done)
  })
})
