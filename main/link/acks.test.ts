import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAcks } from './acks.ts'
import { createManualTime } from './manual-time.ts'

const setUp = () => {
  const time = createManualTime()
  const sent: { followId: number; n: number; at: number }[] = []
  const start = time.clock.now()
  const acks = createAcks({
    timers: time.timers,
    ackMs: 50,
    window: { frames: 10, bytes: 1000 },
    send: (followId, n) => sent.push({ followId, n, at: time.clock.now() - start }),
  })
  return { time, sent, acks }
}

describe('acknowledgements', () => {
  it('wait 50 ms for company', () => {
    const { time, sent, acks } = setUp()
    acks.follow(4)
    acks.applied(1, 10)
    time.advanceNow(30)
    acks.applied(2, 10)
    time.advanceNow(100)
    expect(sent).toEqual([{ followId: 4, n: 2, at: 50 }])
    expect(acks.sent()).toBe(2)
  })

  it('go at once when half of the window is applied, in frames or in bytes', () => {
    const { sent, acks } = setUp()
    acks.follow(1)
    for (let n = 1; n <= 5; n++) acks.applied(n, 1)
    acks.applied(6, 500)
    expect(sent.map(({ n }) => n)).toEqual([5, 6])
  })

  it('of an ended follow are not sent any more', () => {
    const { time, sent, acks } = setUp()
    acks.follow(1)
    acks.applied(1, 1)
    acks.follow(2)
    time.advanceNow(100)
    acks.applied(1, 1)
    acks.follow(0)
    acks.applied(9, 1)
    time.advanceNow(100)
    expect(sent).toEqual([])
  })

  it('only ever grow, reach the last frame applied, and are never later than 50 ms', () => {
    const steps = fc.array(fc.tuple(fc.nat(40), fc.nat(3), fc.nat(300)), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(steps, (all) => {
        const { time, sent, acks } = setUp()
        acks.follow(1)
        let n = 0
        for (const [ms, frames, bytes] of all) {
          n += frames
          if (n > 0) acks.applied(n, bytes)
          time.advanceNow(ms)
        }
        time.advanceNow(50)
        expect(acks.sent()).toBe(n)
        expect(sent.every((ack, i) => i === 0 || ack.n > (sent[i - 1]?.n ?? 0))).toBe(true)
        expect(time.waiting()).toBe(0)
      }),
    )
  })
})
