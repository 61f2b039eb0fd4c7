import { ChangeKind } from '../../shared/bridge/streams.ts'
import type { TradeRecord } from '../../shared/bridge/tables.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd, isMarketCmd, TradeState } from '../../shared/mt4/enums.ts'
import type { Change } from '../source.ts'
import { commissionOf, marginRate, openingFields } from './opening.ts'
import { changedUser, markComment, openRecord, tradeRecord } from './records.ts'
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

const trade = (kind: ChangeKind, row: TradeRecord): Change => ({ stream: 'trades', kind, row })
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
  const market = isMarketCmd(cmd)
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
    openPrice: price,
    storage: 0,
    marginRate: market ? marginRate(world, account.group, symbol, price) : 0,
    commission: market ? commissionOf(world, account.group, symbol, volume, price) : 0,
  })
  const position: Position = { row, account, symbol, live: true }
  enter(world, position)
  world.counters.opened++
  world.emit([trade(ChangeKind.ADDED, row)])
  return position
}

/** The part of an amount that goes with `volume` of `whole`; the remainder keeps the rest, so nothing is lost. */
const share = (amount: number, volume: number, whole: number, digits: number): number =>
  volume === whole ? amount : roundTo((amount * volume) / whole, digits)

/** What is left of a position after a partial close: a new ticket with the old opening. */
const remainder = (
  world: World,
  position: Position,
  closed: TradeRecord,
): { position: Position; change: Change } => {
  const { row, account } = position
  const { digits } = account.group
  const rest: Position = {
    ...position,
    live: true,
    row: {
      ...row,
      order: ++world.lastOrder,
      volume: row.volume - closed.volume,
      state: TradeState.OPEN_REMAND,
      commission: roundTo(row.commission - closed.commission, digits),
      storage: roundTo(row.storage - closed.storage, digits),
      taxes: roundTo(row.taxes - closed.taxes, digits),
      comment: `from #${row.order}`,
      timestamp: secondsOf(world),
    },
  }
  enter(world, rest)
  return { position: rest, change: trade(ChangeKind.ADDED, rest.row) }
}

/**
 * Closes `volume` of a position at `price` and books the result: closed record, remainder and new balance are one
 * transaction. Swap and commission split in proportion to the volume.
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
  const { digits } = account.group
  const whole = volume >= row.volume
  const part = whole ? row.volume : volume
  const at = secondsOf(world)
  leave(world, position)
  const next = world.lastOrder + 1
  const closed: TradeRecord = {
    ...row,
    volume: part,
    state: whole ? TradeState.CLOSED_NORMAL : TradeState.CLOSED_PART,
    closeTime: at,
    closePrice: price,
    profit: closeProfit(world, position, part, price),
    commission: share(row.commission, part, row.volume, digits),
    storage: share(row.storage, part, row.volume, digits),
    taxes: share(row.taxes, part, row.volume, digits),
    convRateClose: marginRate(world, account.group, symbol, price),
    comment: whole ? markComment(row.comment, mark) : `to #${next}`,
    timestamp: at,
  }
  const changes = [trade(ChangeKind.CLOSED, closed)]
  const rest = whole ? undefined : remainder(world, position, closed)
  if (rest) changes.push(rest.change)
  const { balance } = account.user
  const result = closed.profit + closed.commission + closed.storage + closed.taxes
  account.user = changedUser(account.user, at, { balance: roundTo(balance + result, digits) })
  account.today.push(closed)
  world.counters.closed++
  world.emit([...changes, user(account)])
  return rest ? { closed, rest: rest.position } : { closed }
}

/** Removes a pending. Its record stays till the end of the day; `closePrice` is the market's at that time. */
export const remove = (world: World, position: Position, comment = position.row.comment): TradeRecord => {
  const { row, account, symbol } = position
  const at = secondsOf(world)
  leave(world, position)
  const removed: TradeRecord = {
    ...row,
    state: TradeState.DELETED,
    closeTime: at,
    closePrice: closeSide(world.quotes, symbol.index, row.cmd % 2 === 1),
    comment,
    timestamp: at,
  }
  account.today.push(removed)
  world.emit([trade(ChangeKind.CLOSED, removed)])
  return removed
}

/** Turns a pending into a position at `price`, under the same ticket. */
export const activate = (world: World, position: Position, price: number): void => {
  const { row, account, symbol } = position
  const at = secondsOf(world)
  account.pendings.splice(account.pendings.indexOf(position), 1)
  position.row = {
    ...row,
    cmd: row.cmd % 2 === 1 ? Cmd.SELL : Cmd.BUY,
    openTime: at,
    expiration: 0,
    ...openingFields(world, account.group, symbol, row.volume, price),
    timestamp: at,
  }
  enter(world, position)
  world.counters.activated++
  world.emit([trade(ChangeKind.ACTIVATED, position.row)])
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

/** Books a deposit, withdrawal (negative amount) or credit; record and new balance are one transaction. */
export const bookMoney = (
  world: World,
  account: Account,
  cmd: typeof Cmd.BALANCE | typeof Cmd.CREDIT,
  amount: number,
  comment: string,
): TradeRecord => {
  const at = secondsOf(world)
  const { digits } = account.group
  const profit = roundTo(amount, digits)
  const row = tradeRecord({
    order: ++world.lastOrder,
    login: account.user.login,
    cmd,
    openTime: at,
    closeTime: at,
    state: TradeState.CLOSED_NORMAL,
    profit,
    comment,
    timestamp: at,
  })
  const { balance, credit } = account.user
  account.user = changedUser(
    account.user,
    at,
    cmd === Cmd.BALANCE
      ? { balance: roundTo(balance + profit, digits) }
      : { credit: roundTo(credit + profit, digits) },
  )
  account.today.push(row)
  if (profit > 0) world.counters.deposits++
  else world.counters.withdrawals++
  world.emit([trade(ChangeKind.ADDED, row), user(account)])
  return row
}
