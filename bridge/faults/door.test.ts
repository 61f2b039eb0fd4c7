import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WireError } from '../../shared/wire/errors.ts'
import { emptyFrame, FrameType, openFrame } from '../../shared/wire/header.ts'
import { seededRandom } from '../hub/seeded-random.ts'
import { corrupted, createFaultDoor, truncated } from './door.ts'
import { createFaults } from './faults.ts'

const frame = (n: number) =>
  emptyFrame({ type: FrameType.TICKS, stream: 5, n, scope: 1, first: 1, rows: 0, flags: 0 })

/** A door under a clock of its own; `sent` are the frame numbers that came out. */
const door = (seed = 1) => {
  let now = 0
  const due: { at: number; fn: () => void }[] = []
  const timers = {
    setTimeout: (fn: () => void, ms: number) => {
      const timer = { at: now + ms, fn }
      due.push(timer)
      return timer
    },
    clearTimeout: (timer: unknown) => {
      const at = due.indexOf(timer as (typeof due)[number])
      if (at >= 0) due.splice(at, 1)
    },
  }
  const sent: number[] = []
  const control = createFaults(seededRandom(seed), { disconnect: () => 0, restart: () => {} })
  const made = createFaultDoor(control, (bytes) => sent.push(openFrame(bytes).header.n), {
    clock: { now: () => now },
    timers,
  })
  return {
    faults: control.switches,
    door: made,
    sent,
    pass: (ms: number) => {
      now += ms
      for (let next = due.find((t) => t.at <= now); next; next = due.find((t) => t.at <= now)) {
        due.splice(due.indexOf(next), 1)
        next.fn()
      }
    },
    pending: () => due.length,
  }
}

describe('fault door', () => {
  it('is open while no fault is on', () => {
    const d = door()
    expect(d.door.open()).toBe(true)
    d.faults.set({ drop: 0 })
    expect(d.door.open()).toBe(false)
    d.faults.clear()
    expect(d.door.open()).toBe(true)
  })

  it('stays in the way until what was delayed has gone out', () => {
    const d = door()
    d.faults.set({ delay: 50 })
    d.door.frame(frame(1))
    d.faults.clear()
    expect(d.door.open()).toBe(false)
    d.door.frame(frame(2))
    expect(d.sent).toEqual([])
    d.pass(50)
    expect(d.sent).toEqual([1, 2])
    expect(d.door.open()).toBe(true)
  })

  it('lets a held frame go when no other comes', () => {
    const d = door()
    d.faults.set({ reorder: { next: 1 } })
    d.door.frame(frame(1))
    expect(d.sent).toEqual([])
    d.pass(200)
    expect(d.sent).toEqual([1])
  })

  it('swaps two frames when it reorders', () => {
    const d = door()
    d.faults.set({ reorder: { next: 1 } })
    for (const n of [1, 2, 3]) d.door.frame(frame(n))
    expect(d.sent).toEqual([2, 1, 3])
  })

  it('neither loses nor repeats anything but what it counts', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 0.5, noNaN: true }), (seed, share) => {
        const d = door(seed)
        d.faults.set({ drop: share, duplicate: share, reorder: share })
        for (let n = 1; n <= 50; n++) d.door.frame(frame(n))
        d.faults.clear()
        d.pass(1000)
        const { drop, duplicate } = d.faults.counts()
        expect(d.sent.length).toBe(50 - drop + duplicate)
        expect(new Set(d.sent).size).toBe(50 - drop)
        expect(d.door.open()).toBe(true)
      }),
    )
  })

  it('leaves no timer behind when it is closed', () => {
    const d = door()
    d.faults.set({ delay: 50, reorder: { next: 1 } })
    d.door.frame(frame(1))
    d.door.frame(frame(2))
    d.door.close()
    expect(d.pending()).toBe(0)
    d.pass(1000)
    expect(d.sent).toEqual([])
  })
})

describe('damage', () => {
  it('is always noticed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.uint8Array({ maxLength: 200 }), (seed, bytes) => {
        const random = seededRandom(seed)
        const good = Uint8Array.from(bytes)
        const bad = bytes.length > 0 ? corrupted(good, random) : good
        expect(bytes.length === 0 || bad.some((b, i) => b !== good[i])).toBe(true)
        expect(bytes.length === 0 || truncated(good, random).byteLength < good.byteLength).toBe(true)
        expect(() => openFrame(corrupted(frame(1), random))).toThrow(WireError)
      }),
    )
  })
})
