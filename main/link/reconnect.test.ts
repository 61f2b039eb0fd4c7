import { describe, expect, it } from 'vitest'
import { Event } from '../../shared/bridge/protocol.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import { tradeChange as trade, userChange as user } from './fake-world.ts'
import { linkFixture } from './link-fixture.ts'

describe('lost connections', () => {
  it('comes back and resumes', async () => {
    const { bridge, time, live, link, isEqual } = linkFixture()
    await live()
    bridge.wire().cut()
    expect(link.status()).toMatchObject({ phase: 'offline' })
    expect(link.status().nextAttempt).toBe(time.clock.now() + 750)
    expect(link.status().detail).toMatch(/lost; trying again in 1 s\.$/)
    bridge.world().transact([user(1, 10), trade(11)])
    await time.advance(2000)
    expect(link.status()).toMatchObject({
      phase: 'live',
      counters: { reconnects: 1, resumes: 1, snapshots: 1 },
    })
    expect(isEqual()).toBe(true)
  })

  it('takes a snapshot when the bridge has started anew', async () => {
    const { bridge, time, live, link, isEqual } = linkFixture()
    await live()
    bridge.restart(5000)
    bridge.world().transact([user(3, 10)])
    await time.advance(2000)
    expect(link.status()).toMatchObject({ phase: 'live', epoch: 'epoch-1', counters: { snapshots: 2 } })
    expect(isEqual()).toBe(true)
  })

  it('a snapshot under the same follow is taken too', async () => {
    const { bridge, time, live, link, isEqual } = linkFixture()
    await live()
    bridge.world().transact([user(3, 10)])
    bridge.send(...bridge.world().snapshot())
    await time.advance(4)
    expect(link.status().phase).toBe('live')
    expect(link.status().counters).toMatchObject({ snapshots: 2, resyncs: 0 })
    expect(isEqual()).toBe(true)
  })

  it('tries more and more slowly while the bridge is away, and at once when told to', async () => {
    const { bridge, time, link } = linkFixture()
    bridge.reachable = false
    link.start()
    await time.advance(300_000)
    const tried = bridge.connections()
    expect(tried).toBeGreaterThan(10)
    expect(tried).toBeLessThan(30)
    bridge.reachable = true
    link.reconnect()
    await time.advance(100)
    expect(bridge.connections()).toBe(tried + 1)
    expect(link.status().phase).toBe('live')
  })

  it('a bridge that falls silent is stale after 5 s and left after 6', async () => {
    const { bridge, time, live, link } = linkFixture()
    await live()
    bridge.on(Event.BEAT, () => {})
    const phases: string[] = []
    link.onStatus(({ phase }) => phases.push(phase))
    await time.advance(20_000)
    const changes = phases.filter((p, i) => p !== phases[i - 1])
    expect(changes.slice(0, 4)).toEqual(['live', 'stale', 'offline', 'connecting'])
    expect(bridge.connections()).toBeGreaterThan(1)
    bridge.on(Event.BEAT, undefined)
    await time.advance(20_000)
    expect(link.status().phase).toBe('live')
  })

  it.each([Event.HELLO, Event.SIGN_IN, Event.FOLLOW])(
    '%s without an answer is tried again',
    async (event) => {
      const { bridge, time, link } = linkFixture()
      bridge.on(event, () => {})
      link.start()
      await time.advance(10_500)
      bridge.on(event, undefined)
      await time.advance(3000)
      expect(link.status().phase).toBe('live')
      expect(bridge.connections()).toBe(2)
    },
  )

  const nonsense = [undefined, null, 42, 'yes', [], {}, { ok: 'maybe' }, { ok: true }]
  const asked = [Event.HELLO, Event.SIGN_IN, Event.FOLLOW, Event.BEAT]
  it.each(asked.flatMap((event) => nonsense.map((value) => ({ event, value }))))(
    'the answer $value to $event is refused, counted, and tried again',
    async ({ event, value }) => {
      const { bridge, time, link } = linkFixture()
      bridge.on(event, (_, answer) => answer(value))
      link.start()
      await time.advance(3000)
      expect(link.status().counters.refused).toBeGreaterThan(0)
      expect(link.status().lastRefusal?.fault).toBe('BAD_MESSAGE')
      bridge.on(event, undefined)
      await time.advance(30_000)
      expect(link.status().phase).toBe('live')
    },
  )

  it('says plainly when the bridge has lost its trade server', async () => {
    const { bridge, time, live, link } = linkFixture()
    await live()
    bridge.wire().say(Event.STATUS, { direct: true, pumping: false, dealing: true, detail: 'no route' })
    await time.advance(10)
    expect(link.status()).toMatchObject({ phase: 'stale' })
    expect(link.status().detail).toMatch(/lost its trade server \(no route\)/)
    bridge.wire().say(Event.STATUS, { direct: true, pumping: true, dealing: true, detail: '' })
    await time.advance(10)
    expect(link.status().phase).toBe('live')
  })

  it('tells the reason of a farewell', async () => {
    const { bridge, time, live, link } = linkFixture()
    await live()
    bridge.wire().say(Event.BYE, { code: RetCode.OK, message: 'maintenance' })
    await time.advance(2)
    expect(link.status()).toMatchObject({ phase: 'offline' })
    expect(link.status().detail).toMatch(/goodbye \(maintenance\); trying again in 1 s\./)
  })
})

