import { dayEndCode } from '../../main/book/formulas/transaction-types.ts'
import type { Command } from '../../shared/bridge/protocol.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd, isMarketCmd } from '../../shared/mt4/enums.ts'
import { RetCode, retName } from '../../shared/mt4/ret-code.ts'
import type { SourceAnswer } from '../source.ts'
import { historyOf } from './account-history.ts'
import { chartOf, periods } from './chart.ts'
import { checkClose, checkModify, checkOpen } from './command-checks.ts'
import { bookMoney, close, modify, open, remove } from './engine.ts'
import { figuresOf } from './valuation.ts'
import type { World } from './world.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>

const ok = (data?: unknown): SourceAnswer => ({ code: RetCode.OK, message: 'done', data })

const refuse = (code: number, why: string): SourceAnswer => ({ code, message: `${why} (${retName(code)})` })

const noTicket = (order: number): SourceAnswer => refuse(RetCode.INVALID_DATA, `no open order ${order}`)
const noLogin = (login: number): SourceAnswer => refuse(RetCode.INVALID_DATA, `no account ${login}`)

const openTrade = (world: World, command: Of<'trade:open'>): SourceAnswer => {
  const account = world.accountByLogin.get(command.login)
  if (!account) return noLogin(command.login)
  const symbol = world.symbolByName.get(command.symbol)
  if (!symbol) return refuse(RetCode.INVALID_DATA, `no symbol ${command.symbol}`)
  const price = roundTo(command.price, symbol.row.digits)
  const order = { ...command, symbol, price, reason: 2 }
  const problem = checkOpen(world, account, order)
  if (problem) return refuse(problem.code, problem.why)
  const { row } = open(world, account, order)
  return ok({ order: row.order, price: row.openPrice })
}

const closeTrade = (world: World, command: Of<'trade:close'>): SourceAnswer => {
  const position = world.open.get(command.order)
  if (!position) return noTicket(command.order)
  const price = roundTo(command.price, position.symbol.row.digits)
  const problem = checkClose(world, position, command.volume, price)
  if (problem) return refuse(problem.code, problem.why)
  const { closed, rest } = close(world, position, command.volume, price)
  return ok({ order: closed.order, profit: closed.profit, ...(rest ? { rest: rest.row.order } : {}) })
}

const modifyTrade = (world: World, command: Of<'trade:modify'>): SourceAnswer => {
  const position = world.open.get(command.order)
  if (!position) return noTicket(command.order)
  const { digits } = position.symbol.row
  const levels = { sl: roundTo(command.sl, digits), tp: roundTo(command.tp, digits) }
  const openPrice = isMarketCmd(position.row.cmd) ? position.row.openPrice : roundTo(command.price, digits)
  const problem = checkModify(world, position, { openPrice, ...levels })
  if (problem) return refuse(problem.code, problem.why)
  const { row } = position
  if (row.openPrice === openPrice && row.sl === levels.sl && row.tp === levels.tp)
    return { code: RetCode.OK_NONE, message: 'nothing to change' }
  modify(world, position, { openPrice, ...levels })
  return ok({ order: command.order })
}

const deleteTrade = (world: World, { order }: Of<'trade:delete'>): SourceAnswer => {
  const position = world.open.get(order)
  if (!position) return noTicket(order)
  if (isMarketCmd(position.row.cmd)) return refuse(RetCode.INVALID_DATA, `${order} is a position; close it`)
  remove(world, position)
  return ok({ order })
}

const commentTrade = (world: World, { order, comment }: Of<'trade:comment'>): SourceAnswer => {
  const position = world.open.get(order)
  if (!position) return noTicket(order)
  modify(world, position, { comment })
  return ok({ order })
}

type MoneyCommand = Of<'balance:deposit' | 'balance:withdraw' | 'credit:in' | 'credit:out'>

/** A withdrawal may not take more than is free, nor credit more than there is: both would leave a debt. */
const moveMoney = (world: World, command: MoneyCommand): SourceAnswer => {
  const account = world.accountByLogin.get(command.login)
  if (!account) return noLogin(command.login)
  const amount = roundTo(command.amount, account.group.digits)
  if (amount <= 0) return refuse(RetCode.INVALID_DATA, `${command.amount} is less than the smallest amount`)
  const out = command.type === 'balance:withdraw' || command.type === 'credit:out'
  const credit = command.type === 'credit:in' || command.type === 'credit:out'
  if (out) {
    const { free } = figuresOf(world, account)
    const most = credit ? account.user.credit : Math.min(free, account.user.balance)
    if (amount > most) return refuse(RetCode.TRADE_NO_MONEY, `${amount} is more than the ${most} available`)
  }
  const cmd = credit ? Cmd.CREDIT : Cmd.BALANCE
  const { order } = bookMoney(world, account, cmd, out ? -amount : amount, command.comment)
  return ok({ order, balance: account.user.balance, credit: account.user.credit })
}

const chart = (world: World, command: Of<'chart:request'>): SourceAnswer => {
  const symbol = world.symbolByName.get(command.symbol)
  if (!symbol) return refuse(RetCode.INVALID_DATA, `no symbol ${command.symbol}`)
  if (!(periods as readonly number[]).includes(command.period))
    return refuse(RetCode.INVALID_DATA, `no period of ${command.period} minutes`)
  return ok(chartOf(world, symbol, command.period, command.count))
}

const history = (world: World, command: Of<'trade:history'>): SourceAnswer => {
  const account = world.accountByLogin.get(command.login)
  if (!account) return noLogin(command.login)
  if (command.from > command.to) return refuse(RetCode.INVALID_DATA, 'the range ends before it begins')
  return ok(historyOf(world, account, command.from, command.to))
}

const dispatch = (world: World, command: Command): SourceAnswer => {
  switch (command.type) {
    case 'trade:open':
      return openTrade(world, command)
    case 'trade:close':
      return closeTrade(world, command)
    case 'trade:modify':
      return modifyTrade(world, command)
    case 'trade:delete':
      return deleteTrade(world, command)
    case 'trade:comment':
      return commentTrade(world, command)
    case 'balance:deposit':
    case 'balance:withdraw':
    case 'credit:in':
    case 'credit:out':
      return moveMoney(world, command)
    case 'chart:request':
      return chart(world, command)
    case 'trade:history':
      return history(world, command)
    default:
      return command satisfies never
  }
}

/** Operations that only read are served even while the day rolls. */
const reads = (command: Command): boolean =>
  command.type === 'chart:request' || command.type === 'trade:history'

/** Executes a manager operation on the world; effects are emitted before the answer. */
export const runCommand = (world: World, command: Command): SourceAnswer => {
  const code = reads(command) ? RetCode.OK : dayEndCode(world.rollAt !== null)
  return code === RetCode.OK ? dispatch(world, command) : refuse(code, 'the server is closing its day')
}
