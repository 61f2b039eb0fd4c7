import { describe, expect, it } from 'vitest'
import { midPlan, planRate } from '../../main/book/formulas/conversion.ts'
import { activatePending } from '../../main/book/formulas/lifecycle/pending.ts'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd, TradeState } from '../../shared/mt4/enums.ts'
import { activate, bookMoney, close, closeAgainst, modify, type Order, open, remove } from './engine.ts'
import { chargesOf, openingTerms } from './opening.ts'
import { type Watched, watchedWorld } from './test-world.ts'
import { closeProfit } from './valuation.ts'
import type { Account, Group, SymbolState } from './world.ts'

const accountIn = ({ world }: Watched, group: string): Account =>
  world.accounts.find(({ user }) => user.group === group && user.enable === 1) as Account

const orderFor = (watched: Watched, symbol: string, fields: Partial<Order> = {}): Order => {
  const state = watched.world.symbolByName.get(symbol) as SymbolState
  return {
    symbol: state,
    cmd: Cmd.BUY,
    volume: 100,
    price: watched.world.quotes.ask[state.index] as number,
    sl: 0,
    tp: 0,
    comment: 'test',
    reason: 2,
    ...fields,
  }
}

describe('opening', () => {
  const watched = watchedWorld()
  const { world, mirror } = watched

  it('takes the next ticket and freezes margin rate and commission', () => {
    const account = accountIn(watched, 'real-USD-ecn')
    const last = world.lastOrder
    const { row } = open(world, account, orderFor(watched, 'EURUSD', { volume: 250 }))
    expect(row.order).toBe(last + 1)
    expect(row.marginRate).toBe(row.openPrice)
    expect(row.commission).toBe(-17.5)
    expect(row).toMatchObject({ closeTime: 0, closePrice: 0, profit: 0, state: TradeState.OPEN_NORMAL })
    expect(mirror.transactions.at(-1)).toEqual([{ stream: 'trades', kind: ChangeKind.ADDED, row }])
  })

  it('charges nothing for a pending until it becomes a position', () => {
    const account = accountIn(watched, 'real-USD-ecn')
    const price = 1.1
    const pending = open(world, account, orderFor(watched, 'EURUSD', { cmd: Cmd.BUY_LIMIT, price }))
    expect(pending.row).toMatchObject({ commission: 0, marginRate: 0, openPrice: price })
    const { order } = pending.row
    const deal = { cmd: Cmd.BUY, volume: 100, price }
    const terms = openingTerms(world, account.group, pending.symbol, deal)
    activate(world, pending, activatePending(pending.row, terms, 5000))
    expect(pending.row).toMatchObject({ order, cmd: Cmd.BUY, marginRate: price, commission: -7 })
    expect(account.positions).toContain(pending)
    expect(account.pendings).not.toContain(pending)
    expect(mirror.changes.at(-1)?.kind).toBe(ChangeKind.ACTIVATED)
  })
})

describe('commission', () => {
  const { world } = watchedWorld()
  const symbol = world.symbolByName.get('EURUSD') as SymbolState
  const group = (name: string): Group => world.groups.find(({ row }) => row.group === name) as Group

  const charges = (name: string, volume = 100, cmd: number = Cmd.BUY) =>
    chargesOf(world, group(name), symbol, { cmd, volume, price: 1.17 })

  it('is money, points or per cent of the value, a lot or a deal, with its tax', () => {
    const { bid, ask } = world.quotes
    const lot = 100_000 * (((bid[0] as number) + (ask[0] as number)) / 2)
    expect(charges('real-USD-std')).toEqual({ commission: 0, taxes: 0 })
    expect(charges('real-USD-ecn', 250)).toEqual({ commission: -17.5, taxes: 0 })
    expect(charges('real-USD-pro')).toEqual({ commission: -0.4, taxes: -0.04 })
    expect(charges('real-USD-vip', 250)).toEqual({ commission: -2.5, taxes: 0 })
    expect(charges('real-USD-raw')).toEqual({ commission: -roundTo(lot * 0.00003, 2), taxes: 0 })
  })

  it('has the decimals of the currency', () => {
    expect(Number.isInteger(charges('real-JPY-ecn', 37).commission)).toBe(true)
  })
})

