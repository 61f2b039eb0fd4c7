import { pointOf, roundTo } from '../../../shared/money/rounding.ts'
import { SwapType } from '../../../shared/mt4/enums.ts'
import { type Deciding, decisions } from './decisions.ts'

/** `ConCommon.rollovers_mode`, one for the whole server. */
export const RolloverMode = { NORMAL: 0, REOPEN_BY_CLOSE_PRICE: 1, REOPEN_BY_BID: 2 } as const

/** `ConCommon.statement_mode`: what the opening time of a reopened position is. */
export const StatementMode = { END_DAY: 0, START_DAY: 1 } as const

const MOST_DIGITS = 8

/** Whether positions of a symbol are closed and reopened at rollover: only swaps in points can shift a price. */
export const reopensAtRollover = (mode: number, swapType: number): boolean =>
  mode !== RolloverMode.NORMAL && swapType === SwapType.POINTS

/** Price at which a position closes at a reopening rollover: its own close side, or the bid for both directions. */
export const rolloverPrice = (mode: number, sell: boolean, bid: number, ask: number): number =>
  mode === RolloverMode.REOPEN_BY_CLOSE_PRICE && sell ? ask : bid

/** Decimals of a number of points, e.g. 2 for 0.33. */
const decimalsOf = (points: number): number => {
  for (let decimals = 0; decimals < MOST_DIGITS; decimals++) {
    const scaled = points * 10 ** decimals
    if (Math.abs(scaled - Math.round(scaled)) < 1e-7) return decimals
  }
  return MOST_DIGITS
}

/**
 * Open price of a position that is reopened: the rollover price shifted by the swap's points; fractions of a point
 * extend the price's digits, to at most 8 (the help's examples: 1.39805 and 2 → 1.39807, 0.33 → 1.3980533).
 *
 * @param days of swap due (`swapDays`)
 */
export const reopenPrice = (
  sell: boolean,
  price: number,
  swap: number,
  days: number,
  digits: number,
  d: Deciding<'rolloverShift'> = decisions,
): number => {
  const sign = d.rolloverShift === 'add' || sell ? 1 : -1
  const points = swap * days * sign
  return roundTo(price + points * pointOf(digits), Math.min(MOST_DIGITS, digits + decimalsOf(points)))
}

/** Opening time of a reopened position, server-local seconds. `nextSession` = start of the symbol's next trade session. */
export const reopenTime = (statementMode: number, dayEnd: number, nextSession: number): number =>
  statementMode === StatementMode.START_DAY ? nextSession : dayEnd

/**
 * Variation margin (`swapVariationMargin`), after the day's swap: what a position stands at is booked as a balance
 * operation of its own, and the position goes on from the market's price without swap. Money in deposit currency,
 * rounded; commission and taxes stay on the position.
 */
export const variationMargin = (
  profit: number,
  storage: number,
  marketPrice: number,
  digits: number,
): { readonly amount: number; readonly openPrice: number; readonly storage: 0 } => ({
  amount: roundTo(profit + storage, digits),
  openPrice: marketPrice,
  storage: 0,
})
