import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bar, type Period, periodStart, rollBar } from './roll-bar.ts'

const at = (text: string): number => Date.parse(`${text}Z`)
const seconds = (text: string): number => at(text) / 1000
const last: Bar = { time: seconds('2026-03-02T10:15:00'), open: 1.1, high: 1.12, low: 1.09, close: 1.11 }

describe('periodStart', () => {
  it('cuts at whole periods of the server’s day', () => {
    const noon = seconds('2026-03-02T13:59:59')
    expect(periodStart(noon, 1)).toBe(seconds('2026-03-02T13:59:00'))
    expect(periodStart(noon, 15)).toBe(seconds('2026-03-02T13:45:00'))
    expect(periodStart(noon, 240)).toBe(seconds('2026-03-02T12:00:00'))
    expect(periodStart(noon, 1440)).toBe(seconds('2026-03-02T00:00:00'))
  })
})

describe('rollBar', () => {
  it('grows the last bar within its period', () => {
    expect(rollBar(last, 1.13, at('2026-03-02T10:29:59.999'), 15)).toEqual({
      kind: 'grown',
      bar: { ...last, high: 1.13, close: 1.13 },
    })
    expect(rollBar(last, 1.08, at('2026-03-02T10:15:00'), 15)).toEqual({
      kind: 'grown',
      bar: { ...last, low: 1.08, close: 1.08 },
    })
  })

  it('opens a new bar exactly at the boundary', () => {
    const time = seconds('2026-03-02T10:30:00')
    expect(rollBar(last, 1.115, at('2026-03-02T10:30:00'), 15)).toEqual({
      kind: 'opened',
      bar: { time, open: 1.115, high: 1.115, low: 1.115, close: 1.115 },
      skipped: 0,
    })
  })

  it('counts the periods without a tick in between', () => {
    expect(rollBar(last, 1.115, at('2026-03-02T11:00:10'), 15)).toMatchObject({ kind: 'opened', skipped: 2 })
  })

  it('starts with the first tick where there are no bars', () => {
    expect(rollBar(null, 1.2, at('2026-03-02T10:30:07'), 1)).toMatchObject({
      kind: 'opened',
      bar: { time: seconds('2026-03-02T10:30:00'), close: 1.2 },
    })
  })

  it('ignores what is no price, what is older than the last bar and what changes nothing', () => {
    const now = at('2026-03-02T10:16:00')
    expect(rollBar(last, Number.NaN, now, 15).kind).toBe('none')
    expect(rollBar(last, 0, now, 15).kind).toBe('none')
    expect(rollBar(last, 1.2, 0, 15).kind).toBe('none')
    expect(rollBar(last, 1.2, at('2026-03-02T10:14:59'), 15).kind).toBe('none')
    expect(rollBar(last, last.close, now, 15).kind).toBe('none')
  })

  it('keeps every bar sound and times rising, whatever ticks come', () => {
    const ticks = fc.array(
      fc.tuple(fc.double({ min: 0.0001, max: 1e5, noNaN: true }), fc.integer({ min: 1, max: 4e12 })),
    )
    fc.assert(
      fc.property(ticks, fc.constantFrom<Period>(1, 5, 15, 60, 240, 1440), (moves, period) => {
        let bar: Bar | null = null
        for (const [bid, ms] of moves) {
          const rolled = rollBar(bar, bid, ms, period)
          if (rolled.kind === 'none') continue
          expect(rolled.bar.time % (period * 60)).toBe(0)
          expect(rolled.bar.time).toBeGreaterThanOrEqual(bar?.time ?? 0)
          expect(rolled.bar.low).toBeLessThanOrEqual(Math.min(rolled.bar.open, rolled.bar.close))
          expect(rolled.bar.high).toBeGreaterThanOrEqual(Math.max(rolled.bar.open, rolled.bar.close))
          expect(rolled.bar.close).toBe(bid)
          bar = rolled.bar
        }
      }),
    )
  })
})
