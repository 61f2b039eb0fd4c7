import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createThrottle } from './throttle.ts'

const timers = {
  setTimeout: (fn: () => void, ms: number): unknown => setTimeout(fn, ms),
  clearTimeout: (handle: unknown): void => clearTimeout(handle as ReturnType<typeof setTimeout>),
}

describe('createThrottle', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    return () => {
      vi.useRealTimers()
    }
  })

  it('runs at once, then no more often than allowed, and the last call is not lost', () => {
    let runs = 0
    const throttle = createThrottle(timers, 80, () => {
      runs += 1
    })
    throttle.call()
    throttle.call()
    throttle.call()
    expect(runs).toBe(1)
    vi.advanceTimersByTime(80)
    expect(runs).toBe(2)
    vi.advanceTimersByTime(500)
    expect(runs).toBe(2)
    throttle.call()
    expect(runs).toBe(3)
  })

  it('runs nothing after it was closed', () => {
    let runs = 0
    const throttle = createThrottle(timers, 80, () => {
      runs += 1
    })
    throttle.call()
    throttle.call()
    throttle.close()
    vi.advanceTimersByTime(500)
    expect(runs).toBe(1)
  })
})
