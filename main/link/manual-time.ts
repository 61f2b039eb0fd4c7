import type { Clock, Timers } from '../../shared/runtime/ports.ts'

export type ManualTime = {
  clock: Clock
  timers: Timers
  /** Lets so many ms pass; timers fire in their order, and what they start is waited for. */
  advance: (ms: number) => Promise<void>
  /** The same without letting microtasks run in between; for synchronous worlds. */
  advanceNow: (ms: number) => void
  /** The clock moves and no timer fires: the machine slept, or its clock was set. */
  jump: (ms: number) => void
  /** Timers that are set. */
  waiting: () => number
}

/** Test support: time that passes only when told to. */
export const createManualTime = (start = 1_800_000_000_000): ManualTime => {
  /** Monotonic, as timers are; `skew` is what the clock shows beyond it. */
  let elapsed = 0
  let skew = start
  let ids = 0
  const timers = new Map<number, { at: number; fn: () => void }>()

  const nextUntil = (end: number): [id: number, at: number, fn: () => void] | undefined => {
    let best: [number, number, () => void] | undefined
    for (const [id, { at, fn }] of timers) if (at <= end && (!best || at < best[1])) best = [id, at, fn]
    return best
  }

  const fire = ([id, at, fn]: [number, number, () => void]): void => {
    timers.delete(id)
    elapsed = Math.max(elapsed, at)
    fn()
  }

  /** A turn of the event loop: every microtask, however deep, has run. */
  const settle = (): Promise<void> =>
    new Promise((resolve) => {
      setImmediate(resolve)
    })

  return {
    clock: { now: () => elapsed + skew },
    timers: {
      setTimeout: (fn, ms) => {
        ids++
        timers.set(ids, { at: elapsed + Math.max(0, ms), fn })
        return ids
      },
      clearTimeout: (handle) => {
        timers.delete(handle as number)
      },
    },
    advance: async (ms) => {
      const end = elapsed + ms
      await settle()
      for (let next = nextUntil(end); next; next = nextUntil(end)) {
        fire(next)
        await settle()
      }
      elapsed = end
    },
    advanceNow: (ms) => {
      const end = elapsed + ms
      for (let next = nextUntil(end); next; next = nextUntil(end)) fire(next)
      elapsed = end
    },
    jump: (ms) => {
      skew += ms
    },
    waiting: () => timers.size,
  }
}
