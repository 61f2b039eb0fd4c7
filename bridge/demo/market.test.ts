import { describe, expect, it } from 'vitest'
import { drivers, instruments } from './instruments.ts'
import { activity, createMarket } from './market.ts'
import { startLogs } from './price-history.ts'
import { WEDNESDAY } from './test-world.ts'

const start = startLogs('m')
const market = (seed: string) => createMarket(seed, instruments, start, WEDNESDAY, 7200)

describe('createMarket', () => {
  it('breaks news that moves its own and widens their spreads for a while', () => {
    const one = market('news')
    const calm = instruments.map((_, i) => one.spread(i, WEDNESDAY))
    let at = WEDNESDAY
    let news = one.advance(at, at + 50)
    while (!news) {
      at += 50
      news = one.advance(at, at + 50)
    }
    const wide = instruments.map((_, i) => one.spread(i, at) / (calm[i] as number))
    expect(Math.max(...wide)).toBeGreaterThan(2)
    for (let i = 0; i < 1200; i++, at += 50) one.advance(at + 50, at + 100)
    const after = instruments.map((_, i) => one.spread(i, WEDNESDAY) / (calm[i] as number))
    expect(Math.max(...after)).toBeLessThan(Math.max(...wide))
  })

  it('stays in sight of where it began, for weeks', () => {
    const one = market('weeks')
    for (let hour = 0; hour < 24 * 30; hour++)
      one.advance(WEDNESDAY + hour * 3_600_000, WEDNESDAY + (hour + 1) * 3_600_000)
    const known = new Map(drivers.map((driver, d) => [driver.name, { ...driver, log: start[d] as number }]))
    const usd = { log: 0, volatility: 0 }
    for (const [i, { over, under }] of instruments.entries()) {
      const up = known.get(over) ?? usd
      const down = known.get(under) ?? usd
      const moved = Math.log(one.mid(i, 1)) - (up.log - down.log)
      expect(Math.abs(moved)).toBeLessThan(2 * (up.volatility + down.volatility))
    }
  })

  it('opens a day somewhat elsewhere, crosses with their majors', () => {
    const one = market('gap')
    one.advance(WEDNESDAY, WEDNESDAY + 50)
    const before = instruments.map((_, i) => one.mid(i, 1))
    one.gap()
    const moves = instruments.map((_, i) => Math.abs(one.mid(i, 1) / (before[i] as number) - 1))
    expect(Math.min(...moves)).toBeGreaterThan(0)
    expect(Math.max(...moves)).toBeLessThan(0.02)
    const at = (name: string) =>
      one.mid(
        instruments.findIndex(({ symbol }) => symbol === name),
        0,
      )
    expect(at('EURGBP')).toBeCloseTo(at('EURUSD') / at('GBPUSD'), 10)
  })

  it('is wider at the rollover, but not for coins', () => {
    const one = market('roll')
    const midnight = Date.UTC(2026, 2, 5, 0, 1)
    const noon = Date.UTC(2026, 2, 5, 14, 0)
    expect(one.spread(0, midnight)).toBeGreaterThan(2 * one.spread(0, noon))
    const coin = instruments.findIndex(({ symbol }) => symbol === 'BTCUSD')
    expect(one.spread(coin, midnight)).toBeLessThan(1.5 * one.spread(coin, noon))
  })
})

describe('activity', () => {
  it('has the shape of the day with a floor', () => {
    const euro = drivers[0]?.day as (typeof drivers)[number]['day']
    const yen = drivers[2]?.day as typeof euro
    expect(activity(euro, 14)).toBeGreaterThan(3 * activity(euro, 22))
    expect(activity(yen, 2)).toBeGreaterThan(activity(euro, 2))
    for (let hour = 0; hour < 24; hour++) expect(activity(euro, hour)).toBeGreaterThanOrEqual(0.35)
  })
})
