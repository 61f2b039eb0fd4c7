import { describe, expect, it, vi } from 'vitest'
import { type Command, commandSchema } from '../../shared/bridge/protocol.ts'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import { Cmd, TradeState } from '../../shared/mt4/enums.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import { runCommand } from './commands.ts'
import { bookMoney } from './engine.ts'
import { watchedWorld } from './test-world.ts'
import { figuresOf } from './valuation.ts'
import type { Account, SymbolState } from './world.ts'

/** Whole worlds are built here; a busy machine needs a while for that. */
vi.setConfig({ testTimeout: 30_000 })

type Fields<T extends Command['type']> = Partial<Extract<Command, { type: T }>>

/** A rich account of a group and short ways to give commands. */
const desk = (group = 'real-USD-std') => {
  const watched = watchedWorld({ accounts: 500, clients: 400, positions: 200 })
  const { world } = watched
  const account = world.accounts.find(
    ({ user }) => user.group === group && user.enable === 1 && user.enableReadOnly === 0,
  ) as Account
  bookMoney(world, account, Cmd.BALANCE, 1_000_000, 'Deposit')
  let requests = 0
  const give = (command: Record<string, unknown>) => {
    const parsed = commandSchema.parse({ requestId: `request-${++requests}`, ...command })
    return runCommand(world, parsed)
  }
  const quote = (name: string): { bid: number; ask: number; symbol: SymbolState } => {
    const symbol = world.symbolByName.get(name) as SymbolState
    return {
      symbol,
      bid: world.quotes.bid[symbol.index] as number,
      ask: world.quotes.ask[symbol.index] as number,
    }
  }
  const open = (fields: Fields<'trade:open'> = {}) =>
    give({
      type: 'trade:open',
      login: account.user.login,
      symbol: 'EURUSD',
      cmd: Cmd.BUY,
      volume: 100,
      price: fields.price ?? quote(fields.symbol ?? 'EURUSD').ask,
      sl: 0,
      tp: 0,
      comment: 'by hand',
      ...fields,
    })
  const opened = (fields: Fields<'trade:open'> = {}): number => {
    const { code, data } = open(fields)
    expect(code).toBe(RetCode.OK)
    return (data as { order: number }).order
  }
  return { ...watched, account, give, quote, open, opened }
}

describe('trade:open', () => {
  it('opens for a client, told before it is answered', () => {
    const { mirror, world, open, account } = desk()
    const { code, data } = open({ volume: 130 })
    expect(code).toBe(RetCode.OK)
    expect(mirror.changes.at(-1)).toMatchObject({
      kind: ChangeKind.ADDED,
      row: { order: world.lastOrder, login: account.user.login, volume: 130, reason: 2, comment: 'by hand' },
    })
    expect(data).toMatchObject({ order: world.lastOrder })
  })

  it('rounds prices to the symbol’s digits', () => {
    const { world, opened, quote } = desk()
    const order = opened({ price: quote('EURUSD').ask + 0.0000012 })
    expect(world.open.get(order)?.row.openPrice).toBe(quote('EURUSD').ask)
  })

  it.each<[string, Fields<'trade:open'>, number]>([
    ['an account that is not there', { login: 5 }, RetCode.INVALID_DATA],
    ['a symbol that is not there', { symbol: 'EURXXX', price: 1 }, RetCode.INVALID_DATA],
    ['more than the group’s largest volume', { volume: 10_001 }, RetCode.TRADE_BAD_VOLUME],
    ['no price', { price: 0 }, RetCode.TRADE_BAD_PRICES],
    ['a price far from the market', { price: 2 }, RetCode.TRADE_BAD_PRICES],
    ['a stop loss above a buy', { sl: 1.5 }, RetCode.TRADE_BAD_STOPS],
    ['a take profit below a buy', { tp: 1 }, RetCode.TRADE_BAD_STOPS],
    ['a stop loss below a sell', { cmd: Cmd.SELL, sl: 1 }, RetCode.TRADE_BAD_STOPS],
    ['a buy limit above the market', { cmd: Cmd.BUY_LIMIT, price: 1.3 }, RetCode.TRADE_BAD_STOPS],
    ['a sell stop above the market', { cmd: Cmd.SELL_STOP, price: 1.3 }, RetCode.TRADE_BAD_STOPS],
    ['more than it can pay', { volume: 10_000, symbol: 'BTCUSD' }, RetCode.TRADE_NO_MONEY],
  ])('refuses %s', (_, fields, code) => {
    const { mirror, world, open } = desk()
    const { changes } = mirror
    const before = [changes.length, world.lastOrder]
    expect(open(fields).code).toBe(code)
    expect([changes.length, world.lastOrder]).toEqual(before)
  })

  it('refuses who may not trade', () => {
    const { account, open, world } = desk()
    account.user = { ...account.user, enableReadOnly: 1 }
    expect(open().code).toBe(RetCode.TRADE_DISABLE)
    account.user = { ...account.user, enable: 0 }
    expect(open().code).toBe(RetCode.ACCOUNT_DISABLED)
    const manager = world.accounts.find(({ user }) => user.group === 'manager') as Account
    expect(open({ login: manager.user.login }).code).toBe(RetCode.TRADE_DISABLE)
  })

  it('keeps the stops level', () => {
    const { open, quote } = desk()
    const { bid, symbol } = quote('XAUUSD')
    const near = { symbol: 'XAUUSD', volume: 10, price: quote('XAUUSD').ask }
    const least = symbol.row.stopsLevel * symbol.point
    expect(open({ ...near, sl: bid - least + symbol.point }).code).toBe(RetCode.TRADE_BAD_STOPS)
    expect(open({ ...near, sl: bid - least }).code).toBe(RetCode.OK)
  })

  it('lets a group with prohibited hedging hold one side only', () => {
    const { opened, open, quote } = desk('contest-2')
    opened()
    opened()
    expect(open({ cmd: Cmd.SELL, price: quote('EURUSD').bid }).code).toBe(RetCode.TRADE_HEDGE_PROHIBITED)
  })

  it('counts the orders of a group with a limit', () => {
    const { account, open } = desk('real-USD-mini')
    const limit = account.group.row.maxPositions
    const results = Array.from({ length: limit + 1 }, () => open({ volume: 1 }).code)
    expect(results.at(-1)).toBe(RetCode.TRADE_TOO_MANY_ORDERS)
    expect(results[0]).toBe(RetCode.OK)
  })

  it('places pendings without asking for margin', () => {
    const { world, opened } = desk()
    const order = opened({ cmd: Cmd.BUY_LIMIT, price: 1.05, volume: 10_000, sl: 1.04, tp: 1.2 })
    expect(world.open.get(order)?.row).toMatchObject({ cmd: Cmd.BUY_LIMIT, sl: 1.04, tp: 1.2 })
  })
})

