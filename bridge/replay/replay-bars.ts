import type { Timeline } from './timeline.ts'

export type BarColumns = { time: number[]; open: number[]; high: number[]; low: number[]; close: number[] }

/**
 * Bars of one symbol of a timeline up to `now` ms of the market, at most `count`, newest last. Times are those at
 * which the ticks are played (`begun` UTC ms of the market's beginning; the replay's server runs on UTC).
 */
export const barsUntil = (
  line: Timeline,
  symbol: number,
  now: number,
  ask: { period: number; count: number; begun: number; speed: number },
): BarColumns => {
  const seconds = ask.period * 60
  const bars: BarColumns = { time: [], open: [], high: [], low: [], close: [] }
  for (let i = 0; i < line.at.length && (line.at[i] as number) <= now; i++) {
    if (line.symbol[i] !== symbol) continue
    const played = (ask.begun + (line.at[i] as number) / ask.speed) / 1000
    const time = Math.floor(played / seconds) * seconds
    const bid = line.bid[i] as number
    const last = bars.time.length - 1
    if (bars.time[last] === time) {
      bars.high[last] = Math.max(bars.high[last] as number, bid)
      bars.low[last] = Math.min(bars.low[last] as number, bid)
      bars.close[last] = bid
    } else {
      bars.time.push(time)
      for (const column of [bars.open, bars.high, bars.low, bars.close]) column.push(bid)
    }
  }
  const from = Math.max(0, bars.time.length - ask.count)
  return {
    time: bars.time.slice(from),
    open: bars.open.slice(from),
    high: bars.high.slice(from),
    low: bars.low.slice(from),
    close: bars.close.slice(from),
  }
}
