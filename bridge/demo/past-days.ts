import { moneyRecord } from '../../main/book/formulas/lifecycle/money.ts'
import type { TradeRecord } from '../../shared/bridge/tables.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd, TradeState } from '../../shared/mt4/enums.ts'
import { serverDayStart } from '../../shared/mt4/server-time.ts'
import type { Random } from '../../shared/runtime/ports.ts'
import { agentComment, agentIsPaid } from './agents.ts'
import { priceThen } from './drafts.ts'
import { depositCurrencies, roughUsd } from './groups.ts'
import { pastTrade } from './past-trade.ts'
import { between, chance, createRandom, cumulate, exponential, normal, pick, weighted } from './random.ts'
import { tradeRecord } from './records.ts'
import { charges, openProfit, refreshRates } from './valuation.ts'
import { type Account, type Position, type SymbolState, secondsOf, type World } from './world.ts'

/** Trades closed and money moved by an average account in a whole day. */
const CLOSED_A_DAY = 0.4
const MONEY_A_DAY = 0.03

/** Result of closed records and deposits: what they changed the balance by. */
export const booked = (rows: readonly Omit<TradeRecord, 'order'>[], digits: number): number =>
  roundTo(
    rows.reduce(
      (sum, row) =>
        row.state === TradeState.DELETED || row.cmd === Cmd.CREDIT ? sum : sum + row.profit + charges(row),
      0,
    ),
    digits,
  )

const closedTrade = (
  world: World,
  random: Random,
  account: Account,
  symbol: SymbolState,
  dayStart: number,
): void => {
  const now = secondsOf(world)
  const closeTime = Math.floor(between(random, dayStart + 60, now))
  const openTime = Math.max(dayStart, Math.floor(closeTime - 30 - exponential(random, 3600)))
  const order = ++world.lastOrder
  const funds = account.user.balance
  const row = pastTrade(world, random, account, symbol, { order, openTime, closeTime, funds, upTo: 3 })
  account.today.push(row)
  const paid = agentIsPaid(world, account, row.commissionAgent)
  if (paid) {
    const { user, group } = paid.agent
    const given = { login: user.login, cmd: Cmd.BALANCE, amount: paid.amount, digits: group.digits }
    const comment = agentComment(order)
    paid.agent.today.push(moneyRecord({ ...given, order: ++world.lastOrder, comment, at: closeTime }))
  }
}

const moneyMoved = (world: World, random: Random, account: Account, dayStart: number): void => {
  const at = Math.floor(between(random, dayStart + 60, secondsOf(world)))
  const out = chance(random, 0.35)
  const size = pick(random, [100, 200, 250, 500, 1000, 2000, 5000])
  const amount = roundTo(size / roughUsd[account.group.currency] / 50, 0) * 50
  if (out && amount > account.user.balance / 3) return
  account.today.push(
    tradeRecord({
      order: ++world.lastOrder,
      login: account.user.login,
      cmd: Cmd.BALANCE,
      openTime: at,
      closeTime: at,
      state: TradeState.CLOSED_NORMAL,
      profit: out ? -amount : amount,
      comment: out ? 'Withdrawal' : pick(random, ['Deposit card', 'Deposit wire', 'Deposit']),
      timestamp: at,
    }),
  )
}

/** Who came today has nothing but a first deposit behind it, and perhaps a bonus. */
const bookWelcome = (world: World, account: Account, amount: number): void => {
  const { login, registrationDate: at, credit } = account.user
  const book = (cmd: typeof Cmd.BALANCE | typeof Cmd.CREDIT, profit: number, comment: string): void => {
    const state = TradeState.CLOSED_NORMAL
    const order = ++world.lastOrder
    account.today.push(
      tradeRecord({ order, login, cmd, openTime: at, closeTime: at, state, profit, comment, timestamp: at }),
    )
  }
  if (amount !== 0) book(Cmd.BALANCE, amount, 'Deposit')
  if (credit !== 0) book(Cmd.CREDIT, credit, 'Bonus')
}

