import { planRate } from '../../main/book/formulas/conversion.ts'
import { swapCharge, swapDays, swapRate } from '../../main/book/formulas/swap.ts'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd } from '../../shared/mt4/enums.ts'
import type { Change } from '../source.ts'
import { changedUser, tradeRecord } from './records.ts'
import { closeSide, figuresOf } from './valuation.ts'
import { type Account, type Group, type SymbolState, secondsOf, type World } from './world.ts'

/** Accounts rolled in one quantum: a large world takes some seconds, and no step becomes long. */
const SLICE = 2000
const DAY = 86_400

const weekday = (seconds: number): number => (Math.floor(seconds / DAY) + 4) % 7
const month = (seconds: number): number => new Date(seconds * 1000).getUTCMonth()

/** Swap of a position for some days in deposit currency, rounded (§3.10); 0 while it cannot be computed. */
export const swapOf = (
  world: Pick<World, 'quotes'>,
  group: Group,
  symbol: SymbolState,
  { cmd, volume, openPrice }: { readonly cmd: number; readonly volume: number; readonly openPrice: number },
  days: number,
): number => {
  if (days === 0) return 0
  const { row: s, index } = symbol
  const sell = cmd === Cmd.SELL
  const terms = {
    lots: volume / 100,
    swap: swapRate(s, sell, group.margins.get(s.symbol)),
    price: closeSide(world.quotes, index, sell),
    openPrice,
    rate: planRate(symbol.swapPlans[group.currencyIndex] ?? null, false, world.quotes),
  }
  return swapCharge(s, terms, days, group.digits) || 0
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
    const days = swapDays(symbol.row, account.group.row.useSwap, ended)
    const swap = swapOf(world, account.group, symbol, row, days)
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
