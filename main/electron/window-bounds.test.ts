import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bounds, placeWindow } from './window-bounds.ts'

const laptop: Bounds = { x: 0, y: 25, width: 1440, height: 875 }
const wide: Bounds = { x: 1440, y: 0, width: 2560, height: 1440 }

describe('placeWindow', () => {
  it('opens in the middle of the primary monitor the first time', () => {
    expect(placeWindow(null, [wide, laptop])).toEqual({ x: 1920, y: 220, width: 1600, height: 1000 })
    expect(placeWindow(null, [laptop])).toEqual(laptop)
  })

  it('comes back where it was', () => {
    const was = { x: 1600, y: 100, width: 1800, height: 1100 }
    expect(placeWindow(was, [laptop, wide])).toEqual(was)
  })

  it('comes back to the primary monitor when its own is gone', () => {
    expect(placeWindow({ x: 1600, y: 100, width: 1800, height: 1100 }, [laptop])).toEqual(laptop)
  })

  it('moves back into a monitor it hangs over, and shrinks to it', () => {
    expect(placeWindow({ x: -200, y: 500, width: 1000, height: 700 }, [laptop, wide])).toEqual({
      x: 0,
      y: 200,
      width: 1000,
      height: 700,
    })
    expect(placeWindow({ x: 300, y: 300, width: 4000, height: 3000 }, [laptop])).toEqual(laptop)
  })

  it('always lies inside one monitor', () => {
    const size = fc.integer({ min: 1, max: 5000 })
    const place = fc.integer({ min: -6000, max: 6000 })
    const bounds = fc.record({ x: place, y: place, width: size, height: size })
    const area = fc.record({
      x: place,
      y: place,
      width: fc.integer({ min: 640, max: 5000 }),
      height: fc.integer({ min: 480, max: 3000 }),
    })
    fc.assert(
      fc.property(fc.option(bounds), fc.array(area, { minLength: 1, maxLength: 4 }), (was, areas) => {
        const at = placeWindow(was, areas as [Bounds, ...Bounds[]])
        expect(
          areas.some(
            (a) =>
              at.x >= a.x &&
              at.y >= a.y &&
              at.x + at.width <= a.x + a.width &&
              at.y + at.height <= a.y + a.height,
          ),
        ).toBe(true)
      }),
    )
  })
})
