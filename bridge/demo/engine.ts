import { closePosition, closeResult, type Settlement } from '../../main/book/formulas/lifecycle/close.ts'
import { type ClosedBy, closeBy } from '../../main/book/formulas/lifecycle/close-by.ts'
import { bookedMoney, moneyRecord } from '../../main/book/formulas/lifecycle/money.ts'
import { deletePending } from '../../main/book/formulas/lifecycle/pending.ts'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import type { TradeRecord } from '../../shared/bridge/tables.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd, isMarketCmd } from '../../shared/mt4/enums.ts'
import type { Change } from '../source.ts'
import { agentComment, agentEarns, agentIsPaid } from './agents.ts'
import { isPassedOn } from './groups.ts'
import { marginRate, openedAt, pendingFields } from './opening.ts'
import { changedUser, openRecord } from './records.ts'
import { closeProfit, closeSide } from './valuation.ts'
import { type Account, type Position, type SymbolState, secondsOf, type World } from './world.ts'

/**
 * The broker's ledger: everything that opens, changes, closes or books goes through here, whoever asked for it, so that
 * records and balances always agree. Nothing here checks whether it is allowed; that is the caller's part.
 */

export type Order = {
  readonly symbol: SymbolState
  readonly cmd: number
  readonly volume: number
  readonly price: number
  readonly sl: number
  readonly tp: number
  readonly comment: string
  readonly reason: number
  readonly magic?: number
  /** Server-local seconds; 0 = good till cancelled. */
  readonly expiration?: number
}

type TradeChange = Extract<Change, { stream: 'trades' }>

const trade = (kind: ChangeKind, row: TradeRecord): TradeChange => ({ stream: 'trades', kind, row })
const user = (account: Account): Change => ({ stream: 'users', kind: ChangeKind.UPDATED, row: account.user })

const enter = (world: World, position: Position): void => {
  const { account, row } = position
  world.open.set(row.order, position)
  if (isMarketCmd(row.cmd)) {
    account.positions.push(position)
    account.margin = Number.NaN
  } else account.pendings.push(position)
  position.symbol.triggers.watch(position)
}

const leave = (world: World, position: Position): void => {
  const { account, row } = position
  world.open.delete(row.order)
  position.live = false
  const list = isMarketCmd(row.cmd) ? account.positions : account.pendings
  list.splice(list.indexOf(position), 1)
  account.margin = Number.NaN
}

/** Opens a position at its price or places a pending. */
export const open = (world: World, account: Account, order: Order): Position => {
  const { symbol, cmd, volume, price } = order
  const at = secondsOf(world)
  const row = openRecord({
    order: ++world.lastOrder,
    login: account.user.login,
    symbol: symbol.row.symbol,
    digits: symbol.row.digits,
    cmd,
    volume,
    openTime: at,
    sl: order.sl,
    tp: order.tp,
    expiration: order.expiration ?? 0,
    reason: order.reason,
    magic: order.magic ?? 0,
    comment: order.comment,
    timestamp: at,
    passedOn: isMarketCmd(cmd) && isPassedOn(account.user.group),
    ...(isMarketCmd(cmd)
      ? openedAt(world, account.group, symbol, { cmd, volume, price })
      : pendingFields(price)),
  })
  const position: Position = { row, account, symbol, live: true }
  enter(world, position)
  world.counters.opened++
  world.emit([trade(ChangeKind.ADDED, row)])
  return position
}

/** How the results of what closes are worked out, for one position, at the market of the moment. */
const settlementOf = (world: World, position: Position, price: number): Settlement => {
  const { account, symbol } = position
  return {
    profitOf: (row, volume, at) => closeProfit(world, { ...position, row }, volume, at),
    agentOf: (row, volume) => agentEarns(world, account, symbol, { cmd: row.cmd, volume, price }),
    taxPercent: account.group.sec[symbol.row.type]?.commTax ?? 0,
    digits: account.group.digits,
    at: secondsOf(world),
    convRate: marginRate(world, account.group, symbol, price),
  }
}

/** Books closed records: the client's new balance, and what his agent gets for them. Answers the changes to tell. */
const book = (world: World, account: Account, closed: readonly TradeRecord[]): Change[] => {
  const at = secondsOf(world)
  const { digits } = account.group
  let { balance } = account.user
  let earned = 0
  for (const row of closed) {
    balance = roundTo(balance + closeResult(row, digits), digits)
    earned += row.commissionAgent
    account.today.push(row)
    world.counters.closed++
  }
  account.user = changedUser(account.user, at, { balance })
  const first = closed[0]?.order ?? 0
  return [user(account), ...payAgent(world, account, first, roundTo(earned, digits))]
}

const payAgent = (world: World, client: Account, order: number, earned: number): Change[] => {
  const paid = agentIsPaid(world, client, earned)
  if (!paid) return []
  return moveMoney(world, paid.agent, Cmd.BALANCE, paid.amount, agentComment(order))
}

