import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { PROTOCOL_VERSION } from '../../shared/bridge/protocol.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import { until } from './test-desk.ts'
import { createHarness, dealer } from './test-harness.ts'

const { world, desk, same, closing } = createHarness()

describe('sign-in', () => {
  it('lets in by password and by token, and says who one is', async () => {
    const { bridge } = await world()
    const a = desk(bridge)
    const greeting = await a.hello()
    expect(greeting).toMatchObject({
      ok: true,
      protocol: PROTOCOL_VERSION,
      epoch: bridge.epoch,
      serverTimeOffset: 7200,
    })
    expect(await a.signIn(dealer)).toEqual({ ok: true, manager: { login: 1, name: 'Dealer', groups: '*' } })
    const b = desk(bridge)
    await b.hello()
    expect(await b.signIn({ token: 'a-token-of-the-test' })).toMatchObject({ ok: true })
  })

  it('refuses wrong ones alike, and too early ones unseen', async () => {
    const { bridge } = await world()
    const a = desk(bridge)
    await a.hello()
    const wrong = await a.signIn({ login: 1, password: 'wrong' })
    expect(wrong).toMatchObject({ ok: false, code: RetCode.BAD_ACCOUNT_INFO, retryAfterMs: 500 })
    expect(await a.signIn(dealer)).toMatchObject({ ok: false, code: RetCode.TOO_FREQUENT })
  })

  it.each<[string, [number, number]]>([
    ['a newer desk', [PROTOCOL_VERSION + 1, PROTOCOL_VERSION + 8]],
    ['an older desk', [1, PROTOCOL_VERSION - 1]],
  ])('says farewell to %s, whose versions it does not speak', async (_, versions) => {
    const { bridge } = await world()
    const a = desk(bridge)
    expect(await a.hello(versions)).toMatchObject({ ok: false, code: RetCode.OLD_VERSION })
    await until('the connection to end', () => !a.connected())
    expect(a.byes[0]?.code).toBe(RetCode.OLD_VERSION)
  })

  it('drops who says nothing', async () => {
    const { bridge } = await world({}, { limits: { helloMs: 50, signInMs: 50, housekeepingMs: 10 } })
    const silent = desk(bridge)
    await until('the silent one to be dropped', () => silent.byes.length > 0 && !silent.connected())
    const halfway = desk(bridge)
    await halfway.hello()
    await until('the other to be dropped', () => halfway.byes.length > 0 && !halfway.connected())
    await until('the bridge to forget them', () => bridge.stats().desks.length === 0)
    expect(bridge.stats().counters.dropped).toBe(2)
  })

  it('has room for so many desks', async () => {
    const { bridge } = await world({}, { limits: { desks: 2 } })
    const [a, b] = [desk(bridge), desk(bridge)]
    await a.hello()
    await b.hello()
    const third = desk(bridge)
    await until('the third to be sent away', () => third.byes.length === 1 && !third.connected())
    expect((await a.beat(1).catch(() => 'dropped')) === 'dropped').toBe(false)
  })
})

