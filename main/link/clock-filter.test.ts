import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addBeat, noEstimate } from './clock-filter.ts'

/** A beat whose ways there and back take `out` and `back` ms, to a bridge whose clock is `offset` ahead. */
const beat = (sent: number, offset: number, out: number, back: number) => ({
  sent,
  received: sent + out + back,
  utc: sent + out + offset,
})

describe('clock filter', () => {
  it('is exact when both ways take equally long', () => {
    const e = addBeat(noEstimate, beat(1_000_000, -3_600_000, 20, 20))
    expect(e).toMatchObject({ offset: -3_600_000, roundTrip: 40 })
  })

  it('errs by no more than half the shortest of the last eight trips', () => {
    const way = fc.integer({ min: 0, max: 5000 })
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 30 }),
        (offset, trips) => {
          let e = noEstimate
          for (const [i, [out, back]] of trips.entries())
            e = addBeat(e, beat(1e12 + i * 2000, offset, out, back))
          const shortest = Math.min(...trips.slice(-8).map(([out, back]) => out + back))
          expect(Math.abs(e.offset - offset)).toBeLessThanOrEqual(shortest / 2)
          expect(e.samples.length).toBeLessThanOrEqual(8)
        },
      ),
    )
  })

  it('leaves out a beat over which our clock was set back', () => {
    const e = addBeat(noEstimate, beat(1000, 5, 1, 1))
    expect(addBeat(e, { sent: 5000, received: 4000, utc: 1 })).toBe(e)
  })
})
