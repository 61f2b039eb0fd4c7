import type { Timers } from '../../../shared/runtime/ports.ts'

/** Runs `fn` at once and then at most every `ms`, the last call never lost. */
export const createThrottle = (
  timers: Timers,
  ms: number,
  fn: () => void,
): { readonly call: () => void; readonly close: () => void } => {
  let timer: unknown = null
  let again = false
  const run = (): void => {
    again = false
    timer = timers.setTimeout(() => {
      timer = null
      if (again) run()
    }, ms)
    fn()
  }
  return {
    call: () => {
      if (timer === null) run()
      else again = true
    },
    close: () => {
      if (timer !== null) timers.clearTimeout(timer)
      timer = null
      again = false
    },
  }
}
