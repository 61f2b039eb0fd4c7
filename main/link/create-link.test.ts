import { describe, expect, it } from 'vitest'
import { linkStatusSchema } from '../../shared/api/models.ts'
import { Event } from '../../shared/bridge/protocol.ts'
import { jsonFrame } from '../../shared/wire/frames.ts'
import { FrameType } from '../../shared/wire/header.ts'
import { tradeChange as trade, userChange as user } from './fake-world.ts'
import { linkFixture } from './link-fixture.ts'

const follows = (heard: { event: string; body: unknown }[]) =>
  heard.filter(({ event }) => event === Event.FOLLOW).map(({ body }) => body as { resume?: unknown })

describe('a good day', () => {
  it('goes from idle to live with the book of the bridge', async () => {
    const { link, bridge, time, isEqual } = linkFixture()
    const phases: string[] = []
    link.onStatus(({ phase }) => phases.push(phase))
    expect(link.status().phase).toBe('idle')
    link.start()
    await time.advance(1000)
    expect(phases.filter((p, i) => p !== phases[i - 1])).toEqual(['connecting', 'synchronising', 'live'])
    expect(isEqual()).toBe(true)
    expect(linkStatusSchema.parse(link.status())).toEqual(link.status())
    expect(link.status()).toMatchObject({ progress: 1, rowsReceived: 5, rowsExpected: 5, bridge: 'fake 1' })
    bridge.send(...bridge.world().transact([trade(9), user(1, 50)]))
    await time.advance(100)
    expect(isEqual()).toBe(true)
    expect(link.status().counters).toMatchObject({ changes: 2, snapshots: 1, refused: 0, gaps: 0 })
  })

  it('acknowledges what was applied, once for many frames', async () => {
    const { bridge, time, live } = linkFixture()
    await live()
    const before = bridge.heard.length
    for (let i = 0; i < 50; i++) bridge.send(...bridge.world().transact([user(1, i)]))
    await time.advance(200)
    const acks = bridge.heard.slice(before).filter(({ event }) => event === Event.ACK)
    expect(acks.length).toBe(1)
    expect(bridge.wire().acked).toBe(bridge.wire().lastFrame)
  })

  it('states lag and clock offset from ticks in server-local time', async () => {
    const { bridge, time, live, link } = linkFixture()
    await live()
    const utc = time.clock.now()
    await time.advance(40)
    bridge.send(bridge.world().tick(1.2, utc + 7_200_000))
    await time.advance(10)
    expect(link.status()).toMatchObject({ lagMs: 41, clockOffset: 0, roundTripMs: 2, serverTimeOffset: 7200 })
  })

  it('tells its listeners at most four times a second while nothing changes but figures', async () => {
    const { bridge, time, live, link } = linkFixture()
    await live()
    let told = 0
    const stop = link.onStatus(() => told++)
    for (let i = 0; i < 100; i++) {
      bridge.send(bridge.world().tick(1 + i / 1000, 1))
      await time.advance(10)
    }
    expect(told).toBeGreaterThanOrEqual(3)
    expect(told).toBeLessThanOrEqual(5)
    stop()
    await time.advance(5000)
    expect(told).toBeLessThanOrEqual(5)
  })

  it('leaves no timer behind when it is closed', async () => {
    const { time, live, link } = linkFixture()
    await live()
    await link.close()
    await time.advance(10)
    expect(time.waiting()).toBe(0)
    expect(link.status().phase).toBe('idle')
    link.start()
    expect(link.status().phase).toBe('idle')
  })
})

