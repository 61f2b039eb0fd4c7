import { describe, expect, it } from 'vitest'
import { barsOf, legendOf, withLive } from './bars.ts'

const bars = (times: number[]) => ({
  symbol: 'EURUSD',
  digits: 5,
  period: 1,
  time: times,
  open: times.map(() => 1.1),
  high: times.map(() => 1.2),
  low: times.map(() => 1),
  close: times.map(() => 1.15),
})

describe('barsOf', () => {
  it('turns columns into candles', () => {
    expect(barsOf(bars([60]))).toEqual([{ time: 60, open: 1.1, high: 1.2, low: 1, close: 1.15 }])
    expect(barsOf(bars([]))).toEqual([])
  })

  it('leaves out what would make time stand still or run back', () => {
    expect(barsOf(bars([60, 60, 120, 90, 180])).map((b) => b.time)).toEqual([60, 120, 180])
  })
})

describe('legendOf', () => {
  it('names the four prices with the symbol’s digits', () => {
    expect(legendOf({ time: 0, open: 1, high: 1.2, low: 0.9, close: 1.1 }, 3)).toBe(
      'O 1.000  H 1.200  L 0.900  C 1.100',
    )
    expect(legendOf(null, 3)).toBe('')
  })
})

describe('withLive', () => {
  const old = { time: 60, open: 1, high: 1.2, low: 0.9, close: 1.1 }
  const last = { time: 120, open: 1.1, high: 1.3, low: 1, close: 1.2 }

  it('adds a live bar the desk does not have yet', () => {
    expect(withLive([old], last)).toEqual([old, last])
    expect(withLive([], last)).toEqual([last])
  })

  it('joins two pictures of the same bar: the wider range, the live close', () => {
    const live = { time: 120, open: 1.15, high: 1.25, low: 0.95, close: 1.21 }
    expect(withLive([old, last], live)).toEqual([old, { ...last, low: 0.95, close: 1.21 }])
  })

  it('drops a live bar that is behind', () => {
    expect(withLive([old, last], old)).toEqual([old, last])
    expect(withLive([old, last], null)).toEqual([old, last])
  })
})