describe('agents', () => {
  const watched = watchedWorld({ accounts: 2000, clients: 1500 })
  const { world, mirror } = watched
  const clientIn = (group: string, agentGroup?: string): [Account, Account] => {
    for (const account of world.accounts) {
      const agent = world.accountByLogin.get(account.user.agentAccount)
      if (account.user.group !== group || account.user.enable === 0 || !agent) continue
      if (!agentGroup || agent.user.group.includes(agentGroup)) return [account, agent]
    }
    throw new Error(`nobody in ${group} has an agent`)
  }

  it('earn on a close, in its transaction, without a cost for the client', () => {
    const [account, agent] = clientIn('real-USD-std', 'USD')
    const [before, agentBefore] = [account.user.balance, agent.user.balance]
    const position = open(world, account, orderFor(watched, 'EURUSD', { volume: 250, price: 1.17 }))
    const { closed } = close(world, position, 250, 1.17)
    expect(closed).toMatchObject({ profit: 0, commission: 0, commissionAgent: 10 })
    expect(account.user.balance).toBe(before)
    expect(agent.user.balance).toBeCloseTo(agentBefore + 10, 8)
    expect(agent.today.at(-1)).toMatchObject({
      cmd: Cmd.BALANCE,
      profit: 10,
      comment: `Agent commission #${closed.order}`,
    })
    expect(mirror.transactions.at(-1)?.map(({ stream, kind }) => [stream, kind])).toEqual([
      ['trades', ChangeKind.CLOSED],
      ['users', ChangeKind.UPDATED],
      ['trades', ChangeKind.ADDED],
      ['users', ChangeKind.UPDATED],
    ])
  })

  it('are paid in their own currency', () => {
    const found = world.accounts.find((client) => {
      const paying = client.group.sec[0]?.commAgent !== 0 && client.user.enable === 1
      const other = world.accountByLogin.get(client.user.agentAccount)
      return paying && other && other.group.currency !== client.group.currency
    }) as Account
    const agent = world.accountByLogin.get(found.user.agentAccount) as Account
    const before = agent.user.balance
    const { closed } = close(
      world,
      open(world, found, orderFor(watched, 'EURUSD', { volume: 1000, price: 1.17 })),
      1000,
      1.17,
    )
    expect(closed.commissionAgent).toBeGreaterThan(0)
    const rate = planRate(
      midPlan(found.group.currency, agent.group.currency, world.findPair),
      false,
      world.quotes,
    )
    expect(agent.user.balance - before).toBeCloseTo(
      roundTo(closed.commissionAgent * rate, agent.group.digits),
      6,
    )
  })
})

describe('closing by an opposite position', () => {
  const watched = watchedWorld()
  const { world, mirror } = watched

  it('books the result once, leaves the rest open and tells it in one transaction', () => {
    const account = accountIn(watched, 'real-USD-ecn')
    account.user = { ...account.user, agentAccount: 0 }
    const before = account.user.balance
    const buy = open(world, account, orderFor(watched, 'EURUSD', { volume: 100, price: 1.16 }))
    const sell = open(world, account, orderFor(watched, 'EURUSD', { cmd: Cmd.SELL, volume: 40, price: 1.17 }))
    const { first, second, rest } = closeAgainst(world, buy, sell)
    expect(first).toMatchObject({ volume: 40, profit: 400, commission: -2.8, state: TradeState.CLOSED_BY })
    expect(second).toMatchObject({ volume: 0, profit: 0, commission: -2.8 })
    expect(rest).toMatchObject({ volume: 60, openPrice: 1.16, commission: -4.2, order: world.lastOrder })
    expect(account.user.balance).toBeCloseTo(before + 400 - 5.6, 8)
    expect(world.open.get(world.lastOrder)?.row).toBe(rest)
    expect([buy.live, sell.live]).toEqual([false, false])
    expect(mirror.transactions.at(-1)?.map(({ stream, kind }) => [stream, kind])).toEqual([
      ['trades', ChangeKind.CLOSED],
      ['trades', ChangeKind.CLOSED],
      ['trades', ChangeKind.ADDED],
      ['users', ChangeKind.UPDATED],
    ])
  })
})