describe('lost and damaged frames', () => {
  it('a hole makes it follow anew from its numbers', async () => {
    const { bridge, time, live, link, isEqual } = linkFixture()
    await live()
    bridge.wire().lastFrame++
    bridge.world().transact([user(1, 1)])
    bridge.send(...bridge.world().transact([user(1, 2)]))
    await time.advance(100)
    expect(link.status().phase).toBe('live')
    expect(isEqual()).toBe(true)
    expect(link.status().counters).toMatchObject({ gaps: 1, resyncs: 1, resumes: 1, snapshots: 1 })
  })

  it('a duplicate is ignored', async () => {
    const { bridge, time, live, link, isEqual } = linkFixture()
    await live()
    const [draft] = bridge.world().transact([user(1, 3)])
    if (!draft) throw new Error('no frame')
    bridge.send(draft)
    bridge.wire().say(Event.FRAME, draft(bridge.wire().lastFrame, bridge.wire().followId))
    await time.advance(100)
    expect(link.ignored().duplicates).toBe(1)
    expect(link.status().counters).toMatchObject({ gaps: 0, refused: 0 })
    expect(isEqual()).toBe(true)
  })

  it('frames of another follow are ignored', async () => {
    const { bridge, time, live, link } = linkFixture()
    await live()
    bridge.wire().say(Event.FRAME, bridge.world().checkpoint()(1, 999))
    await time.advance(100)
    expect(link.ignored().foreign).toBe(1)
    expect(link.status()).toMatchObject({ phase: 'live', counters: { gaps: 0, refused: 0 } })
  })

  it.each([
    ['text', 'nonsense'],
    ['null', null],
    ['bytes', new Uint8Array(100)],
    ['an object', { type: 'Buffer' }],
  ])('%s in place of a frame is refused and asked for again', async (_, payload) => {
    const { bridge, time, live, link, isEqual } = linkFixture()
    await live()
    bridge.wire().say(Event.FRAME, payload)
    await time.advance(100)
    expect(link.status().counters.refused).toBe(1)
    expect(link.status().lastRefusal?.fault).toMatch(/BAD_/)
    expect(link.status().phase).toBe('live')
    expect(isEqual()).toBe(true)
  })

  it('a frame the book refuses voids the numbers: a fresh snapshot', async () => {
    const { bridge, time, live, link, isEqual } = linkFixture()
    await live()
    const [draft] = bridge.world().transact([{ ...user(1, 4), kind: 77 as never }])
    if (!draft) throw new Error('no frame')
    bridge.send(draft)
    await time.advance(500)
    expect(follows(bridge.heard).map(({ resume }) => resume !== undefined)).toEqual([false, false])
    expect(link.status()).toMatchObject({ phase: 'live', counters: { refused: 1, snapshots: 2, resumes: 0 } })
    expect(isEqual()).toBe(true)
  })

  it('backs off while the book keeps refusing, and goes on when it stops', async () => {
    const { bridge, time, live, link, isEqual } = linkFixture()
    await live()
    const bad = bridge.world().transact([{ ...user(1, 4), kind: 77 as never }])
    bridge.on(Event.FOLLOW, (_, answer, wire) => {
      wire.followId++
      wire.lastFrame = 0
      answer({ ok: true, followId: wire.followId, mode: 'snapshot', epoch: 'epoch-0' })
      for (const draft of bridge.world().snapshot()) wire.send(draft)
      wire.send(bridge.world().checkpoint())
      wire.say(Event.FRAME, (bad[0] as never as (n: number, s: number) => unknown)(9, wire.followId))
    })
    bridge.send(...bad)
    await time.advance(60_000)
    const tried = follows(bridge.heard).length
    expect(tried).toBeGreaterThan(3)
    expect(tried).toBeLessThan(15)
    bridge.on(Event.FOLLOW, undefined)
    await time.advance(31_000)
    expect(link.status().phase).toBe('live')
    expect(isEqual()).toBe(true)
  })

  it('a hash that differs brings a fresh snapshot', async () => {
    const { bridge, time, live, link, isEqual } = linkFixture()
    await live()
    const world = bridge.world()
    const hashes = { ...world.hashes(), users: { rows: 1, a: 1, b: 2 } }
    bridge.send((n, scope) =>
      jsonFrame(
        { type: FrameType.CHECKPOINT, stream: 0, n, scope, first: 0, flags: 0 },
        { seqs: world.seqs(), hashes },
      ),
    )
    await time.advance(1000)
    expect(link.status()).toMatchObject({ phase: 'live', counters: { hashMismatches: 1, snapshots: 2 } })
    expect(link.status().lastRefusal).toMatchObject({
      fault: 'MISMATCH',
      detail: 'the hashes of users differ',
    })
    expect(isEqual()).toBe(true)
  })

  it('a checkpoint at other numbers brings a fresh snapshot', async () => {
    const { bridge, time, live, link, isEqual } = linkFixture()
    await live()
    bridge.world().transact([user(1, 5)])
    bridge.send(bridge.world().checkpoint())
    await time.advance(1000)
    expect(link.status()).toMatchObject({ phase: 'live', counters: { hashMismatches: 1, snapshots: 2 } })
    expect(isEqual()).toBe(true)
  })

  it('a last frame that never came is noticed by the beats', async () => {
    const { bridge, time, live, link, isEqual } = linkFixture()
    await live()
    bridge.world().transact([user(1, 8)])
    bridge.wire().lastFrame++
    await time.advance(9000)
    expect(link.status()).toMatchObject({ phase: 'live', counters: { gaps: 1, resumes: 1 } })
    expect(isEqual()).toBe(true)
  })

  it('a bridge that ignores the window is refused', async () => {
    const waiting: (() => void)[] = []
    const { bridge, time, link } = linkFixture({
      settings: { window: { frames: 16, bytes: 65_536 } },
      sink: { schedule: (work) => waiting.push(work) },
    })
    link.start()
    await time.advance(100)
    for (let i = 0; i < 100; i++) bridge.send(bridge.world().tick(1, 1))
    await time.advance(10)
    expect(link.status().lastRefusal?.detail).toMatch(/more than it may/)
    expect(waiting.length).toBeLessThan(60)
  })
})
