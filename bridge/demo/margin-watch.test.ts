import { describe, expect, it } from 'vitest'
import { Cmd, LevelType, TradeState } from '../../shared/mt4/enums.ts'
import { bookMoney, open } from './engine.ts'
import { checkMargins } from './margin-watch.ts'
import { watchedWorld } from './test-world.ts'
import { figuresOf, refreshRates } from './valuation.ts'
import type { Account, SymbolState, World } from './world.ts'

const setBid = (world: World, symbol: SymbolState, bid: number): void => {
  world.quotes.bid[symbol.index] = bid
  world.quotes.ask[symbol.index] = bid + 0.0001
  refreshRates(world)
}

/** An account with 1,000 in a world of its own; margin call at 100 %, stop-out at 50 %. */
const desk = () => {
  const { world, mirror } = watchedWorld({ positions: 0, accounts: 60, clients: 50 })
  const symbol = world.symbolByName.get('EURUSD') as SymbolState
  const account = world.accounts.find(({ user }) => user.group === 'real-USD-std') as Account
  account.user = { ...account.user, balance: 0, credit: 0, leverage: 100 }
  bookMoney(world, account, Cmd.BALANCE, 1000, 'Deposit')
  setBid(world, symbol, 1.2)
  const buy = (volume: number) =>
    open(world, account, { symbol, cmd: Cmd.BUY, volume, price: 1.2, sl: 0, tp: 0, comment: '', reason: 0 })
  /** One slow round. */
  const round = (): void => {
    for (let i = 0; i < 40; i++) checkMargins(world)
  }
  return { world, mirror, symbol, account, buy, round }
}

describe('checkMargins', () => {
  it('calls, then stops out the most losing position first, until the level holds', () => {
    const { world, symbol, account, buy, round } = desk()
    const small = buy(10)
    const large = buy(50)
    round()
    expect(account.level).toBe(LevelType.OK)
    setBid(world, symbol, 1.1955)
    round()
    expect(figuresOf(world, account).level).toBeGreaterThan(100)
    setBid(world, symbol, 1.195)
    round()
    expect(account.level).toBe(LevelType.MARGINCALL)
    expect(world.counters).toMatchObject({ marginCalls: 1, stopOuts: 0 })
    setBid(world, symbol, 1.189)
    round()
    expect(large.live).toBe(false)
    expect(small.live).toBe(true)
    expect(world.counters.stopOuts).toBe(1)
    const closed = account.today.at(-1)
    expect(closed).toMatchObject({ state: TradeState.CLOSED_NORMAL, closePrice: 1.189 })
    expect(closed?.comment).toBe('[so/a: 47.2% 340.0/720.0]')
  })

  it('looks at once at who is near, and forgets who has closed', () => {
    const { world, symbol, account, buy, round } = desk()
    buy(60)
    round()
    expect(world.hot.has(account)).toBe(true)
    setBid(world, symbol, 1.18)
    checkMargins(world)
    expect(account.positions).toHaveLength(0)
    checkMargins(world)
    expect(world.hot.has(account)).toBe(false)
    expect(account.level).toBe(LevelType.OK)
  })
})
