import type { ChartData } from '../../shared/bridge/protocol.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import type { Bar } from './live-bars.ts'
import type { SymbolState, World } from './world.ts'

const WEEK_MINUTES = 10_080
const MONTH_MINUTES = 43_200
/** 1970-01-04 was a Sunday; weeks begin there. */
const FIRST_SUNDAY = 3 * 86_400

/** Periods of MT4, minutes. */
export const periods = [1, 5, 15, 30, 60, 240, 1440, WEEK_MINUTES, MONTH_MINUTES] as const

/** Start of the bar that holds a server-local second. */
export const barStart = (seconds: number, period: number): number => {
  if (period === MONTH_MINUTES) {
    const date = new Date(seconds * 1000)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 1000
  }
  const length = period * 60
  const origin = period === WEEK_MINUTES ? FIRST_SUNDAY : 0
  return Math.floor((seconds - origin) / length) * length + origin
}

/** A minute of the past as bid prices. */
const pastMinute = (world: World, symbol: SymbolState, time: number): Bar => {
  const { open, high, low, close } = world.history.bar(symbol.instrument, time)
  const half = (symbol.instrument.spread * symbol.point) / 2
  const bid = (mid: number): number => roundTo(mid - half, symbol.row.digits)
  return { time, open: bid(open), high: bid(high), low: bid(low), close: bid(close) }
}

const merge = (bars: Bar[], minute: Bar, period: number): void => {
  const time = barStart(minute.time, period)
  const last = bars[bars.length - 1]
  if (last?.time !== time) {
    bars.push({ ...minute, time })
    return
  }
  last.high = Math.max(last.high, minute.high)
  last.low = Math.min(last.low, minute.low)
  last.close = minute.close
}

/**
 * The last `count` bars of a period, newest (still moving) last: minutes of the past up to the start, then what was seen
 * since. Fewer when history does not reach that far. The first bar may begin within its period.
 */
export const chartOf = (world: World, symbol: SymbolState, period: number, count: number): ChartData => {
  const live = symbol.bars.all()
  const firstLive = live[0]?.time ?? Math.floor(world.now / 60_000) * 60
  const current = barStart(Math.floor(world.now / 1000), period)
  const from = barStart(current - (count - 1) * period * 60, period)
  const bars: Bar[] = []
  for (let at = Math.max(from, world.history.from); at < Math.min(firstLive, world.history.to); at += 60)
    merge(bars, pastMinute(world, symbol, at), period)
  for (const minute of live) if (minute.time >= from) merge(bars, minute, period)
  const shown = bars.slice(-count)
  return {
    digits: symbol.row.digits,
    time: shown.map((bar) => bar.time),
    open: shown.map((bar) => bar.open),
    high: shown.map((bar) => bar.high),
    low: shown.map((bar) => bar.low),
    close: shown.map((bar) => bar.close),
  }
}
