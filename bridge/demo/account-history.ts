import type { TradeRecord } from '../../shared/bridge/tables.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd, TradeState } from '../../shared/mt4/enums.ts'
import { serverDayStart } from '../../shared/mt4/server-time.ts'
import type { Random } from '../../shared/runtime/ports.ts'
import { roughUsd } from './groups.ts'
import { booked, monthStart } from './past-days.ts'
import { pastTrade } from './past-trade.ts'
import { between, createRandom, cumulate, exponential, weighted } from './random.ts'
import { tradeRecord } from './records.ts'
import { closeProfit } from './valuation.ts'
import type { Account, SymbolState, World } from './world.ts'

/** Tickets of the past: every account has this many of its own, so that no two histories share one. */
const HISTORY_TICKETS = 240
const FIRST_TICKET = 1_000_000
const MOST_TRADES = 90
/** Trades that carry what the drawn ones leave over. */
const STEERING_TRADES = 3
const DAY = 86_400

/** Tickets from here on belong to what is open or closed since. */
export const firstLiveOrder = (accounts: number): number => FIRST_TICKET + HISTORY_TICKETS * accounts

/** A record without its ticket; tickets follow the order of time. */
type Entry = Omit<TradeRecord, 'order'>

const transfer = (
  account: Account,
  cmd: typeof Cmd.BALANCE | typeof Cmd.CREDIT,
  at: number,
  amount: number,
  comment: string,
): Entry =>
  tradeRecord({
    order: 0,
    login: account.user.login,
    cmd,
    openTime: at,
    closeTime: at,
    state: TradeState.CLOSED_NORMAL,
    profit: amount,
    comment,
    timestamp: at,
  })

const money = (account: Account, at: number, amount: number, comment: string): Entry =>
  transfer(account, Cmd.BALANCE, at, amount, comment)

type Span = { readonly from: number; readonly to: number }

const closedTrade = (
  world: World,
  random: Random,
  account: Account,
  span: Span,
  funds: number,
  popularity: readonly number[],
): Entry => {
  const symbol = world.symbols[weighted(random, popularity)] as SymbolState
  const closeTime = Math.floor(between(random, span.from + 120, span.to - 1))
  const openTime = Math.max(span.from + 60, Math.floor(closeTime - 60 - exponential(random, DAY / 3)))
  return pastTrade(world, random, account, symbol, { order: 0, openTime, closeTime, funds, upTo: 2.5 })
}

/** A trade whose result comes as near to `target` as its price steps allow: the closing price is what that needs. */
const steeringTrade = (world: World, account: Account, entry: Entry, target: number): Entry => {
  const symbol = world.symbolByName.get(entry.symbol) as SymbolState
  const position = { row: { ...entry, order: 0 }, account, symbol, live: false }
  const probe = entry.openPrice * (entry.cmd === Cmd.BUY ? 1.01 : 0.99)
  const gain = closeProfit(world, position, entry.volume, probe)
  if (!(gain > 0)) return entry
  const wanted = (target - entry.commission - entry.taxes) / gain
  const move = Math.min(0.05, Math.max(-0.05, wanted * 0.01)) * (entry.cmd === Cmd.BUY ? 1 : -1)
  const closePrice = roundTo(entry.openPrice * (1 + move), entry.digits)
  return { ...entry, closePrice, profit: closeProfit(world, position, entry.volume, closePrice) }
}

/**
 * What happened to an account in one span, adding up to `target` to the cent: drawn trades and money, then a few trades
 * and one transfer that lead to the target, and the last cents as swap of the last trade.
 */
