import type { Timers } from '../../shared/runtime/ports.ts'

type Waiting = { readonly fn: () => void; readonly ms: number }

export type TestTimers = Timers & {
  readonly waiting: () => number[]
  /** Runs what waits, as if its time had come. */
  readonly fire: () => void
}

/** Timers that a test fires by hand. */
export const createTestTimers = (): TestTimers => {
  const pending = new Set<Waiting>()
  return {
    setTimeout: (fn, ms) => {
      const entry = { fn, ms }
      pending.add(entry)
      return entry
    },
    clearTimeout: (handle) => {
      pending.delete(handle as Waiting)
    },
    waiting: () => [...pending].map(({ ms }) => ms),
    fire: () => {
      const now = [...pending]
      pending.clear()
      for (const { fn } of now) fn()
    },
  }
}