describe('following', () => {
  it('makes one consistent copy while transactions run', async () => {
    const { source, bridge } = await world(
      { accounts: 3000, trades: 6000 },
      { limits: { chunkBytes: 16_384 } },
    )
    const d = desk(bridge, { window: { frames: 4, bytes: 65_536 } })
    await d.start(dealer)
    let moved = 0
    await until('a live copy', () => {
      source.transact(20)
      source.tick(50)
      moved++
      return d.live() && moved > 30
    })
    await same(d, bridge)
    expect(d.headers.filter((h) => h.type === 2).length).toBeGreaterThan(20)
    expect(d.rows('users').size).toBe(source.users().length)
    expect(d.rows('trades').size).toBe(source.trades().length)
    await until('a checkpoint that agrees', () => d.checkpoints.length > 0)
  })

  it('sends every tick in order to a desk that keeps up', async () => {
    const { source, bridge } = await world()
    const d = desk(bridge)
    await d.start(dealer)
    await until('live', d.live)
    await until('at the head', () => d.checkpoints.length > 0)
    for (let i = 0; i < 20; i++) {
      source.tick(30)
      await until('these ticks', () => d.seqs().ticks === bridge.seqs().ticks)
    }
    expect(d.ticks()).toBe(600)
    expect(d.problems).toEqual([])
  })

  it('goes on from the numbers of the desk', async () => {
    const { source, bridge } = await world()
    const first = desk(bridge)
    await first.start(dealer)
    await until('live', first.live)
    source.transact(50)
    await same(first, bridge)
    first.close()
    source.transact(200)
    source.tick(100)
    const again = desk(bridge)
    again.takeOver(first)
    expect(await again.start(dealer, first.resumeFrom())).toMatchObject({ ok: true, mode: 'resume' })
    await same(again, bridge)
    expect(bridge.stats().counters).toMatchObject({ snapshots: 1, resumes: 1 })
  })

  it('goes on where the streams stand at different places, as one group', async () => {
    const { source, bridge } = await world()
    const first = desk(bridge)
    await first.start(dealer)
    await until('live', first.live)
    const before = first.resumeFrom()
    first.close()
    source.transact(300)
    const whole = desk(bridge)
    whole.takeOver(first)
    await whole.start(dealer, before)
    await same(whole, bridge)
    // As if only the accounts of that batch had been applied when the connection broke.
    const half = desk(bridge)
    half.takeOver({ rows: (stream) => (stream === 'users' ? whole.rows(stream) : first.rows(stream)) })
    const seqs = { ...before.seqs, users: bridge.seqs().users }
    expect(await half.start(dealer, { epoch: before.epoch, seqs })).toMatchObject({ mode: 'resume' })
    await same(half, bridge)
    expect(half.headers.some((h) => h.stream === 3)).toBe(false)
  })

  it('sends a snapshot where the journal has moved on, and for another epoch', async () => {
    const { source, bridge } = await world({}, { limits: { journalEntries: 64 } })
    const first = desk(bridge)
    await first.start(dealer)
    await until('live', first.live)
    const resume = first.resumeFrom()
    source.transact(300)
    expect(await first.follow(resume)).toMatchObject({ ok: true, mode: 'snapshot' })
    await same(first, bridge)
    const other = { ...first.resumeFrom(), epoch: 'another' }
    expect(await first.follow(other)).toMatchObject({ ok: true, mode: 'snapshot' })
    await same(first, bridge)
  })

  it('splits a transaction larger than any frame, and marks all of it as one', async () => {
    const { source, bridge } = await world(
      { trades: 5000 },
      { limits: { chunkRows: 500, batchChanges: 100 } },
    )
    const d = desk(bridge, { window: { frames: 2, bytes: 65_536 } })
    await d.start(dealer)
    await until('live', d.live)
    const before = d.settledViews()
    source.apply(source.trades().map((row) => ({ stream: 'trades', kind: 4, row })))
    await same(d, bridge)
    expect(d.rows('trades').size).toBe(0)
    const frames = d.headers.filter((h) => h.type === 4)
    expect(frames.length).toBeGreaterThanOrEqual(10)
    expect(frames.map((h) => h.flags & 1)).toEqual([...frames.slice(1).map(() => 1), 0])
    expect(d.settledViews()).toBeGreaterThan(before)
  })

  it('encodes once for all desks at the head', async () => {
    const { source, bridge } = await world()
    const desks = Array.from({ length: 8 }, () => desk(bridge))
    for (const d of desks) await d.start(dealer)
    await until('all live', () => desks.every((d) => d.checkpoints.length > 0))
    const before = bridge.stats().counters
    for (let i = 0; i < 20; i++) {
      source.transact(10)
      source.tick(10)
      await until('all there', () => desks.every((d) => d.seqs().ticks === bridge.seqs().ticks))
    }
    const after = bridge.stats().counters
    for (const d of desks) await same(d, bridge)
    const encodes = after.encodes - before.encodes
    const frames = after.frames - before.frames - (after.checkpoints - before.checkpoints)
    expect(frames).toBe(encodes * 8)
  })
})