describe('closing', () => {
  const watched = watchedWorld({ accounts: 2000, clients: 1500 })
  const { world, mirror } = watched

  it('books result and charges with the new balance in one transaction', () => {
    const account = accountIn(watched, 'real-USD-ecn')
    const before = account.user.balance
    const position = open(world, account, orderFor(watched, 'EURUSD', { price: 1.17 }))
    const { closed } = close(world, position, 100, 1.1725, '[tp]')
    expect(closed).toMatchObject({
      profit: 250,
      commission: -7,
      state: TradeState.CLOSED_NORMAL,
      comment: 'test[tp]',
    })
    expect(account.user.balance).toBeCloseTo(before + 243, 8)
    expect(mirror.transactions.at(-1)?.map(({ stream, kind }) => [stream, kind])).toEqual([
      ['trades', ChangeKind.CLOSED],
      ['users', ChangeKind.UPDATED],
    ])
    expect(world.open.has(closed.order)).toBe(false)
    expect(account.positions).not.toContain(position)
    expect(position.live).toBe(false)
  })

  it('in part leaves a remainder under a new ticket and loses no cent of the charges', () => {
    const account = accountIn(watched, 'real-USD-ecn')
    const position = open(world, account, orderFor(watched, 'EURUSD', { volume: 101 }))
    position.row = { ...position.row, storage: -1.01 }
    const { commission, openPrice, openTime, order } = position.row
    const { closed, rest } = close(world, position, 30, openPrice)
    expect(closed).toMatchObject({ order, volume: 30, state: TradeState.CLOSED_PART })
    expect(closed.comment).toBe(`to #${rest?.row.order}`)
    expect(rest?.row).toMatchObject({ volume: 71, state: TradeState.OPEN_REMAND, openPrice, openTime })
    expect(rest?.row.comment).toBe(`from #${order}`)
    expect(closed.storage).toBe(-0.3)
    expect(closed.storage + (rest?.row.storage ?? 0)).toBeCloseTo(-1.01, 10)
    expect(closed.commission + (rest?.row.commission ?? 0)).toBeCloseTo(commission, 10)
    expect(mirror.transactions.at(-1)?.map(({ stream, kind }) => [stream, kind])).toEqual([
      ['trades', ChangeKind.CLOSED],
      ['trades', ChangeKind.ADDED],
      ['users', ChangeKind.UPDATED],
    ])
    expect(world.open.get(rest?.row.order ?? 0)).toBe(rest)
  })

  it('converts into every deposit currency', () => {
    const per: Record<string, number> = {}
    for (const group of [
      'real-USD-std',
      'real-EUR-std',
      'real-GBP-std',
      'real-JPY-std',
      'real-CHF-std',
      'real-AUD-std',
    ]) {
      const account = accountIn(watched, group)
      for (const symbol of world.symbols) {
        const bid = world.quotes.bid[symbol.index] as number
        const position = open(world, account, orderFor(watched, symbol.row.symbol, { price: bid }))
        const profit = closeProfit(world, position, 100, bid * 1.01)
        expect(profit, `${symbol.row.symbol} in ${group}`).toBeGreaterThan(0)
        expect(position.row.marginRate, `${symbol.row.symbol} in ${group}`).toBeGreaterThan(0)
        if (symbol.row.symbol === 'GBPUSD') per[account.group.currency] = profit
      }
    }
    const euro = world.quotes.bid[0] as number
    expect((per['USD'] as number) / (per['EUR'] as number)).toBeCloseTo(euro, 3)
    expect(Number.isInteger(per['JPY'])).toBe(true)
  })
})

describe('the rest of the ledger', () => {
  const watched = watchedWorld()
  const { world, mirror } = watched
  const account = accountIn(watched, 'real-USD-std')

  it('removes a pending without booking anything', () => {
    const before = account.user.balance
    const pending = open(world, account, orderFor(watched, 'EURUSD', { cmd: Cmd.SELL_STOP, price: 1.1 }))
    const removed = remove(world, pending)
    expect(removed).toMatchObject({ state: TradeState.DELETED, profit: 0 })
    expect(removed.closeTime).toBeGreaterThan(0)
    expect(account.user.balance).toBe(before)
    expect(account.today.at(-1)).toBe(removed)
  })

  it('books money and credit with the user in one transaction', () => {
    const { balance, credit } = account.user
    bookMoney(world, account, Cmd.BALANCE, -12.345, 'Withdrawal')
    expect(account.user.balance).toBeCloseTo(balance - 12.35, 8)
    bookMoney(world, account, Cmd.CREDIT, 100, 'Bonus')
    expect(account.user.credit).toBe(credit + 100)
    expect(mirror.transactions.at(-1)).toHaveLength(2)
    expect(mirror.transactions.at(-1)?.[1]?.row).toBe(account.user)
  })

  it('never changes a row it has told of', () => {
    const position = open(world, account, orderFor(watched, 'EURUSD'))
    const told = position.row
    const copy = { ...told }
    modify(world, position, { sl: 1.1 })
    close(world, position, 50, 1.17)
    expect(told).toEqual(copy)
  })
})
