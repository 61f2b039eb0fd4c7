import {
  type ConversionPlan,
  closingRate,
  indexPairs,
  profitPlan,
} from '../../main/book/formulas/conversion.ts'
import { type MarginRatePlan, marginRateAtOpen, marginRatePlan } from '../../main/book/formulas/margin.ts'
import { positionProfit } from '../../main/book/formulas/profit.ts'
import type { Statement } from '../../main/statements/types.ts'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import type { GroupRecord, SymbolRecord, TradeRecord, UserRecord } from '../../shared/bridge/tables.ts'
import { currencyDigits, roundTo } from '../../shared/money/rounding.ts'
import { TradeState } from '../../shared/mt4/enums.ts'
import type { Change } from '../source.ts'
import { blankTrade, replayGroup, replayUser } from './replay-records.ts'
import type { PlannedTrade } from './schedule.ts'

/** Accounts and trades of a replay. Pure state: prices and times are told to it, changes come out. */
export type ReplayWorld = {
  readonly groups: readonly GroupRecord[]
  readonly users: ReadonlyMap<number, UserRecord>
  readonly trades: ReadonlyMap<number, TradeRecord>
  readonly quote: (symbol: number, bid: number, ask: number) => void
  /** Puts a planned trade on the market; null when the symbol has no quote yet. */
  readonly open: (plan: PlannedTrade, serverSeconds: number) => { order: number; changes: Change[] } | null
  /** Closes at the market; [] when the position is gone or its result cannot be converted. */
  readonly close: (order: number, serverSeconds: number) => Change[]
  readonly loginOf: (owner: number) => number
}

/** First login given to statements that carry no usable account number. */
const FIRST_LOGIN = 70_000_000

const logins = (statements: readonly Statement[]): number[] => {
  const taken = new Set<number>()
  return statements.map((s, i) => {
    const printed = /^\d{1,9}$/u.test(s.account) ? Number(s.account) : 0
    let login = printed > 0 ? printed : FIRST_LOGIN + i
    while (taken.has(login)) login += 1
    taken.add(login)
    return login
  })
}

export const createReplayWorld = (
  statements: readonly Statement[],
  symbols: readonly SymbolRecord[],
  serverSeconds: number,
): ReplayWorld => {
  const owners = logins(statements)
  const groups = [...new Set(statements.map((s) => s.currency))].map(replayGroup)
  const users = new Map(
    statements.map((s, i) => [owners[i] as number, replayUser(s, owners[i] as number, serverSeconds)]),
  )
  const trades = new Map<number, TradeRecord>()
  const used = new Set<number>()
  const pairs = indexPairs(symbols)
  const quotes = { bid: new Float64Array(symbols.length), ask: new Float64Array(symbols.length) }
  const plans = new Map<string, { profit: ConversionPlan; margin: MarginRatePlan }>()
  let lastTicket = statements.reduce(
    (top, s) => [...s.open, ...s.closed].reduce((t, x) => Math.max(t, x.order), top),
    0,
  )

  const planFor = (symbol: SymbolRecord, currency: string) => {
    const key = `${symbol.index} ${currency}`
    const known = plans.get(key)
    if (known !== undefined) return known
    const made = {
      profit: profitPlan(symbol, currency, pairs),
      margin: marginRatePlan(symbol, currency, pairs),
    }
    plans.set(key, made)
    return made
  }
  const ticketFor = (wanted: number): number => {
    if (wanted > 0 && wanted < 2 ** 31 && !used.has(wanted)) return wanted
    lastTicket = (lastTicket + 1) % (2 ** 31 - 1)
    while (lastTicket === 0 || used.has(lastTicket)) lastTicket += 1
    return lastTicket
  }
  const currencyOf = (login: number): string =>
    groups.find((g) => g.group === users.get(login)?.group)?.currency ?? 'USD'

  return {
    groups,
    users,
    trades,
    loginOf: (owner) => owners[owner] as number,
    quote: (symbol, bid, ask) => {
      quotes.bid[symbol] = bid
      quotes.ask[symbol] = ask
    },
    open: (plan, seconds) => {
      const symbol = symbols[plan.symbol] as SymbolRecord
      const [bid, ask] = [quotes.bid[plan.symbol] as number, quotes.ask[plan.symbol] as number]
      if (!(bid > 0 && ask > 0)) return null
      const login = owners[plan.owner] as number
      const sell = plan.cmd === 1
      const closeSide = sell ? ask : bid
      const openPrice = roundTo(
        plan.openAt < 0 ? closeSide - (sell ? -1 : 1) * plan.distance : sell ? bid : ask,
        symbol.digits,
      )
      if (!(openPrice > 0)) return null
      const order = ticketFor(plan.ticket)
      used.add(order)
      const rate = marginRateAtOpen(planFor(symbol, currencyOf(login)).margin, openPrice, quotes)
      const level = (distance: number): number =>
        distance === 0 ? 0 : Math.max(0, roundTo(openPrice + distance, symbol.digits))
      const row: TradeRecord = {
        ...blankTrade,
        order,
        login,
        symbol: symbol.symbol,
        digits: symbol.digits,
        cmd: plan.cmd,
        volume: plan.volume,
        openTime: seconds,
        openPrice,
        sl: level(plan.sl),
        tp: level(plan.tp),
        commission: plan.commission,
        storage: plan.storage,
        comment: plan.comment,
        marginRate: Number.isFinite(rate) ? rate : 0,
        timestamp: seconds,
      }
      trades.set(order, row)
      return { order, changes: [{ stream: 'trades', kind: ChangeKind.ADDED, row }] }
    },
    close: (order, seconds) => {
      const row = trades.get(order)
      const user = row && users.get(row.login)
      const symbol = row && symbols.find((s) => s.symbol === row.symbol)
      if (row === undefined || user === undefined || symbol === undefined || row.closeTime !== 0) return []
      const sell = row.cmd === 1
      const closePrice = (sell ? quotes.ask[symbol.index] : quotes.bid[symbol.index]) as number
      const currency = currencyOf(row.login)
      const digits = currencyDigits(currency)
      const rate = closingRate(planFor(symbol, currency).profit, sell, quotes, symbol.index, closePrice)
      const profit = positionProfit(symbol, sell, row.volume, row.openPrice, closePrice, rate, digits)
      if (!Number.isFinite(profit)) return []
      const closed = {
        ...row,
        closePrice,
        profit,
        closeTime: seconds,
        state: TradeState.CLOSED_NORMAL,
        timestamp: seconds,
      }
      const balance = roundTo(user.balance + profit + row.storage + row.commission + row.taxes, digits)
      const paid = { ...user, balance, timestamp: seconds }
      trades.set(order, closed)
      users.set(user.login, paid)
      return [
        { stream: 'trades', kind: ChangeKind.CLOSED, row: closed },
        { stream: 'users', kind: ChangeKind.UPDATED, row: paid },
      ]
    },
  }
}
