/** What services get passed in instead of reaching for globals, so that tests own time, chance and log. */

/** UTC milliseconds. */
export type Clock = { readonly now: () => number }

export type Timers = {
  readonly setTimeout: (fn: () => void, ms: number) => unknown
  readonly clearTimeout: (handle: unknown) => void
}

/** Uniform in [0, 1). */
export type Random = () => number

/** Structured log; facts first, as pino has it. */
export type Log = {
  readonly info: (facts: object, message: string) => void
  readonly warn: (facts: object, message: string) => void
  readonly error: (facts: object, message: string) => void
}

export const systemClock: Clock = { now: () => Date.now() }

export const systemTimers: Timers = {
  setTimeout: (fn, ms) => setTimeout(fn, ms),
  clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout> | undefined),
}

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} }
