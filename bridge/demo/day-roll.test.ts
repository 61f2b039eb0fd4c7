import { describe, expect, it } from 'vitest'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import { Cmd } from '../../shared/mt4/enums.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import { runCommand } from './commands.ts'
import { swapOf } from './day-roll.ts'
import { QUANTUM_MS } from './step.ts'
import { hashesOf, runUntil, watchedWorld, worldHashes } from './test-world.ts'
import { figuresOf } from './valuation.ts'
import type { Account, Group, SymbolState } from './world.ts'

const beforeMidnight = (year: number, month: number, day: number): number =>
  Date.UTC(year, month, day, 23, 59, 50)

describe('the server’s midnight', () => {
  it('empties the day, charges swap and hands the figures on', () => {
    const watched = watchedWorld({ speed: 0 }, beforeMidnight(2026, 2, 5))
    const { world, mirror } = watched
    const storage = new Map([...mirror.trades.values()].map((row) => [row.order, row.storage]))
    const closed = [...mirror.trades.values()].filter((row) => row.closeTime > 0)
    expect(closed.length).toBeGreaterThan(0)
    watched.run(9_000)
    const day = mirror.changes.length
    runUntil(world, () => mirror.changes.some(({ kind }) => kind === ChangeKind.DELETED), 5_000)
    expect(world.rollAt).toBeNull()

    for (const row of closed) expect(mirror.trades.has(row.order)).toBe(false)
    expect([...mirror.trades.values()].every((row) => row.closeTime === 0)).toBe(true)
    const swapped = mirror.changes
      .slice(day)
      .flatMap((change) =>
        change.stream === 'trades' && change.kind === ChangeKind.UPDATED ? [change.row] : [],
      )
    expect(swapped.length).toBeGreaterThan(100)
    for (const { order } of swapped) {
      const position = world.open.get(order)
      if (!position) continue
      const { row, symbol, account } = position
      const swap = swapOf(world, account.group, symbol, row, 1)
      expect(row.storage).toBeCloseTo((storage.get(order) as number) + swap, 6)
    }
    for (const account of world.accounts) {
      expect(account.today).toHaveLength(0)
      expect(account.user.prevBalance).toBe(account.user.balance)
      expect(account.user.prevEquity).toBe(figuresOf(world, account).equity)
    }
    for (const symbol of world.symbols) expect(symbol.high).toBe(symbol.low)
    expect(hashesOf(mirror.users.values(), mirror.trades.values())).toEqual(worldHashes(world))
  })

  it('charges three days on Wednesday and none at the weekend', () => {
    const charged = (day: number): number => {
      const watched = watchedWorld({ speed: 0, ticksPerSecond: 1 }, beforeMidnight(2026, 2, day))
      const { world } = watched
      const order = [...world.open.values()].find(
        ({ row, symbol }) => row.cmd < 2 && symbol.row.swapLong !== 0,
      )?.row.order as number
      const before = world.open.get(order)?.row.storage as number
      watched.run(10_000)
      const position = world.open.get(order)
      if (!position) return Number.NaN
      const { row, symbol, account } = position
      const swap = swapOf(world, account.group, symbol, row, 1)
      return Math.round((row.storage - before) / swap) + 0
    }
    expect([4, 5, 6, 7, 8].map(charged)).toEqual([3, 1, 1, 0, 0])
  })

  it('takes balance and equity over as the month’s when a month ends', () => {
    const { world, run } = watchedWorld({ speed: 0 }, beforeMidnight(2026, 2, 31))
    run(10_000)
    for (const { user } of world.accounts) {
      expect(user.prevMonthBalance).toBe(user.balance)
      expect(user.prevMonthEquity).toBe(user.prevEquity)
    }
  })

  it('refuses operations until it is done, in slices that keep steps short', () => {
    const { world, mirror, run } = watchedWorld(
      { speed: 0, accounts: 5000, clients: 4000, positions: 500 },
      beforeMidnight(2026, 2, 5),
    )
    runUntil(world, () => world.rollAt !== null, 11_000)
    expect(world.rollAt).toBe(2000)
    const { login } = (world.accounts[100] as Account).user
    const command = {
      type: 'balance:deposit',
      requestId: 'during-roll',
      login,
      amount: 5,
      comment: '',
    } as const
    expect(runCommand(world, command).code).toBe(RetCode.TRADE_MARKET_CLOSED)
    const { length } = mirror.ticks
    run(QUANTUM_MS)
    expect(mirror.ticks).toHaveLength(length)
    run(QUANTUM_MS)
    expect(world.rollAt).toBeNull()
    expect(runCommand(world, command).code).toBe(RetCode.OK)
  })
})

describe('swapOf', () => {
  const { world } = watchedWorld({ positions: 0 })
  const group = (name: string) => world.groups.find(({ row }) => row.group === name) as Group
  const symbol = (name: string) => world.symbolByName.get(name) as SymbolState
  const dailySwap = (group: Group, symbol: SymbolState, cmd: number, volume: number) =>
    swapOf(world, group, symbol, { cmd, volume, openPrice: 1 }, 1)

  it('of points is points times point value', () => {
    expect(dailySwap(group('real-USD-std'), symbol('EURUSD'), Cmd.BUY, 100)).toBe(-7.4)
    expect(dailySwap(group('real-USD-std'), symbol('EURUSD'), Cmd.SELL, 200)).toBe(5.8)
    expect(dailySwap(group('real-USD-std'), symbol('XAUUSD'), Cmd.BUY, 100)).toBe(-48.2)
  })

  it('prefers the group’s own rate', () => {
    expect(dailySwap(group('real-USD-vip'), symbol('EURUSD'), Cmd.BUY, 100)).toBe(-5.9)
  })

  it('of money and margin currency is converted, of interest is a part of the value', () => {
    expect(dailySwap(group('real-USD-std'), symbol('WTI'), Cmd.BUY, 100)).toBe(-9.4)
    expect(dailySwap(group('real-USD-std'), symbol('BRENT'), Cmd.SELL, 100)).toBe(-3.1)
    const euro = world.quotes.bid[0] as number
    expect(dailySwap(group('real-EUR-std'), symbol('WTI'), Cmd.BUY, 10_000) * euro).toBeCloseTo(-940, -1)
    const dow = symbol('US30')
    const value = world.quotes.bid[dow.index] as number
    const interest = dailySwap(group('real-USD-std'), dow, Cmd.BUY, 1000)
    expect(interest).toBeCloseTo((-6.5 / 100 / 360) * value * 10, 2)
  })
})
