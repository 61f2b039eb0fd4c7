import { describe, expect, it, vi } from 'vitest'
import { midPlan, planRate } from '../../main/book/formulas/conversion.ts'
import { isMarketCmd, TradeState } from '../../shared/mt4/enums.ts'
import { roughUsd } from './groups.ts'
import { QUANTUM_MS, step } from './step.ts'
import { hashesOf, WEDNESDAY, watchedWorld, worldHashes } from './test-world.ts'
import { figuresOf } from './valuation.ts'

/** Whole worlds are built here; a busy machine needs a while for that. */
vi.setConfig({ testTimeout: 30_000 })

describe('a seed', () => {
  it('gives the same records for the same steps', () => {
    const one = watchedWorld()
    const two = watchedWorld()
    for (let i = 0; i < 40; i++) {
      one.run(1000)
      two.run(1000)
    }
    expect(worldHashes(one.world)).toEqual(worldHashes(two.world))
    expect(one.mirror.ticks).toEqual(two.mirror.ticks)
    expect(one.mirror.changes.length).toBeGreaterThan(0)
  })

  it('gives the same records however time is cut', () => {
    const one = watchedWorld()
    const two = watchedWorld()
    one.run(30_000)
    for (let i = 0; i < 30_000 / 75; i++) two.run(75)
    step(two.world, two.world.now, one.world.now)
    expect(worldHashes(two.world)).toEqual(worldHashes(one.world))
  })

  it('gives another world than another seed', () => {
    const one = watchedWorld({ seed: 1 })
    const two = watchedWorld({ seed: 2 })
    expect(worldHashes(one.world).users).not.toEqual(worldHashes(two.world).users)
  })
})

describe('a step', () => {
  it('tells of everything it changes', () => {
    const { world, mirror, run } = watchedWorld()
    run(60_000)
    expect(hashesOf(mirror.users.values(), mirror.trades.values())).toEqual(worldHashes(world))
  })

  it('plays no time twice and waits for whole quanta', () => {
    const { world, mirror } = watchedWorld()
    step(world, WEDNESDAY, WEDNESDAY + QUANTUM_MS - 1)
    expect(mirror.ticks).toHaveLength(0)
    step(world, WEDNESDAY, WEDNESDAY + 1000)
    const { length } = mirror.ticks
    step(world, WEDNESDAY, WEDNESDAY + 1000)
    expect(mirror.ticks).toHaveLength(length)
  })

  it('skips a long pause instead of playing it', () => {
    const { world, mirror } = watchedWorld()
    const later = WEDNESDAY + 6 * 3_600_000
    step(world, later - QUANTUM_MS, later)
    expect(world.now).toBe(later)
    expect(mirror.ticks.length).toBeLessThan(200)
    expect(mirror.ticks.every((tick) => tick.time > later - QUANTUM_MS * 3)).toBe(true)
  })

  it('ticks about as often as it is asked to, and every tick moves', () => {
    const { world, mirror, run } = watchedWorld({ ticksPerSecond: 400 })
    run(30_000)
    expect(mirror.ticks.length).toBeGreaterThan(30 * 400 * 0.6)
    expect(mirror.ticks.length).toBeLessThan(30 * 400 * 1.8)
    expect(new Set(mirror.ticks.map((tick) => tick.symbol)).size).toBe(30)
    for (const { symbol, bid, ask } of mirror.ticks) {
      expect(ask).toBeGreaterThan(bid)
      const digits = world.symbols[symbol]?.row.digits
      expect(Number(bid.toFixed(digits))).toBe(bid)
      expect(Number(ask.toFixed(digits))).toBe(ask)
    }
  })
})

describe('crosses', () => {
  it('never leave the triangle of their majors', () => {
    const { world, run } = watchedWorld({ symbols: 40 })
    const pairs = world.symbols.filter(({ row }) => row.type === 1)
    expect(pairs.length).toBeGreaterThan(10)
    for (let i = 0; i < 600; i++) {
      run(250)
      const { bid, ask } = world.quotes
      const find = (base: string, quote: string) => world.symbolByName.get(base + quote)?.index
      for (const { row, index } of pairs) {
        const base = midPlan(row.symbol.slice(0, 3), 'USD', find)
        const quote = midPlan(row.symbol.slice(3), 'USD', find)
        const low = planRate(base, false, { bid, ask: bid }) / planRate(quote, false, { bid: ask, ask })
        const high = planRate(base, false, { bid: ask, ask }) / planRate(quote, false, { bid, ask: bid })
        const slack = 2 * (ask[index] as number) * 1e-5
        expect(bid[index] as number).toBeLessThanOrEqual(Math.max(low, high) + slack)
        expect(ask[index] as number).toBeGreaterThanOrEqual(Math.min(low, high) - slack)
      }
    }
  })
})

describe('two minutes with the default options', () => {
  const moments = [
    ['a', WEDNESDAY],
    ['b', Date.UTC(2026, 2, 4, 22, 59, 30)],
    [3, Date.UTC(2026, 2, 7, 4, 0, 0)],
    [4, Date.UTC(2026, 2, 8, 23, 58, 30)],
    ['deskline', Date.UTC(2026, 5, 1, 0, 0, 20)],
  ] as const

  it.each(moments)('show a dealer everything (seed %s)', (seed, now) => {
    const { world, mirror, run } = watchedWorld({ seed, clients: 2000, accounts: 3000, positions: 6000 }, now)
    expect(world.accounts.reduce((sum, account) => sum + account.positions.length, 0)).toBe(6000)
    const standing = world.accounts
      .filter((account) => account.positions.length > 0)
      .map((account) => {
        const { floating, equity } = figuresOf(world, account)
        return { share: floating / equity, usd: floating * roughUsd[account.group.currency] }
      })
    expect(standing.filter(({ share }) => share > 0.1).length).toBeGreaterThan(5)
    expect(standing.filter(({ share }) => share < -0.1).length).toBeGreaterThan(5)
    expect(standing.filter(({ usd, share }) => usd > 5000 && share > 0.1).length).toBeGreaterThan(0)
    expect(standing.filter(({ usd, share }) => usd < -5000 && share < -0.1).length).toBeGreaterThan(0)

    run(120_000)
    const { counters } = world
    expect(counters.marginCalls).toBeGreaterThan(0)
    const trades = mirror.changes.flatMap((change) => (change.stream === 'trades' ? [change] : []))
    const stopOuts = trades.filter(({ row }) => row.comment.includes('[so/a:'))
    expect(stopOuts.length).toBeGreaterThan(0)
    expect(stopOuts.length).toBe(counters.stopOuts)
    const money = trades.filter(({ kind, row }) => kind === 0 && row.cmd === 6)
    expect(money.some(({ row }) => row.profit > 0)).toBe(true)
    expect(money.some(({ row }) => row.profit < 0)).toBe(true)
    const opened = trades.filter(({ kind, row }) => kind === 0 && isMarketCmd(row.cmd))
    const closed = trades.filter(({ kind, row }) => kind === 3 && row.state !== TradeState.DELETED)
    expect(opened.length).toBeGreaterThan(5)
    expect(closed.length).toBeGreaterThan(5)
    const events = trades.filter(({ kind }) => kind !== 4).length / 120
    expect(events).toBeGreaterThan(0.4)
    expect(events).toBeLessThan(4)
  })
})
