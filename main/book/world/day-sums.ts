import { currencyDigits, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { isMarketCmd, isMoneyCmd, isPendingCmd } from '../../../shared/mt4/enums.ts'
import { accountCurrency, TradeKind, type World } from './world.ts'

/** What a trade record is to the book. */
export const kindOf = (cmd: number, closeTime: number): number => {
  if (isMoneyCmd(cmd)) return TradeKind.MONEY
  if (isMarketCmd(cmd)) return closeTime === 0 ? TradeKind.MARKET : TradeKind.CLOSED
  return closeTime === 0 && isPendingCmd(cmd) ? TradeKind.PENDING : TradeKind.NONE
}

/** What sums of the day need to know of a money operation or a closed trade. */
export type Booking = {
  kind: number
  account: number
  /** Server-local seconds: when money was booked, a trade closed. */
  time: number
  profit: number
  storage: number
  /** Commission and taxes. */
  commission: number
  agent: number
}

/** When a money operation was booked, or a trade closed. */
export const timeOfBooking = (kind: number, openTime: number, closeTime: number): number =>
  kind === TradeKind.MONEY ? openTime : closeTime

export const scaleOfAccount = (world: World, account: number): number =>
  scaleOf(currencyDigits(accountCurrency(world, account)))

/** Adds `sign` times a booking to the sums of the server's day. */
export const addToDay = (world: World, booking: Booking, sign: 1 | -1): void => {
  const { kind, account, time } = booking
  if (account < 0) return
  const u = world.users.columns
  world.fundsVersion++
  if (time < world.dayStart) return
  const scale = scaleOfAccount(world, account)
  const add = (column: Float64Array, amount: number): void => {
    column[account] = (column[account] as number) + sign * toUnits(amount, scale)
  }
  if (kind === TradeKind.MONEY) add(u.moneyUnits, booking.profit)
  else {
    add(u.realisedUnits, booking.profit)
    add(u.swapUnits, booking.storage)
    add(u.commissionUnits, booking.commission)
    add(u.agentUnits, booking.agent)
  }
}