/** Puts a remainder in the place of the position it is left of. */
const keepRest = (world: World, position: Position, row: TradeRecord): Position => {
  world.lastOrder = row.order
  const rest: Position = { ...position, live: true, row }
  enter(world, rest)
  return rest
}

/**
 * Closes `volume` of a position at `price` and books the result: closed record, remainder and new balances are one
 * transaction.
 *
 * @param mark the platform's note in the comment, e.g. `[sl]`; ignored when part of the volume stays open
 */
export const close = (
  world: World,
  position: Position,
  volume: number,
  price: number,
  mark = '',
): { closed: TradeRecord; rest?: Position } => {
  const { row, account, symbol } = position
  leave(world, position)
  const { closed, rest } = closePosition(row, {
    ...settlementOf(world, position, price),
    volume,
    price,
    nextTicket: world.lastOrder + 1,
    mark,
    closeReopen: account.group.row.closeReopen,
    marginRate: marginRate(world, account.group, symbol, price),
  })
  const kept = rest ? keepRest(world, position, rest) : undefined
  const changes: Change[] = [trade(ChangeKind.CLOSED, closed)]
  if (kept) changes.push(trade(ChangeKind.ADDED, kept.row))
  world.emit([...changes, ...book(world, account, [closed])])
  return kept ? { closed, rest: kept } : { closed }
}

/** Closes two opposite positions against each other; both records, the remainder and balances are one transaction. */
export const closeAgainst = (world: World, first: Position, second: Position): ClosedBy => {
  leave(world, first)
  leave(world, second)
  const result = closeBy(first.row, second.row, {
    ...settlementOf(world, first, second.row.openPrice),
    nextTicket: world.lastOrder + 1,
  })
  const changes: Change[] = [trade(ChangeKind.CLOSED, result.first), trade(ChangeKind.CLOSED, result.second)]
  if (result.rest) {
    const kept = keepRest(world, result.rest.cmd === first.row.cmd ? first : second, result.rest)
    changes.push(trade(ChangeKind.ADDED, kept.row))
  }
  world.emit([...changes, ...book(world, first.account, [result.first, result.second])])
  return result
}

/** Removes a pending. Its record, at the market's price of that time, stays till the end of the day. */
export const remove = (
  world: World,
  position: Position,
  removed: TradeRecord = removedNow(world, position),
): TradeRecord => {
  leave(world, position)
  position.account.today.push(removed)
  world.emit([trade(ChangeKind.CLOSED, removed)])
  return removed
}

/** The record of a pending that is removed now. */
export const removedNow = (world: World, { row, symbol }: Position, comment = row.comment): TradeRecord =>
  deletePending(row, closeSide(world.quotes, symbol.index, row.cmd % 2 === 1), secondsOf(world), comment)

/** Turns a pending into the position it has become (`activatePending`), under the same ticket. */
export const activate = (world: World, position: Position, row: TradeRecord): void => {
  const { account } = position
  account.pendings.splice(account.pendings.indexOf(position), 1)
  position.row = row
  enter(world, position)
  world.counters.activated++
  world.emit([trade(ChangeKind.ACTIVATED, row)])
}

/** Changes price (pendings), SL, TP or comment. */
export const modify = (
  world: World,
  position: Position,
  fields: Partial<Pick<TradeRecord, 'openPrice' | 'sl' | 'tp' | 'comment'>>,
): void => {
  position.row = { ...position.row, ...fields, timestamp: secondsOf(world) }
  position.symbol.triggers.watch(position)
  world.counters.modified++
  world.emit([trade(ChangeKind.UPDATED, position.row)])
}

/** Books money on an account; answers the changes to tell, the record first. */
const moveMoney = (
  world: World,
  account: Account,
  cmd: typeof Cmd.BALANCE | typeof Cmd.CREDIT,
  amount: number,
  comment: string,
): [TradeChange, Change] => {
  const at = secondsOf(world)
  const { digits } = account.group
  const { login } = account.user
  const row = moneyRecord({ order: ++world.lastOrder, login, cmd, amount, comment, at, digits })
  account.user = changedUser(account.user, at, bookedMoney(account.user, row, digits))
  account.today.push(row)
  return [trade(ChangeKind.ADDED, row), user(account)]
}

/** Books a deposit, withdrawal (negative amount) or credit; record and new balance are one transaction. */
export const bookMoney = (
  world: World,
  account: Account,
  cmd: typeof Cmd.BALANCE | typeof Cmd.CREDIT,
  amount: number,
  comment: string,
): TradeRecord => {
  const changes = moveMoney(world, account, cmd, amount, comment)
  const { row } = changes[0]
  if (row.profit > 0) world.counters.deposits++
  else world.counters.withdrawals++
  world.emit(changes)
  return row
}