describe('trade:close', () => {
  it('closes, or closes a part', () => {
    const { world, give, opened, quote, account } = desk()
    const order = opened({ volume: 100 })
    const price = quote('EURUSD').bid
    const part = give({ type: 'trade:close', order, volume: 30, price })
    expect(part.code).toBe(RetCode.OK)
    const { rest } = part.data as { rest: number }
    expect(world.open.get(rest)?.row.volume).toBe(70)
    const all = give({ type: 'trade:close', order: rest, volume: 70, price })
    expect(all.code).toBe(RetCode.OK)
    expect(account.today.at(-1)).toMatchObject({
      order: rest,
      closePrice: price,
      state: TradeState.CLOSED_NORMAL,
    })
  })

  it('refuses what cannot be', () => {
    const { give, opened, quote } = desk()
    const order = opened()
    const price = quote('EURUSD').bid
    const pending = opened({ cmd: Cmd.BUY_LIMIT, price: 1.05 })
    const close = (fields: object) => give({ type: 'trade:close', order, volume: 100, price, ...fields }).code
    expect(close({ order: 77 })).toBe(RetCode.INVALID_DATA)
    expect(close({ order: pending })).toBe(RetCode.INVALID_DATA)
    expect(close({ volume: 101 })).toBe(RetCode.TRADE_BAD_VOLUME)
    expect(close({ price: 0 })).toBe(RetCode.TRADE_BAD_PRICES)
    expect(close({})).toBe(RetCode.OK)
    expect(close({})).toBe(RetCode.INVALID_DATA)
  })

  it('keeps first in, first out where the group asks for it', () => {
    const { give, opened, quote } = desk('contest-2')
    const first = opened()
    const second = opened()
    const price = quote('EURUSD').bid
    const close = (order: number) => give({ type: 'trade:close', order, volume: 100, price }).code
    expect(close(second)).toBe(RetCode.TRADE_PROHIBITED_BY_FIFO)
    expect(close(first)).toBe(RetCode.OK)
    expect(close(second)).toBe(RetCode.OK)
  })
})

