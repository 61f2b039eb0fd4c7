/** One minute of the bid. `time` in server-local seconds. */
export type Bar = { time: number; open: number; high: number; low: number; close: number }

/** M1 bars of what happened since the demo started; the newest one still moves. */
export type LiveBars = {
  readonly add: (bid: number, atMs: number) => void
  /** Oldest first; not to be changed. */
  readonly all: () => readonly Bar[]
}

/** A week of minutes. */
const KEPT = 7 * 1440

export const createLiveBars = (): LiveBars => {
  let bars: Bar[] = []
  let current: Bar | undefined
  return {
    add: (bid, atMs) => {
      const time = Math.floor(atMs / 60_000) * 60
      if (!current || current.time !== time) {
        current = { time, open: bid, high: bid, low: bid, close: bid }
        bars.push(current)
        if (bars.length > KEPT + 1440) bars = bars.slice(-KEPT)
        return
      }
      if (bid > current.high) current.high = bid
      if (bid < current.low) current.low = bid
      current.close = bid
    },
    all: () => bars,
  }
}
