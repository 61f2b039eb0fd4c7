import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFlowWindow } from './flow-window.ts'

describe('flow window', () => {
  it('closes by frames and by bytes, and opens with acknowledgements', () => {
    const window = createFlowWindow(3, 100)
    expect(window.sent(60, 1)).toBe(1)
    expect(window.fits(40)).toBe(true)
    expect(window.fits(41)).toBe(false)
    window.sent(10, 2)
    window.sent(10, 3)
    expect(window.fits(0)).toBe(false)
    expect(window.ack(1, 4)).toBe('moved')
    expect(window.inFlightBytes()).toBe(20)
    expect(window.fits(80)).toBe(true)
  })

  it('lets one frame larger than itself through when nothing is under way', () => {
    const window = createFlowWindow(3, 100)
    expect(window.fits(1000)).toBe(true)
    window.sent(1000, 0)
    expect(window.fits(1)).toBe(false)
  })

  it('tells old, new and impossible acknowledgements apart', () => {
    const window = createFlowWindow(8, 100)
    for (let i = 0; i < 4; i++) window.sent(1, 0)
    expect(window.ack(3, 1)).toBe('moved')
    expect(window.ack(3, 2)).toBe('known')
    expect(window.ack(1, 2)).toBe('known')
    expect(window.ack(5, 2)).toBe('not-sent')
  })

  it('knows since when it waits', () => {
    const window = createFlowWindow(8, 100)
    expect(window.waitingSince()).toBeUndefined()
    window.sent(1, 10)
    window.sent(1, 20)
    expect(window.waitingSince()).toBe(10)
    window.ack(1, 30)
    expect(window.waitingSince()).toBe(30)
    window.ack(2, 40)
    expect(window.waitingSince()).toBeUndefined()
  })

  it('never has more under way than allowed, and always counts right', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 10, max: 200 }),
        fc.array(
          fc.oneof(fc.record({ send: fc.integer({ min: 1, max: 60 }) }), fc.record({ ack: fc.nat(200) })),
        ),
        (frames, bytes, steps) => {
          const window = createFlowWindow(frames, bytes)
          let sizes: number[] = []
          for (const step of steps) {
            if ('send' in step) {
              if (!window.fits(step.send)) continue
              window.sent(step.send, 0)
              sizes.push(step.send)
            } else {
              const before = window.acked()
              if (window.ack(step.ack, 0) === 'moved') sizes = sizes.slice(step.ack - before)
            }
            const sum = sizes.reduce((a, b) => a + b, 0)
            expect(window.inFlightBytes()).toBe(sum)
            expect(window.inFlightFrames()).toBe(sizes.length)
            expect(sizes.length <= frames && (sum <= bytes || sizes.length === 1)).toBe(true)
          }
        },
      ),
    )
  })
})
