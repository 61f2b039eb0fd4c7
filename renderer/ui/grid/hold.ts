import type { Timers } from '../../../shared/runtime/ports.ts'

/** How long rows keep their places after the last movement of pointer or keyboard, ms. */
export const HOLD_MS = 3000

export type Hold = {
  /** Pointer or keyboard moved over the rows: held from now, for another `HOLD_MS`. */
  touch: () => void
  /** The pointer left: rows may move at once. */
  release: () => void
  held: () => boolean
  close: () => void
}

/** Tells through `onChange` when the rows' order is to be held and when it may move again. */
export const createHold = (timers: Timers, onChange: (held: boolean) => void): Hold => {
  let timer: unknown = null
  const release = (): void => {
    if (timer === null) return
    timers.clearTimeout(timer)
    timer = null
    onChange(false)
  }
  return {
    touch: () => {
      const fresh = timer === null
      if (!fresh) timers.clearTimeout(timer)
      timer = timers.setTimeout(release, HOLD_MS)
      if (fresh) onChange(true)
    },
    release,
    held: () => timer !== null,
    close: () => {
      if (timer !== null) timers.clearTimeout(timer)
      timer = null
    },
  }
}