const story = (
  world: World,
  random: Random,
  account: Account,
  span: Span,
  opening: number,
  target: number,
): Entry[] => {
  const { digits, currency } = account.group
  const popularity = cumulate(world.symbols.map((symbol) => symbol.instrument.weight))
  const entries: Entry[] = []
  const tradesFrom = Math.max(span.from, world.history.from)
  const days = (span.to - tradesFrom) / DAY
  const end = opening + target
  const unit = Math.max(1, Math.round(50 / roughUsd[currency]))
  if (opening === 0) {
    const first = Math.max(unit, Math.round((Math.abs(end) * between(random, 0.6, 1.2)) / unit) * unit)
    entries.push(money(account, span.from + 1, first, 'Deposit'))
  }
  const funds = Math.max(unit, (opening + end) / 2)
  if (days > 0.02) {
    const count = Math.min(MOST_TRADES, Math.round(days * between(random, 0.1, 0.45)))
    for (let i = 0; i < count; i++)
      entries.push(closedTrade(world, random, account, { from: tradesFrom, to: span.to }, funds, popularity))
  }
  const gap = (): number => roundTo(target - booked(entries, digits), digits)
  if (Math.abs(gap()) > funds * 0.15) {
    const amount = Math.trunc(gap() / unit) * unit
    const at = Math.floor(between(random, span.from + 2, span.to - 1))
    if (amount !== 0) entries.push(money(account, at, amount, amount > 0 ? 'Deposit' : 'Withdrawal'))
  }
  if (days > 0.02)
    for (let i = 0; i < STEERING_TRADES && gap() !== 0; i++) {
      const range = { from: tradesFrom, to: span.to }
      const draft = closedTrade(world, random, account, range, funds, popularity)
      entries.push(steeringTrade(world, account, draft, gap()))
    }
  const rest = gap()
  if (rest !== 0) entries.push(...settle(account, entries, span, rest))
  return entries
}

/** Puts the last cents into the swap of a trade that was held overnight, or books a correction where there is none. */
const settle = (account: Account, entries: Entry[], span: Span, rest: number): Entry[] => {
  const last = entries.findLastIndex((entry) => entry.cmd <= Cmd.SELL)
  if (last < 0) return [money(account, span.to - 1, rest, 'Correction')]
  const entry = entries[last] as Entry
  entries[last] = { ...entry, storage: roundTo(entry.storage + rest, account.group.digits) }
  return []
}

/** Everything that closed before the day on which the demo started; the same for the same seed and start. */
const pastRecords = (world: World, account: Account): TradeRecord[] => {
  const { user, index, start: opening } = account
  const start = Math.floor(world.startedAt / 1000)
  const dayStart = serverDayStart(start)
  const { balance, monthBalance, credit } = opening
  if (user.registrationDate >= dayStart || balance === 0) return []
  const random = createRandom(world.options.seed, 'history', user.login)
  const month = monthStart(start)
  const entries: Entry[] = []
  if (credit !== 0) entries.push(transfer(account, Cmd.CREDIT, user.registrationDate + 1, credit, 'Bonus'))
  if (user.registrationDate < month) {
    const span = { from: user.registrationDate, to: Math.min(month, dayStart) }
    entries.push(...story(world, random, account, span, 0, monthBalance))
    if (month < dayStart) {
      const rest = { from: month, to: dayStart }
      entries.push(...story(world, random, account, rest, monthBalance, balance - monthBalance))
    }
  } else
    entries.push(...story(world, random, account, { from: user.registrationDate, to: dayStart }, 0, balance))
  entries.sort((a, b) => a.openTime - b.openTime)
  const records: TradeRecord[] = []
  for (const [k, entry] of entries.entries())
    records.push({ ...entry, order: FIRST_TICKET + k * world.options.accounts + index })
  return records
}

/**
 * Closed trades and money operations of an account whose close time lies in [from, to] (server-local seconds), oldest
 * first. Over all time they add up to its balance to the cent.
 */
export const historyOf = (world: World, account: Account, from: number, to: number): TradeRecord[] =>
  [...pastRecords(world, account), ...account.archive, ...account.today]
    .filter((row) => row.closeTime >= from && row.closeTime <= to)
    .sort((a, b) => a.closeTime - b.closeTime || a.order - b.order)
