import { describe, expect, it } from 'vitest'
import type { ViewKind } from '../../shared/api/views.ts'
import { fakeStatus } from './fake/fake-status.ts'
import { type LinkView, withStatus } from './link-store.ts'
import { answerStatus, viewStatus } from './view-status.ts'
import type { ViewSnapshot } from './view-store.ts'

const now = 1_000_000
const blank: ViewSnapshot<ViewKind> = { meta: null, data: null, n: 0, receivedAt: 0, error: null }
const meta = {
  kind: 'quotes',
  matched: 1,
  all: 1,
  from: 0,
  totals: {},
  serverTime: now,
  valuedAt: now - 300,
  live: true,
  base: 'USD',
} as const
const shown: ViewSnapshot<ViewKind> = { ...blank, meta, n: 1 }

const link: LinkView = {
  window: { phase: 'open', detail: '', connection: 1, nextAttempt: 0 },
  status: fakeStatus('live', 1, now, now),
  heardAt: now,
  deskOffset: 0,
  lagHistory: [],
}
const phase = (name: 'stale' | 'offline' | 'connecting' | 'synchronising'): LinkView => ({
  ...link,
  status: fakeStatus(name, 0.5, now, now),
})
const cut: LinkView = { ...link, window: { ...link.window, phase: 'waiting' } }

describe('the state of a panel’s data', () => {
  it('loads, or tells why it cannot', () => {
    expect(viewStatus(blank, link, now)).toEqual({ status: 'loading', age: null })
    expect(viewStatus({ ...blank, error: 'no' }, link, now).status).toBe('error')
    expect(viewStatus(blank, cut, now).status).toBe('offline')
  })

  it('is live with the age of the valuation, by the desk’s clock', () => {
    expect(viewStatus(shown, link, now)).toEqual({ status: 'live', age: 300 })
    expect(viewStatus(shown, { ...link, deskOffset: 5000 }, now).age).toBe(5300)
    expect(viewStatus(shown, { ...link, deskOffset: -5000 }, now).age).toBe(0)
  })

  it('turns stale when the link, the book or the desk falls behind', () => {
    expect(viewStatus(shown, phase('stale'), now).status).toBe('stale')
    expect(viewStatus(shown, phase('synchronising'), now).status).toBe('stale')
    expect(viewStatus({ ...shown, meta: { ...meta, live: false } }, link, now).status).toBe('stale')
    expect(viewStatus(shown, link, now + 5001)).toEqual({ status: 'stale', age: 5301 })
  })

  it('turns stale, not red, over an error with figures on screen', () => {
    expect(viewStatus({ ...shown, error: 'refused' }, link, now).status).toBe('stale')
  })

  it('is offline without bridge or desk, with the figures kept', () => {
    expect(viewStatus(shown, phase('offline'), now).status).toBe('offline')
    expect(viewStatus(shown, cut, now).status).toBe('offline')
    // Also while it tries again, or the panels would change their words with every attempt.
    expect(viewStatus(shown, phase('connecting'), now).status).toBe('offline')
  })

  it('is told of an answer by the moment it was worked out', () => {
    expect(answerStatus(now - 300, link, now)).toEqual({ status: 'live', age: 300 })
    expect(answerStatus(now - 300, phase('stale'), now)).toEqual({ status: 'stale', age: 300 })
    expect(answerStatus(now - 300, phase('offline'), now)).toEqual({ status: 'offline', age: 300 })
    expect(answerStatus(now - 300, cut, now).status).toBe('offline')
    expect(answerStatus(now - 300, link, now + 5001).status).toBe('stale')
  })

  it('has no age before the first valuation', () => {
    expect(viewStatus({ ...shown, meta: { ...meta, valuedAt: 0 } }, link, now).age).toBeNull()
  })
})

describe('statuses of the desk', () => {
  it('move the clock offset only when it is more than delay', () => {
    const status = fakeStatus('live', 1, now, now)
    expect(withStatus(link, { ...status, utc: now - 40 }, now).deskOffset).toBe(0)
    expect(withStatus(link, { ...status, utc: now + 90_000 }, now).deskOffset).toBe(90_000)
  })

  it('keep a bounded history of the lag, newest last', () => {
    let view = link
    for (let i = 0; i < 300; i++) {
      const status = fakeStatus('live', 1, now, now)
      view = withStatus(view, { ...status, link: { ...status.link, lagMs: i } }, now)
    }
    expect(view.lagHistory).toHaveLength(240)
    expect(view.lagHistory.at(-1)).toBe(299)
  })
})