describe('refused sign-in', () => {
  const refusing = async (code: number, retryAfterMs = 0) => {
    const fixture = linkFixture()
    fixture.bridge.on(Event.SIGN_IN, (_, answer) => answer({ ok: false, code, message: 'no', retryAfterMs }))
    await fixture.live()
    return fixture
  }

  it('wrong password: offline, said plainly, retried after 30 s at the earliest, not hurried by a wake', async () => {
    const { link, bridge, time } = await refusing(RetCode.BAD_ACCOUNT_INFO)
    expect(link.status().phase).toBe('offline')
    expect(link.status().detail).toMatch(/^Login or password is wrong; trying again in 4\d s\.$/)
    link.wake()
    await time.advance(28_000)
    expect(bridge.connections()).toBe(1)
    bridge.on(Event.SIGN_IN, undefined)
    await time.advance(32_000)
    expect(bridge.connections()).toBe(2)
    expect(link.status().phase).toBe('live')
  })

  it('too frequent: waits as long as it is told', async () => {
    const { link, bridge, time } = await refusing(RetCode.TOO_FREQUENT, 8000)
    expect(link.status().phase).toBe('offline')
    await time.advance(6500)
    expect(bridge.connections()).toBe(1)
    bridge.on(Event.SIGN_IN, undefined)
    await time.advance(2000)
    expect(bridge.connections()).toBe(2)
  })

  it('old version: offline, said plainly, retried slowly', async () => {
    const { link, bridge, time } = linkFixture()
    bridge.on(Event.HELLO, (_, answer) => answer({ ok: false, code: RetCode.OLD_VERSION, message: 'v2' }))
    link.start()
    await time.advance(20_000)
    expect(link.status().detail).toMatch(/another version of the protocol/)
    expect(link.status().phase).toBe('offline')
    expect(bridge.connections()).toBe(1)
  })
})

describe('sleep', () => {
  it('a timer that fires late makes it verify the connection at once', async () => {
    const { bridge, time, live, link } = linkFixture()
    await live()
    bridge.on(Event.BEAT, () => {})
    const seen: { phase: string; at: number }[] = []
    link.onStatus(({ phase }) => seen.push({ phase, at: time.clock.now() }))
    time.jump(3_600_000)
    await time.advance(5000)
    const stale = seen.find(({ phase }) => phase === 'stale')
    const offline = seen.find(({ phase }) => phase === 'offline')
    expect((offline?.at ?? 0) - (stale?.at ?? 0)).toBe(2000)
    bridge.on(Event.BEAT, undefined)
    await time.advance(2000)
    expect(link.status().phase).toBe('live')
  })

  it('a connection that survived stays', async () => {
    const { bridge, time, live, link } = linkFixture()
    await live()
    time.jump(3_600_000)
    link.wake()
    expect(link.status().phase).toBe('stale')
    await time.advance(100)
    expect(link.status().phase).toBe('live')
    await time.advance(10_000)
    expect(bridge.connections()).toBe(1)
  })

  it('a clock that was set back by hours delays nothing', async () => {
    const { bridge, time, live, link, isEqual } = linkFixture()
    await live()
    time.jump(-7_200_000)
    const heard = bridge.heard.length
    for (let i = 0; i < 100; i++) {
      bridge.send(bridge.world().tick(1.1, 1))
      await time.advance(100)
    }
    expect(link.status().phase).toBe('live')
    expect(bridge.heard.slice(heard).filter(({ event }) => event === Event.BEAT).length).toBeGreaterThan(3)
    bridge.wire().cut()
    time.jump(-7_200_000)
    await time.advance(3000)
    expect(link.status().phase).toBe('live')
    expect(isEqual()).toBe(true)
  })

  it('after a wrong password, the wait is over when it is over, however long the sleep', async () => {
    const { bridge, time, link } = linkFixture()
    bridge.on(Event.SIGN_IN, (_, answer) =>
      answer({ ok: false, code: RetCode.BAD_ACCOUNT_INFO, message: 'no', retryAfterMs: 0 }),
    )
    link.start()
    await time.advance(1000)
    bridge.on(Event.SIGN_IN, undefined)
    time.jump(3_600_000)
    await time.advance(61_000)
    expect(bridge.connections()).toBe(2)
    expect(link.status().phase).toBe('live')
  })

  it('a wake while waiting connects at once', async () => {
    const { bridge, time, link } = linkFixture()
    bridge.reachable = false
    link.start()
    await time.advance(60_000)
    bridge.reachable = true
    const tried = bridge.connections()
    link.wake()
    await time.advance(100)
    expect(bridge.connections()).toBe(tried + 1)
    expect(link.status().phase).toBe('live')
  })
})
