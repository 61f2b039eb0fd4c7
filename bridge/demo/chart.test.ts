import { describe, expect, it, vi } from 'vitest'
import { type ChartData, chartDataSchema } from '../../shared/bridge/protocol.ts'
import { barStart, chartOf, periods } from './chart.ts'
import { WEDNESDAY, watchedWorld } from './test-world.ts'
import type { SymbolState, World } from './world.ts'

/** Whole worlds are built here; a busy machine needs a while for that. */
vi.setConfig({ testTimeout: 30_000 })

const symbol = (world: World, name: string): SymbolState => world.symbolByName.get(name) as SymbolState

const sound = (chart: ChartData): void => {
  chartDataSchema.parse(chart)
  for (const [i, time] of chart.time.entries()) {
    if (i > 0) expect(time).toBeGreaterThan(chart.time[i - 1] as number)
    const [open, high, low, close] = [chart.open[i], chart.high[i], chart.low[i], chart.close[i]] as number[]
    expect(high).toBeGreaterThanOrEqual(Math.max(open as number, close as number))
    expect(low).toBeLessThanOrEqual(Math.min(open as number, close as number))
  }
}

describe('chartOf', () => {
  const { world, run } = watchedWorld({ historyDays: 40 })
  run(170_000)

  it.each(periods)('answers sound bars of %d minutes that end at the price of now', (period) => {
    for (const name of ['EURUSD', 'GBPJPY', 'XAUUSD', 'JP225']) {
      const one = symbol(world, name)
      const chart = chartOf(world, one, period, 50)
      sound(chart)
      expect(chart.close.at(-1)).toBe(world.quotes.bid[one.index])
      expect(chart.time.at(-1)).toBe(barStart(Math.floor(world.now / 1000), period))
    }
  })

  it('meets what was seen without a jump', () => {
    for (const one of world.symbols) {
      const chart = chartOf(world, one, 1, 60)
      const seam = chart.time.indexOf(barStart(WEDNESDAY / 1000, 1))
      const before = chart.close[seam - 1] as number
      const step = Math.abs((chart.open[seam] as number) / before - 1)
      expect(chart.time).toHaveLength(60)
      expect(step * before).toBeLessThanOrEqual(one.point * 1.5)
    }
  })

  it('adds minutes up to longer bars', () => {
    const one = symbol(world, 'EURUSD')
    const minutes = chartOf(world, one, 1, 600)
    const hours = chartOf(world, one, 60, 5)
    for (const [i, time] of hours.time.entries()) {
      const inside = minutes.time.flatMap((at, k) => (barStart(at, 60) === time ? [k] : []))
      expect(hours.high[i]).toBe(Math.max(...inside.map((k) => minutes.high[k] as number)))
      expect(hours.low[i]).toBe(Math.min(...inside.map((k) => minutes.low[k] as number)))
      expect(hours.open[i]).toBe(minutes.open[inside[0] as number])
      expect(hours.close[i]).toBe(minutes.close[inside.at(-1) as number])
    }
  })

  it('fits a message of the protocol at its longest', () => {
    for (const one of world.symbols)
      expect(JSON.stringify(chartOf(world, one, 1, 5000)).length).toBeLessThan(256 * 1024 - 200)
  })

  it('says the same when asked twice, and gives what there is when asked for more', () => {
    const one = symbol(world, 'US500')
    expect(chartOf(world, one, 5, 300)).toEqual(chartOf(world, one, 5, 300))
    const days = chartOf(world, one, 1440, 5000).time.length
    expect(days).toBeGreaterThan(38)
    expect(days).toBeLessThan(45)
  })
})

describe('barStart', () => {
  it('begins weeks on Sunday and months on the first', () => {
    expect(new Date(barStart(WEDNESDAY / 1000, 10_080) * 1000).toISOString()).toBe('2026-03-01T00:00:00.000Z')
    expect(new Date(barStart(WEDNESDAY / 1000, 43_200) * 1000).toISOString()).toBe('2026-03-01T00:00:00.000Z')
    expect(new Date(barStart(WEDNESDAY / 1000, 240) * 1000).toISOString()).toBe('2026-03-04T08:00:00.000Z')
  })
})