/** What already closed and was booked since the server's midnight, for some of these accounts; moves their balances. */
export const bookToday = (world: World, random: Random, accounts: readonly Account[]): void => {
  const dayStart = serverDayStart(secondsOf(world))
  const part = (secondsOf(world) - dayStart) / 86_400
  if (secondsOf(world) - dayStart < 300 || accounts.length === 0) return
  const popularity = cumulate(world.symbols.map((symbol) => symbol.instrument.weight))
  const older = accounts.filter((account) => account.user.registrationDate < dayStart)
  if (older.length === 0) return
  for (let i = Math.ceil(older.length * part * CLOSED_A_DAY); i > 0; i--) {
    const symbol = world.symbols[weighted(random, popularity)] as SymbolState
    closedTrade(world, random, pick(random, older), symbol, dayStart)
  }
  for (let i = Math.ceil(older.length * part * MONEY_A_DAY); i > 0; i--)
    moneyMoved(world, random, pick(random, older), dayStart)
  for (const account of older)
    if (account.today.length > 0) {
      const { digits } = account.group
      const balance = roundTo(account.user.balance + booked(account.today, digits), digits)
      account.user = { ...account.user, balance }
    }
}

type Moment = Pick<World, 'quotes' | 'rates' | 'symbols'>

/** Quotes and rates as they were at a time of the past. */
const momentOf = (world: World, at: number): Moment => {
  const bid = new Float64Array(world.symbols.length)
  const ask = new Float64Array(world.symbols.length)
  for (const symbol of world.symbols) {
    bid[symbol.index] = priceThen(world, symbol, true, at)
    ask[symbol.index] = priceThen(world, symbol, false, at)
  }
  const size = world.symbols.length * depositCurrencies.length
  const moment = {
    symbols: world.symbols,
    quotes: { bid, ask },
    rates: { buy: new Float64Array(size), sell: new Float64Array(size) },
  }
  refreshRates(moment)
  return moment
}

const floatingThen = (moment: Moment, positions: readonly Position[], at: number): number => {
  let sum = 0
  for (const position of positions)
    if (position.row.openTime < at) sum += openProfit(moment, position) + charges(position.row)
  return sum
}

/** The first second of the month that holds a server-local second. */
export const monthStart = (seconds: number): number => {
  const date = new Date(seconds * 1000)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 1000
}

/**
 * Balance and equity at the end of the previous day and month. The day's follow from what is booked and from the prices
 * of that midnight; the month's balance is drawn, and `account-history.ts` tells a story that leads to both.
 */
export const setPreviousBalances = (world: World): void => {
  const random = createRandom(world.options.seed, 'months')
  const now = secondsOf(world)
  const dayStart = serverDayStart(now)
  const month = monthStart(now)
  const midnight = momentOf(world, dayStart)
  const lastMonth = momentOf(world, month)
  for (const account of world.accounts) {
    const { user, group, positions } = account
    const { digits } = group
    const moved = booked(account.today, digits)
    if (user.registrationDate < dayStart) {
      const prevBalance = roundTo(user.balance - moved, digits)
      const floating = floatingThen(midnight, positions, dayStart)
      account.user = {
        ...account.user,
        prevBalance,
        prevEquity: roundTo(prevBalance + user.credit + floating, digits),
      }
    } else bookWelcome(world, account, roundTo(user.balance - moved, digits))
    if (user.registrationDate < month) {
      const swing = Math.min(0.6, Math.max(-0.4, 0.12 * normal(random)))
      const prevMonthBalance = roundTo(account.user.prevBalance * (1 - swing), digits)
      const floating = floatingThen(lastMonth, positions, month)
      account.user = {
        ...account.user,
        prevMonthBalance,
        prevMonthEquity: roundTo(prevMonthBalance + user.credit + floating, digits),
      }
    }
    const { prevBalance: balance, prevMonthBalance: monthBalance } = account.user
    account.start = { ...account.start, balance, monthBalance }
  }
}
