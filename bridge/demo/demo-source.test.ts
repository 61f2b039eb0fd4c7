import { describe, expect, it } from 'vitest'
import type { Change, SourceSink, SourceState } from '../source.ts'
import { createDemoSource, worldOptions } from './demo-source.ts'
import { WEDNESDAY } from './test-world.ts'

/** A clock that only moves when told to, with the timers that hang on it. */
const fakeTime = (start: number) => {
  let now = start
  let waiting: { at: number; fn: () => void }[] = []
  return {
    clock: { now: () => now },
    timers: {
      setTimeout: (fn: () => void, ms: number) => {
        const entry = { at: now + ms, fn }
        waiting.push(entry)
        return entry
      },
      clearTimeout: (handle: unknown) => {
        waiting = waiting.filter((entry) => entry !== handle)
      },
    },
    waiting: () => waiting.length,
    /** Moves on, running what falls due. */
    pass: (ms: number, at = 50) => {
      const end = now + ms
      while (now < end) {
        now = Math.min(end, now + at)
        const due = waiting.filter((entry) => entry.at <= now)
        waiting = waiting.filter((entry) => entry.at > now)
        for (const entry of due) entry.fn()
      }
    },
  }
}

const recorder = () => {
  const heard = { states: [] as SourceState[], changes: [] as Change[], ticks: [] as number[], live: false }
  const sink: SourceSink = {
    load: (state) => heard.states.push(state),
    transaction: (changes) => heard.changes.push(...changes),
    tick: (_symbol, _bid, _ask, time) => heard.ticks.push(time),
    status: (status) => {
      heard.live = status.pumping
    },
  }
  return { sink, heard }
}

const options = { seed: 'source', clients: 100, accounts: 150, positions: 300, serverTimeOffset: 10_800 }

describe('createDemoSource', () => {
  it('loads its world once and lets it move with the clock', async () => {
    const time = fakeTime(WEDNESDAY)
    const source = createDemoSource({ ...options, ...time })
    const { sink, heard } = recorder()
    await source.start(sink)
    expect(source.serverTimeOffset).toBe(10_800)
    expect(heard.states).toHaveLength(1)
    expect(heard.live).toBe(true)
    const [state] = heard.states as [SourceState]
    expect([...state.users]).toHaveLength(150)
    expect([...state.users]).toHaveLength(150)
    expect([...state.trades].filter((row) => row.closeTime === 0 && row.cmd < 2)).toHaveLength(300)
    time.pass(10_000)
    expect(heard.ticks.length).toBeGreaterThan(600)
    expect(heard.ticks.at(-1)).toBeGreaterThan(WEDNESDAY + 10_800_000 + 9_000)
    expect(heard.ticks.at(-1)).toBeLessThanOrEqual(WEDNESDAY + 10_800_000 + 10_000)
    await source.close()
  })

  it('tells two hubs the same when seed and time are the same', async () => {
    const tell = async () => {
      const time = fakeTime(WEDNESDAY)
      const source = createDemoSource({ ...options, ...time })
      const { sink, heard } = recorder()
      await source.start(sink)
      time.pass(20_000)
      await source.close()
      return { ticks: heard.ticks, changes: heard.changes }
    }
    expect(await tell()).toEqual(await tell())
  })

  it('catches up in small steps, and skips what was slept through', async () => {
    const time = fakeTime(WEDNESDAY)
    const source = createDemoSource({ ...options, ...time })
    const { sink, heard } = recorder()
    await source.start(sink)
    time.pass(5_000, 5_000)
    const first = heard.ticks.length
    expect(heard.ticks.at(-1)).toBeLessThanOrEqual(WEDNESDAY + 10_800_000 + 1_000)
    time.pass(200)
    expect(heard.ticks.length).toBeGreaterThan(first)
    const hours = 5 * 3_600_000
    time.pass(hours, hours)
    time.pass(100)
    expect(heard.ticks.at(-1)).toBeGreaterThan(WEDNESDAY + hours)
    expect(heard.ticks.length).toBeLessThan(2_000)
    await source.close()
  })

  it('stops with close, and answers only while it runs', async () => {
    const time = fakeTime(WEDNESDAY)
    const source = createDemoSource({ ...options, ...time })
    const command = { type: 'trade:delete', requestId: '12345678', order: 1 } as const
    expect((await source.command(command)).code).toBe(6)
    const { sink, heard } = recorder()
    await source.start(sink)
    await expect(source.start(sink)).rejects.toThrow('already started')
    expect((await source.command(command)).code).toBe(3)
    await source.close()
    await source.close()
    expect(time.waiting()).toBe(0)
    time.pass(1_000)
    expect(heard.ticks).toHaveLength(0)
    expect((await source.command(command)).code).toBe(6)
  })
})

describe('worldOptions', () => {
  it('fills in the defaults and keeps figures in their range', () => {
    expect(worldOptions({})).toMatchObject({
      clients: 2000,
      accounts: 3000,
      positions: 6000,
      groups: 40,
      symbols: 30,
    })
    expect(worldOptions({ symbols: 1, groups: 0, accounts: -5, positions: Number.NaN })).toMatchObject({
      symbols: 7,
      groups: 9,
      accounts: 10,
      positions: 0,
    })
  })

  it.each([
    { accounts: 10, clients: 1, positions: 0 },
    { accounts: 10, clients: 10, positions: 40, groups: 9, symbols: 7 },
    { accounts: 50, clients: 100, positions: 1000, historyDays: 1, symbols: 40 },
    { accounts: 30, positions: 100, speed: 0, ticksPerSecond: 1, serverTimeOffset: -18_000 },
  ])('makes a world that runs of %o', async (extreme) => {
    const time = fakeTime(Date.UTC(2026, 0, 1, 5, 0, 0))
    const source = createDemoSource({ seed: 'odd', ...extreme, ...time })
    const { sink, heard } = recorder()
    await source.start(sink)
    const [state] = heard.states as [SourceState]
    expect([...state.users]).toHaveLength(extreme.accounts)
    time.pass(60_000)
    expect(heard.ticks.length).toBeGreaterThan(0)
    await source.close()
  })
})
