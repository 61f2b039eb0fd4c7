import { describe, expect, it } from 'vitest'
import { createHold, HOLD_MS } from './hold.ts'

const manualTimers = () => {
  let now = 0
  let next = 1
  const due = new Map<number, { at: number; fn: () => void }>()
  return {
    setTimeout: (fn: () => void, ms: number): unknown => {
      due.set(next, { at: now + ms, fn })
      return next++
    },
    clearTimeout: (handle: unknown): void => {
      due.delete(handle as number)
    },
    advance: (ms: number): void => {
      now += ms
      for (const [id, { at, fn }] of due)
        if (at <= now) {
          due.delete(id)
          fn()
        }
    },
    pending: () => due.size,
  }
}

describe('createHold', () => {
  it('holds while something moves and lets go three seconds after the last movement', () => {
    const timers = manualTimers()
    const told: boolean[] = []
    const hold = createHold(timers, (held) => told.push(held))
    hold.touch()
    timers.advance(HOLD_MS - 1)
    hold.touch()
    timers.advance(HOLD_MS - 1)
    expect(told).toEqual([true])
    expect(hold.held()).toBe(true)
    timers.advance(1)
    expect(told).toEqual([true, false])
    expect(hold.held()).toBe(false)
  })

  it('lets go at once when the pointer leaves, and only once', () => {
    const timers = manualTimers()
    const told: boolean[] = []
    const hold = createHold(timers, (held) => told.push(held))
    hold.touch()
    hold.release()
    hold.release()
    timers.advance(HOLD_MS)
    expect(told).toEqual([true, false])
  })

  it('leaves no timer behind when closed', () => {
    const timers = manualTimers()
    const told: boolean[] = []
    const hold = createHold(timers, (held) => told.push(held))
    hold.touch()
    hold.close()
    timers.advance(HOLD_MS)
    expect(timers.pending()).toBe(0)
    expect(told).toEqual([true])
  })
})
