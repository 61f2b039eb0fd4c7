import type { Bars } from '../../../shared/api/models.ts'
import { formatPrice } from '../../ui/format.ts'
import type { Bar } from './roll-bar.ts'

/** Bars of the desk as candles, times rising; a bar that does not move on in time is left out. */
export const barsOf = ({ time, open, high, low, close }: Bars): Bar[] => {
  const out: Bar[] = []
  for (let i = 0; i < time.length; i++) {
    const bar = { time: time[i], open: open[i], high: high[i], low: low[i], close: close[i] }
    const before = out.at(-1)
    if (bar.time === undefined || (before && bar.time <= before.time)) continue
    out.push(bar as Bar)
  }
  return out
}

/**
 * Bars just loaded, with the live bar on top: the desk may not know the newest ticks yet, and ticks between two frames
 * may have reached further than the live bar knows.
 */
export const withLive = (bars: readonly Bar[], live: Bar | null): readonly Bar[] => {
  const last = bars.at(-1)
  if (!live || (last && live.time < last.time)) return bars
  if (!last || live.time > last.time) return [...bars, live]
  const both = {
    ...last,
    high: Math.max(last.high, live.high),
    low: Math.min(last.low, live.low),
    close: live.close,
  }
  return [...bars.slice(0, -1), both]
}

/** The candle under the crosshair in words. */
export const legendOf = (bar: Bar | null, digits: number): string => {
  if (!bar) return ''
  const price = (value: number): string => formatPrice(value, digits)
  return `O ${price(bar.open)}  H ${price(bar.high)}  L ${price(bar.low)}  C ${price(bar.close)}`
}
