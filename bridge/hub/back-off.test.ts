import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterFailure, createBackOff, type Failures, waitMs } from './back-off.ts'

describe('back-off', () => {
  it('doubles from half a second to half a minute', () => {
    let failures: Failures | undefined
    const waits: number[] = []
    for (let i = 0; i < 9; i++) {
      failures = afterFailure(failures, 1000)
      waits.push(waitMs(failures, 1000))
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  })

  it('starts anew after five quiet minutes', () => {
    const old = afterFailure(afterFailure(undefined, 0), 0)
    expect(afterFailure(old, 299_999).count).toBe(3)
    expect(afterFailure(old, 300_000).count).toBe(1)
  })

  it('never waits longer than half a minute, never a negative time', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60_000), { maxLength: 200 }), fc.nat(100_000), (gaps, later) => {
        let now = 0
        let failures: Failures | undefined
        for (const gap of gaps) failures = afterFailure(failures, (now += gap))
        const wait = waitMs(failures, now + later)
        expect(wait).toBeGreaterThanOrEqual(0)
        expect(wait).toBeLessThanOrEqual(30_000)
      }),
    )
  })

  it('keeps login and address apart, and the longer wait counts', () => {
    const backOff = createBackOff()
    backOff.failed(['login 1', 'address a'], 0)
    backOff.failed(['login 2', 'address a'], 0)
    expect(backOff.wait(['login 1'], 0)).toBe(500)
    expect(backOff.wait(['login 1', 'address a'], 0)).toBe(1000)
    expect(backOff.wait(['login 3', 'address b'], 0)).toBe(0)
    backOff.forget('login 1')
    expect(backOff.wait(['login 1'], 0)).toBe(0)
  })

  it('remembers so many and forgets the oldest', () => {
    const backOff = createBackOff(3)
    for (let i = 0; i < 10; i++) backOff.failed([`login ${i}`], i)
    expect(backOff.size()).toBe(3)
    expect(backOff.wait(['login 9'], 9)).toBe(500)
    expect(backOff.wait(['login 0'], 9)).toBe(0)
  })
})
