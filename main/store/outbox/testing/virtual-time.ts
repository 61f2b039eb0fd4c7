import type { Clock, Random, Timers } from '../../../../shared/runtime/ports.ts'

type Due = { at: number; order: number; fn: () => void; off: boolean }

/** Time that goes on only when told to, with everything that happens in it in a fixed order. */
export const createVirtualTime = () => {
  let now = 1_000_000
  let orders = 0
  let due: Due[] = []
  const setTimeout = (fn: () => void, ms: number): Due => {
    const entry: Due = { at: now + Math.max(0, ms), order: ++orders, fn, off: false }
    due.push(entry)
    return entry
  }
  const clock: Clock = { now: () => now }
  const timers: Timers = {
    setTimeout,
    clearTimeout: (handle) => {
      if (handle) (handle as Due).off = true
    },
  }
  return {
    clock,
    timers,
    after: (ms: number, fn: () => void): void => void setTimeout(fn, ms),
    /** The next thing happens; false when nothing is left. */
    step: async (): Promise<boolean> => {
      due = due.filter((entry) => !entry.off)
      const next = due.reduce<Due | undefined>(
        (first, entry) =>
          !first || entry.at < first.at || (entry.at === first.at && entry.order < first.order)
            ? entry
            : first,
        undefined,
      )
      if (!next) return false
      next.off = true
      now = next.at
      next.fn()
      await new Promise(setImmediate)
      return true
    },
  }
}
export type VirtualTime = ReturnType<typeof createVirtualTime>

/** Mulberry32: equal seeds, equal chance. */
export const seeded = (seed: number): Random => {
  let a = seed | 0
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