describe('trade:modify, trade:delete and trade:comment', () => {
  it('change a position or a pending', () => {
    const { world, give, opened } = desk()
    const order = opened()
    const pending = opened({ cmd: Cmd.BUY_LIMIT, price: 1.05 })
    expect(give({ type: 'trade:modify', order, price: 0, sl: 1.1, tp: 1.3 }).code).toBe(RetCode.OK)
    expect(world.open.get(order)?.row).toMatchObject({ sl: 1.1, tp: 1.3 })
    expect(give({ type: 'trade:modify', order, price: 0, sl: 1.1, tp: 1.3 }).code).toBe(RetCode.OK_NONE)
    expect(give({ type: 'trade:modify', order: pending, price: 1.06, sl: 0, tp: 0 }).code).toBe(RetCode.OK)
    expect(world.open.get(pending)?.row.openPrice).toBe(1.06)
    expect(give({ type: 'trade:comment', order, comment: 'watch' }).code).toBe(RetCode.OK)
    expect(world.open.get(order)?.row.comment).toBe('watch')
    expect(give({ type: 'trade:delete', order: pending }).code).toBe(RetCode.OK)
    expect(world.open.has(pending)).toBe(false)
  })

  it('refuse what cannot be', () => {
    const { give, opened } = desk()
    const order = opened()
    const pending = opened({ cmd: Cmd.BUY_LIMIT, price: 1.05 })
    const modify = (fields: object) =>
      give({ type: 'trade:modify', order, price: 0, sl: 0, tp: 0, ...fields }).code
    expect(modify({ order: 77 })).toBe(RetCode.INVALID_DATA)
    expect(modify({ sl: 1.5 })).toBe(RetCode.TRADE_BAD_STOPS)
    expect(modify({ order: pending })).toBe(RetCode.TRADE_BAD_PRICES)
    expect(modify({ order: pending, price: 1.4 })).toBe(RetCode.TRADE_BAD_STOPS)
    expect(give({ type: 'trade:delete', order }).code).toBe(RetCode.INVALID_DATA)
    expect(give({ type: 'trade:delete', order: 77 }).code).toBe(RetCode.INVALID_DATA)
    expect(give({ type: 'trade:comment', order: 77, comment: '' }).code).toBe(RetCode.INVALID_DATA)
  })
})

describe('money', () => {
  it('goes in and out, with the new balance in the answer', () => {
    const { give, account } = desk()
    const { login, balance, credit } = account.user
    const answer = give({ type: 'balance:deposit', login, amount: 250.5, comment: 'wire' })
    expect(answer).toMatchObject({ code: RetCode.OK, data: { balance: account.user.balance } })
    expect(account.user.balance).toBeCloseTo(balance + 250.5, 6)
    expect(give({ type: 'balance:withdraw', login, amount: 250.5, comment: '' }).code).toBe(RetCode.OK)
    expect(account.user.balance).toBeCloseTo(balance, 6)
    expect(give({ type: 'credit:in', login, amount: 100, comment: '' }).code).toBe(RetCode.OK)
    expect(give({ type: 'credit:out', login, amount: 40, comment: '' }).code).toBe(RetCode.OK)
    expect(account.user.credit).toBe(credit + 60)
  })

  it('does not go out beyond what is there', () => {
    const { world, give, account, opened } = desk()
    const { login } = account.user
    expect(give({ type: 'credit:out', login, amount: 1e9, comment: '' }).code).toBe(RetCode.TRADE_NO_MONEY)
    opened({ volume: 10_000 })
    const { free } = figuresOf(world, account)
    expect(give({ type: 'balance:withdraw', login, amount: free + 1, comment: '' }).code).toBe(
      RetCode.TRADE_NO_MONEY,
    )
    expect(give({ type: 'balance:withdraw', login: 5, amount: 1, comment: '' }).code).toBe(
      RetCode.INVALID_DATA,
    )
    expect(give({ type: 'balance:deposit', login, amount: 0.001, comment: '' }).code).toBe(
      RetCode.INVALID_DATA,
    )
  })
})

describe('questions', () => {
  it('about charts and history refuse what is not there', () => {
    const { give, account } = desk()
    const chart = (fields: object) =>
      give({ type: 'chart:request', symbol: 'EURUSD', period: 5, count: 10, ...fields })
    expect(chart({}).code).toBe(RetCode.OK)
    expect(chart({ symbol: 'NOPE' }).code).toBe(RetCode.INVALID_DATA)
    expect(chart({ period: 7 }).code).toBe(RetCode.INVALID_DATA)
    const history = (fields: object) =>
      give({ type: 'trade:history', login: account.user.login, from: 0, to: 2_000_000_000, ...fields })
    expect(history({}).code).toBe(RetCode.OK)
    expect(history({ login: 5 }).code).toBe(RetCode.INVALID_DATA)
    expect(history({ from: 9, to: 8 }).code).toBe(RetCode.INVALID_DATA)
  })
})
