/**
 * MT4 stores seconds since 1970 in the *trade server's local time*, not UTC. The bridge states the
 * server's offset; conversion happens only at the edges.
 */

/** Server-local seconds (as in a record) → UTC milliseconds. 0 means "not set" and stays 0. */
export const serverSecondsToUtcMs = (seconds: number, offsetSeconds: number): number =>
  seconds === 0 ? 0 : (seconds - offsetSeconds) * 1000

/** UTC milliseconds → server-local whole seconds. */
export const utcMsToServerSeconds = (utcMs: number, offsetSeconds: number): number =>
  Math.floor(utcMs / 1000) + offsetSeconds

/** Start of the server's day that contains the given server-local second. */
export const serverDayStart = (serverSeconds: number): number =>
  serverSeconds - (((serverSeconds % 86_400) + 86_400) % 86_400)
