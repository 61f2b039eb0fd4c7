/** One candle; `time` is the server-local second at which its period starts, prices are bids. */
export type Bar = {
  readonly time: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
}

/** Minutes of a bar, as `chart.bars` knows them. */
export type Period = 1 | 5 | 15 | 60 | 240 | 1440

/** Start of the period that holds a server-local second. Periods are cut at the server's midnight. */
export const periodStart = (serverSeconds: number, period: Period): number => {
  const length = period * 60
  return Math.floor(serverSeconds / length) * length
}

export type Rolled =
  /** Nothing to draw: no price, or a tick older than the last bar. */
  | { readonly kind: 'none' }
  /** The last bar grew. */
  | { readonly kind: 'grown'; readonly bar: Bar }
  /** A new period began. `skipped`: whole periods without a tick lie between. */
  | { readonly kind: 'opened'; readonly bar: Bar; readonly skipped: number }

/**
 * What a bid does to the last bar.
 * @param serverMs server-local ms of the quote, as in the quotes view
 */
export const rollBar = (last: Bar | null, bid: number, serverMs: number, period: Period): Rolled => {
  if (!(bid > 0) || !(serverMs > 0)) return { kind: 'none' }
  const time = periodStart(Math.floor(serverMs / 1000), period)
  if (last === null || time > last.time) {
    const skipped = last === null ? 0 : (time - last.time) / (period * 60) - 1
    return { kind: 'opened', bar: { time, open: bid, high: bid, low: bid, close: bid }, skipped }
  }
  if (time < last.time) return { kind: 'none' }
  if (bid === last.close) return { kind: 'none' }
  return {
    kind: 'grown',
    bar: { ...last, close: bid, high: Math.max(last.high, bid), low: Math.min(last.low, bid) },
  }
}
