import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleAlert } from './alert-sample.ts'
import { noAlerts, withAlerts } from './alerts-store.ts'
import { rankAlerts } from './rank-alerts.ts'

const idsOf = (alerts: readonly { id: string }[]): string[] => alerts.map((alert) => alert.id)

const worth = (valueBase: number) => ({ ...sampleAlert({}).figures, valueBase })

describe('ranking of alerts', () => {
  it('puts critical first, unseen first within, then the most money, won or lost', () => {
    const alerts = [
      sampleAlert({ id: 'notice', severity: 'notice', raisedAt: 9 }),
      sampleAlert({ id: 'warning-seen', severity: 'warning', state: 'seen', raisedAt: 8 }),
      sampleAlert({ id: 'warning-new-small', severity: 'warning', figures: worth(600) }),
      sampleAlert({ id: 'warning-new', severity: 'warning', figures: worth(-9000) }),
      sampleAlert({ id: 'critical-calling', severity: 'critical', state: 'calling', raisedAt: 7 }),
      sampleAlert({ id: 'critical-new', severity: 'critical', raisedAt: 2 }),
    ]
    const ranked = [
      'critical-new',
      'critical-calling',
      'warning-new',
      'warning-new-small',
      'warning-seen',
      'notice',
    ]
    expect(idsOf(rankAlerts(alerts))).toEqual(ranked)
  })

  it('is one order, whatever order the alerts come in', () => {
    const one = fc.record({
      id: fc.uuid(),
      severity: fc.constantFrom('critical' as const, 'warning' as const, 'notice' as const),
      state: fc.constantFrom('new' as const, 'seen' as const, 'calling' as const),
      raisedAt: fc.integer({ min: 0, max: 3 }),
    })
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: (a) => a.id, maxLength: 12 }), (parts) => {
        const alerts = parts.map((part) => sampleAlert(part))
        expect(idsOf(rankAlerts(alerts.toReversed()))).toEqual(idsOf(rankAlerts(alerts)))
      }),
    )
  })
})

describe('the book of alerts', () => {
  it('is not loaded, and not empty either, before the first event', () => {
    expect(noAlerts.loaded).toBe(false)
    expect(withAlerts(noAlerts, { kind: 'all', alerts: [] })).toMatchObject({
      loaded: true,
      open: [],
      done: [],
    })
  })

  it('replaces on all, adds and changes on changed, and moves done ones over', () => {
    const first = withAlerts(noAlerts, { kind: 'all', alerts: [sampleAlert({ id: 'a' })] })
    const second = withAlerts(first, {
      kind: 'changed',
      alerts: [sampleAlert({ id: 'a', state: 'done', closedAt: 5 }), sampleAlert({ id: 'b' })],
    })
    expect(idsOf(second.open)).toEqual(['b'])
    expect(idsOf(second.done)).toEqual(['a'])
    const third = withAlerts(second, { kind: 'all', alerts: [sampleAlert({ id: 'c' })] })
    expect([...third.byId.keys()]).toEqual(['c'])
  })

  it('lists done alerts with the last closed first', () => {
    const alerts = [3, 9, 1].map((closedAt) => sampleAlert({ id: `at-${closedAt}`, state: 'done', closedAt }))
    expect(idsOf(withAlerts(noAlerts, { kind: 'all', alerts }).done)).toEqual(['at-9', 'at-3', 'at-1'])
  })
})
