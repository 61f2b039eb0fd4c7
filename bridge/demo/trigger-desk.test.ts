import { describe, expect, it } from 'vitest'
import { Cmd, TradeState } from '../../shared/mt4/enums.ts'
import { bookMoney, modify, open } from './engine.ts'
import { watchedWorld } from './test-world.ts'
import { fireTriggers } from './trigger-desk.ts'
import type { Account, Position, SymbolState } from './world.ts'

/** A world whose EURUSD stands where a test puts it. */
const desk = () => {
  const watched = watchedWorld({ positions: 0 })
  const { world } = watched
  const symbol = world.symbolByName.get('EURUSD') as SymbolState
  const account = world.accounts.find(({ user }) => user.group === 'real-USD-std') as Account
  bookMoney(world, account, Cmd.BALANCE, 1_000_000, 'Deposit')
  const at = (bid: number, ask = bid + 0.0001): void => {
    world.quotes.bid[symbol.index] = bid
    world.quotes.ask[symbol.index] = ask
    fireTriggers(world, symbol)
  }
  const place = (cmd: number, price: number, sl = 0, tp = 0, volume = 100): Position =>
    open(world, account, { symbol, cmd, volume, price, sl, tp, comment: '', reason: 0 })
  at(1.2)
  return { world, account, at, place }
}

describe('stop loss and take profit', () => {
  it.each([
    ['sl of a buy at the bid', Cmd.BUY, 1.19, 0, 1.19, '[sl]'],
    ['tp of a buy at the bid', Cmd.BUY, 0, 1.21, 1.21, '[tp]'],
    ['sl of a sell at the ask', Cmd.SELL, 1.21, 0, 1.2099, '[sl]'],
    ['tp of a sell at the ask', Cmd.SELL, 0, 1.19, 1.1899, '[tp]'],
  ])('%s closes at its level', (_, cmd, sl, tp, bid, mark) => {
    const { account, at, place } = desk()
    const position = place(cmd, 1.2, sl, tp)
    const before = bid > 1.2 ? bid - 0.0003 : bid + 0.0003
    at(before)
    expect(position.live).toBe(true)
    at(bid)
    expect(position.live).toBe(false)
    const closed = account.today.at(-1)
    expect(closed).toMatchObject({ comment: mark, closePrice: sl || tp, state: TradeState.CLOSED_NORMAL })
  })

  it('counts the level as it is now, not as it was', () => {
    const { world, at, place } = desk()
    const position = place(Cmd.BUY, 1.2, 1.19)
    modify(world, position, { sl: 1.18 })
    at(1.185)
    expect(position.live).toBe(true)
    modify(world, position, { sl: 0 })
    at(1.1)
    expect(position.live).toBe(true)
  })

  it('executes every level a jump passes', () => {
    const { world, at, place } = desk()
    for (let i = 0; i < 50; i++) place(Cmd.BUY, 1.2, 1.19 - i * 0.0001)
    at(1.1)
    expect(world.counters.closed).toBe(50)
  })
})

describe('pending orders', () => {
  it.each([
    ['buy limit when the ask falls to it', Cmd.BUY_LIMIT, 1.19, 1.1899, Cmd.BUY],
    ['buy stop when the ask rises to it', Cmd.BUY_STOP, 1.21, 1.2099, Cmd.BUY],
    ['sell limit when the bid rises to it', Cmd.SELL_LIMIT, 1.21, 1.21, Cmd.SELL],
    ['sell stop when the bid falls to it', Cmd.SELL_STOP, 1.19, 1.19, Cmd.SELL],
  ])('%s', (_, cmd, price, bid, becomes) => {
    const { at, place } = desk()
    const pending = place(cmd, price)
    at(bid > 1.2 ? bid - 0.0003 : bid + 0.0003)
    expect(pending.row.cmd).toBe(cmd)
    at(bid)
    expect(pending.row).toMatchObject({ cmd: becomes, openPrice: price })
  })

  it('then have their own stops', () => {
    const { at, place } = desk()
    const pending = place(Cmd.BUY_STOP, 1.21, 1.205)
    at(1.2)
    at(1.2101)
    expect(pending.row.cmd).toBe(Cmd.BUY)
    at(1.204)
    expect(pending.live).toBe(false)
  })

  it('are removed when the account cannot pay', () => {
    const { account, at, place } = desk()
    const pending = place(Cmd.BUY_STOP, 1.21, 0, 0, 1_000_000)
    at(1.22)
    expect(pending.live).toBe(false)
    expect(account.today.at(-1)).toMatchObject({ state: TradeState.DELETED, comment: 'deleted [no money]' })
  })
})
