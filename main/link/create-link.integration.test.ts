import { afterEach, describe, expect, it } from 'vitest'
import type { BridgeOptions } from '../../bridge/create-bridge.ts'
import type { TestSourceOptions } from '../../bridge/hub/test-source.ts'
import type { Command } from '../../shared/bridge/protocol.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import { OutcomeUnknown } from './errors.ts'
import { createStage, type Stage, until } from './integration-fixture.ts'

let stage: Stage | undefined
afterEach(async () => {
  await stage?.close()
  stage = undefined
})

const setUp = async (world?: TestSourceOptions, options?: Partial<BridgeOptions>): Promise<Stage> => {
  stage = await createStage(world, options)
  return stage
}

describe('a link over real sockets', () => {
  it('takes the snapshot, follows what moves, and ends with the same book', async () => {
    const s = await setUp()
    const desk = s.desk()
    const stop = s.move()
    await until('changes and ticks', () => {
      const { phase, counters } = desk.link.status()
      return phase === 'live' && counters.changes > 100 && counters.ticks > 500
    })
    stop()
    await s.same(desk)
    expect(desk.link.status().counters).toMatchObject({ refused: 0, gaps: 0, resyncs: 0, hashMismatches: 0 })
    expect(desk.link.ignored()).toEqual({ foreign: 0, duplicates: 0 })
  })

  it('takes a large snapshot while the world moves', async () => {
    const s = await setUp(
      { accounts: 5000, trades: 20_000 },
      { limits: { chunkRows: 500, turnBytes: 100_000 } },
    )
    const stop = s.move()
    const desk = s.desk({ settings: { window: { frames: 4, bytes: 262_144 } } })
    const progress: number[] = []
    desk.link.onStatus((status) => progress.push(status.progress))
    await until('live', () => desk.link.status().phase === 'live')
    stop()
    await s.same(desk)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(desk.link.status().counters.refused).toBe(0)
    expect(desk.sink.table('trades').size).toBeGreaterThan(15_000)
  })

  it('knows the clock of the bridge and how old the figures are', async () => {
    const s = await setUp()
    const desk = s.desk()
    await s.same(desk)
    await until('a beat', () => desk.link.status().roundTripMs > 0)
    expect(Math.abs(desk.link.status().clockOffset)).toBeLessThan(1000)
    expect(desk.link.status().serverTimeOffset).toBe(7200)
    s.source.tick(5)
    await until('a lag', () => desk.link.status().lagMs > 0)
  })
})

describe('a slow desk', () => {
  it('gets conflated quotes and slows no other', async () => {
    const s = await setUp()
    const waiting: (() => void)[] = []
    const slow = s.desk({
      settings: { window: { frames: 8, bytes: 65_536 } },
      sink: { schedule: (work) => waiting.push(work) },
    })
    const fast = s.desk()
    await until('the slow desk to have its hands full', () => waiting.length > 0)
    await until('the fast desk live', () => fast.link.status().phase === 'live')
    const stop = s.move()
    await until('the fast desk far ahead', () => fast.sink.counts().ticks > 3000)
    expect(waiting.length).toBeLessThanOrEqual(8)
    expect(slow.link.status().phase).toBe('synchronising')
    const drain = setInterval(() => {
      for (const work of waiting.splice(0, 2)) work()
    }, 2)
    await until('the slow desk live', () => slow.link.status().phase === 'live')
    stop()
    await s.same(fast)
    await s.same(slow)
    clearInterval(drain)
    expect(slow.sink.counts().quotes).toBeGreaterThan(0)
    expect(slow.sink.counts().ticks).toBeLessThan(fast.sink.counts().ticks)
    expect(fast.link.status().counters).toMatchObject({ resyncs: 0, gaps: 0 })
  })
})

describe('sign-in', () => {
  it('with a wrong password is offline, said plainly', async () => {
    const s = await setUp()
    const { link } = s.desk({
      credentials: { login: 1, password: 'wrong' },
      settings: { slowRetryMs: 30_000 },
    })
    await until('the refusal', () => link.status().phase === 'offline')
    expect(link.status().detail).toMatch(/^Login or password is wrong; trying again in \d\d s\.$/)
  })

  it('too soon after a wrong one waits as told, and comes in', async () => {
    const s = await setUp()
    const wrong = s.desk({ credentials: { login: 1, password: 'wrong' }, settings: { slowRetryMs: 30_000 } })
    await until('the refusal', () => wrong.link.status().phase === 'offline')
    const right = s.desk({ credentials: { login: 1, password: 'demo' } })
    const details: string[] = []
    right.link.onStatus(({ detail }) => details.push(detail))
    await s.same(right)
    expect(details.some((detail) => detail.includes('asks to wait'))).toBe(true)
  })

  it('to nobody at all is offline until somebody is there', async () => {
    const s = await setUp()
    const { port } = s.bridge()
    await s.bridge().close()
    const desk = s.desk({ url: `http://127.0.0.1:${port}` })
    await until('two attempts', () => desk.link.status().attempts >= 2)
    expect(desk.link.status().detail).toMatch(/cannot be reached|Connecting to/)
    await s.restartBridge()
    await s.same(desk)
  })
})

describe('commands', () => {
  const deposit = (requestId: string): Command => ({
    type: 'balance:deposit',
    requestId,
    login: 1000,
    amount: 5,
    comment: 'test',
  })

  it('change the book, and are run once however often the answer is lost', async () => {
    const s = await setUp()
    const desk = s.desk()
    await s.same(desk)
    s.bridge().faults.set({ answers: { drop: { next: 3 } } })
    const answer = await desk.link.command(deposit('request-0001'))
    expect(answer).toMatchObject({ requestId: 'request-0001', code: RetCode.OK })
    expect(s.source.executed.length).toBe(1)
    await s.same(desk)
  })

  it('lost with the connection are answered after it is back', async () => {
    const s = await setUp()
    const desk = s.desk()
    await s.same(desk)
    const { promise: gate, resolve: letGo } = Promise.withResolvers<void>()
    s.source.holdUntil(gate)
    const answer = desk.link.command(deposit('request-0002'))
    s.bridge().faults.disconnect('all')
    await until('the reconnect', () => desk.link.status().counters.reconnects === 1)
    letGo()
    expect(await answer).toMatchObject({ code: RetCode.OK })
    expect(s.source.executed.length).toBe(1)
  })

  it('lost with the epoch are of unknown outcome', async () => {
    const s = await setUp()
    const desk = s.desk()
    await s.same(desk)
    s.source.holdUntil(new Promise(() => {}))
    const answer = desk.link.command(deposit('request-0003')).catch((error: unknown) => error)
    await until('the command to arrive', () => s.bridge().stats().counters.commands > 0)
    s.bridge().faults.restart()
    expect(await answer).toBeInstanceOf(OutcomeUnknown)
  })
})