describe('a desk that does not keep up', () => {
  it('costs a bounded window, slows nobody, and gets quotes and a fresh snapshot', async () => {
    const limits = { journalEntries: 2000, tickRing: 1000, housekeepingMs: 20 }
    const { source, bridge } = await world({}, { limits })
    const slow = desk(bridge, { window: { frames: 8, bytes: 65_536 }, ack: false })
    const quick = desk(bridge)
    await slow.start(dealer)
    await quick.start(dealer)
    for (let i = 0; i < 100; i++) {
      source.transact(100)
      source.tick(100)
      await until('the quick one', () => quick.seqs().ticks === bridge.seqs().ticks)
      const stats = bridge.stats().desks.find((d) => d.inFlightFrames > 0 && d.acked === 0)
      expect(stats?.inFlightFrames).toBeLessThanOrEqual(8)
      expect(stats?.inFlightBytes).toBeLessThanOrEqual(65_536)
      expect(stats?.heldBytes).toBeLessThanOrEqual(300_000)
    }
    await same(quick, bridge)
    expect(slow.headers.length).toBeLessThanOrEqual(8)
    slow.setAcking(true)
    slow.ackTo(slow.lastFrame())
    await same(slow, bridge)
    expect(slow.headers.filter((h) => h.type === 1).length).toBeGreaterThanOrEqual(2)
    expect(bridge.stats().counters.overruns).toBeGreaterThan(0)
    for (const [symbol, quote] of quick.quotes())
      expect(slow.quotes().get(symbol)).toMatchObject({ bid: quote.bid, ask: quote.ask, time: quote.time })
  })

  it('gets ticks as quotes once its window opens again, without a snapshot', async () => {
    const { source, bridge } = await world()
    const d = desk(bridge, { window: { frames: 4, bytes: 65_536 } })
    const quick = desk(bridge)
    await d.start(dealer)
    await quick.start(dealer)
    await until('both at the head', () => d.checkpoints.length > 0 && quick.checkpoints.length > 0)
    d.setAcking(false)
    for (let i = 0; i < 10; i++) {
      source.tick(5)
      await until('the quick one', () => quick.seqs().ticks === bridge.seqs().ticks)
    }
    const got = d.ticks()
    d.setAcking(true)
    d.ackTo(d.lastFrame())
    await same(d, bridge)
    expect(d.ticks()).toBe(got)
    expect(d.headers.filter((h) => h.type === 1)).toHaveLength(1)
    expect(d.headers.filter((h) => h.type === 6)).toHaveLength(1)
    expect([...d.quotes().values()].map((q) => q.bid)).toEqual([...quick.quotes().values()].map((q) => q.bid))
  })

  it('is dropped when it acknowledges nothing for too long', async () => {
    const { bridge } = await world({}, { limits: { ackMs: 60, housekeepingMs: 10 } })
    const d = desk(bridge, { ack: false })
    await d.start(dealer)
    await until('the farewell', () => d.byes.length === 1 && !d.connected())
    expect(d.byes[0]?.code).toBe(RetCode.NO_CONNECT)
  })
})

describe('http', () => {
  it('answers health and nothing else', async () => {
    const { bridge } = await world()
    const health = await fetch(`${bridge.url}/health`)
    expect(health.status).toBe(200)
    expect(await health.json()).toMatchObject({ epoch: bridge.epoch, desks: 0, rows: { users: 200 } })
    for (const path of ['/', '/health/x', '/../etc/passwd', '/socket.io.js'])
      expect((await fetch(`${bridge.url}${path}`)).status).toBe(404)
    expect((await fetch(`${bridge.url}/health`, { method: 'POST' })).status).toBe(404)
  })

  it('does not let browsers of other pages in', async () => {
    const { bridge } = await world()
    const url = `${bridge.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
    const attempt = (options: { origin?: string }): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(url, options)
        socket.on('open', () => resolve('open'))
        socket.on('error', () => resolve('refused'))
        closing.push(() => socket.terminate())
      })
    expect(await attempt({ origin: 'https://example.com' })).toBe('refused')
    expect(await attempt({})).toBe('open')
  })
})

describe('starting and stopping', () => {
  it('refuses to be reached from elsewhere without TLS and a token', async () => {
    await expect(world({}, { host: '0.0.0.0' })).rejects.toMatchObject({
      name: 'BridgeError',
      fault: 'NOT_LOOPBACK',
    })
    await expect(world({}, { credentials: [], tokens: [] })).rejects.toMatchObject({
      fault: 'NO_CREDENTIALS',
    })
  })

  it('says farewell, and the source hears of it', async () => {
    const { bridge } = await world()
    const d = desk(bridge)
    await d.start(dealer)
    await bridge.close()
    await until('the farewell', () => d.byes.length === 1 && !d.connected())
    await expect(fetch(`${bridge.url}/health`)).rejects.toThrow('fetch failed')
  })

  it('starts a new epoch when the source replaces its world', async () => {
    const { source, bridge } = await world()
    const d = desk(bridge)
    await d.start(dealer)
    await until('live', d.live)
    const { epoch } = bridge
    source.reload(99)
    await until('the farewell', () => d.byes.length === 1 && !d.connected())
    expect(bridge.epoch).not.toBe(epoch)
    const again = desk(bridge)
    expect(await again.start(dealer, d.resumeFrom())).toMatchObject({ mode: 'snapshot', epoch: bridge.epoch })
    await same(again, bridge)
  })
})
