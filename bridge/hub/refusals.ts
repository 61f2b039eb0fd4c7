const MINUTE_MS = 60_000

export type Refusals = {
  /** Counts a refused message; true when this one is over the limit of the minute. */
  add: (now: number) => boolean
  total: () => number
}

/** Refused messages of one connection, counted over minutes that start with a refusal. */
export const createRefusals = (perMinute: number): Refusals => {
  let since = Number.NEGATIVE_INFINITY
  let count = 0
  let total = 0
  return {
    add: (now) => {
      total++
      if (now - since >= MINUTE_MS) {
        since = now
        count = 0
      }
      return ++count > perMinute
    },
    total: () => total,
  }
}
