import { describe, expect, it } from 'vitest'
import { drivers, instruments } from './instruments.ts'
import { createPriceHistory, startLogs } from './price-history.ts'
import { WEDNESDAY } from './test-world.ts'

const start = WEDNESDAY / 1000
const logs = startLogs('seed')
const history = createPriceHistory('seed', logs, start, 30)
const euro = instruments[0] as (typeof instruments)[number]

describe('createPriceHistory', () => {
  it('ends at the level of the start', () => {
    for (const [d] of drivers.entries()) expect(history.log(d, history.to)).toBeCloseTo(logs[d] as number, 12)
  })

  it('does not jump from minute to minute or hour to hour', () => {
    for (let at = history.to - 3 * 86_400; at < history.to; at += 60) {
      const bar = history.bar(euro, at)
      expect(Math.abs(bar.close / bar.open - 1)).toBeLessThan(0.002)
      expect(bar.open).toBe(history.bar(euro, at - 60).close)
      expect(bar.high).toBeGreaterThanOrEqual(Math.max(bar.open, bar.close))
      expect(bar.low).toBeLessThanOrEqual(Math.min(bar.open, bar.close))
    }
  })

  it('is the same whichever minute is asked for first', () => {
    const other = createPriceHistory('seed', logs, start, 30)
    const late = other.mid(euro, start - 100)
    const early = other.mid(euro, start - 20 * 86_400)
    expect(history.mid(euro, start - 20 * 86_400)).toBe(early)
    expect(history.mid(euro, start - 100)).toBe(late)
  })

  it('keeps crosses and majors together at any time', () => {
    const find = (name: string) => instruments.find(({ symbol }) => symbol === name) as typeof euro
    for (let at = history.from; at < history.to; at += 7_777) {
      const ratio = history.mid(find('EURUSD'), at) / history.mid(find('GBPUSD'), at)
      expect(history.mid(find('EURGBP'), at)).toBeCloseTo(ratio, 10)
      const yen = history.mid(find('EURUSD'), at) * history.mid(find('USDJPY'), at)
      expect(history.mid(find('EURJPY'), at)).toBeCloseTo(yen, 8)
    }
  })

  it('answers its ends for times outside', () => {
    expect(history.mid(euro, 0)).toBe(history.mid(euro, history.from))
    expect(history.mid(euro, start * 2)).toBe(history.mid(euro, history.to))
  })

  it('works when the start is a full hour', () => {
    const full = start - (start % 3600)
    const other = createPriceHistory('seed', logs, full, 2)
    expect(other.log(0, full)).toBeCloseTo(logs[0] as number, 12)
    expect(other.bar(euro, full - 60).close).toBeCloseTo(Math.exp(logs[0] as number), 10)
  })
})
