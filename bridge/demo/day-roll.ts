import { midPlan, planRate } from '../../main/book/formulas/conversion.ts'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd, ProfitMode, SwapType } from '../../shared/mt4/enums.ts'
import type { Change } from '../source.ts'
import { depositCurrencies } from './groups.ts'
import { lotValue } from './opening.ts'
import { changedUser, tradeRecord } from './records.ts'
import { closeSide, figuresOf } from './valuation.ts'
import { type Account, type Group, type Position, type SymbolState, secondsOf, type World } from './world.ts'

/** Accounts rolled in one quantum: a large world takes some seconds, and no step becomes long. */
const SLICE = 2000
const DAY = 86_400
const SATURDAY = 6

const weekday = (seconds: number): number => (Math.floor(seconds / DAY) + 4) % 7
const month = (seconds: number): number => new Date(seconds * 1000).getUTCMonth()

/** One day's swap of a position in deposit currency, rounded (§3.10, decision U11: two decimals, per position). */
export const dailySwap = (
  world: World,
  group: Group,
  symbol: SymbolState,
  cmd: number,
  volume: number,
): number => {
  const { row: s } = symbol
  const override = group.margins.get(s.symbol)
  const rate = cmd === Cmd.BUY ? (override?.swapLong ?? s.swapLong) : (override?.swapShort ?? s.swapShort)
  const lots = volume / 100
  const price = closeSide(world.quotes, symbol.index, cmd === Cmd.SELL)
  const unit = (amount: number): number => amount * lots
  switch (s.swapType) {
    case SwapType.POINTS: {
      const pointValue = (lotValue(world, group, symbol, price) / price) * symbol.point
      return roundTo(unit(rate * pointValue), group.digits)
    }
    case SwapType.INTEREST:
      return roundTo(unit((lotValue(world, group, symbol, price) * rate) / 100 / 360), group.digits)
    default: {
      const from = s.swapType === SwapType.MARGIN_CURRENCY ? s.marginCurrency : s.currency
      return roundTo(unit(rate * midRate(world, from, group.currencyIndex)), group.digits)
    }
  }
}

const midRate = (world: World, from: string, currency: number): number => {
  const to = depositCurrencies[currency] as string
  const find = (base: string, quote: string): number | undefined => {
    const symbol = world.symbolByName.get(base + quote)
    return symbol?.row.profitMode === ProfitMode.FOREX ? symbol.index : undefined
  }
  return planRate(midPlan(from, to, find), false, world.quotes) || 0
}

const swapDays = (position: Position, day: number): number => {
  if (position.account.group.row.useSwap === 0 || position.symbol.row.swapEnable === 0) return 0
  if (day === 0 || day === SATURDAY) return 0
  return day === position.symbol.row.swapRollover3Days ? 3 : 1
}

const rollAccount = (world: World, account: Account): void => {
  const at = secondsOf(world)
  const ended = weekday(at - DAY)
  const changes: Change[] = account.today.map(({ order }) => ({
    stream: 'trades',
    kind: ChangeKind.DELETED,
    row: tradeRecord({ order }),
  }))
  account.archive.push(...account.today)
  account.today = []
  for (const position of account.positions) {
    const { row, symbol } = position
    const swap = dailySwap(world, account.group, symbol, row.cmd, row.volume) * swapDays(position, ended)
    if (swap === 0) continue
    const storage = roundTo(position.row.storage + swap, account.group.digits)
    position.row = { ...position.row, storage, timestamp: at }
    changes.push({ stream: 'trades', kind: ChangeKind.UPDATED, row: position.row })
  }
  const { balance } = account.user
  const { equity } = figuresOf(world, account)
  const newMonth = month(at) !== month(at - DAY)
  const before = account.user
  const fields = {
    prevBalance: balance,
    prevEquity: equity,
    ...(newMonth ? { prevMonthBalance: balance, prevMonthEquity: equity } : {}),
  }
  if (newMonth || before.prevBalance !== balance || before.prevEquity !== equity) {
    account.user = changedUser(before, at, fields)
    changes.push({ stream: 'users', kind: ChangeKind.UPDATED, row: account.user })
  }
  if (changes.length > 0) world.emit(changes)
}

/**
 * The server's midnight: quotes stand still while swaps are charged (three times on the triple day, none on Saturday
 * and Sunday), yesterday's closed records leave the table, and balance and equity become the previous day's. Until it is
 * done every operation answers MARKET_CLOSED; the new day opens with a small gap.
 */
export const startRoll = (world: World): void => {
  world.rollAt = 0
  continueRoll(world)
}

export const continueRoll = (world: World): void => {
  const from = world.rollAt ?? 0
  const to = Math.min(world.accounts.length, from + SLICE)
  for (let i = from; i < to; i++) rollAccount(world, world.accounts[i] as Account)
  if (to < world.accounts.length) {
    world.rollAt = to
    return
  }
  world.rollAt = null
  world.market.gap()
  for (const symbol of world.symbols) {
    const bid = world.quotes.bid[symbol.index] as number
    symbol.high = bid
    symbol.low = bid
  }
}
