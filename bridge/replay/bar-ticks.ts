import type { Hst } from './hst.ts'
import type { TickColumns } from './tick-text.ts'

/** Spread given to bars, which hold bids only: this many points. */
const BAR_SPREAD_POINTS = 10

/**
 * Turns bars into ticks: open, then the nearer extreme, the other one, close, at quarters of the bar. It is the usual
 * reading of a bar, not what happened inside it.
 */
export const ticksFromBars = (hst: Hst): TickColumns => {
  const n = hst.bars.length * 4
  const [time, bid, ask] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  const spread = BAR_SPREAD_POINTS * 10 ** -hst.digits
  const step = (hst.period * 60_000) / 4
  hst.bars.forEach((bar, i) => {
    const highFirst = bar.high - bar.open < bar.open - bar.low
    const prices = [bar.open, highFirst ? bar.high : bar.low, highFirst ? bar.low : bar.high, bar.close]
    prices.forEach((price, quarter) => {
      const at = i * 4 + quarter
      time[at] = bar.time * 1000 + quarter * step
      bid[at] = price
      ask[at] = Number((price + spread).toFixed(hst.digits))
    })
  })
  return { symbols: [hst.symbol], symbol: new Uint16Array(n), time, bid, ask }
}
