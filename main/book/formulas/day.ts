import { roundTo } from '../../../shared/money/rounding.ts'
import { dayResult } from './account.ts'
import { type Deciding, decisions } from './decisions.ts'

const DAY = 86_400

/** Start of the server's trading day that contains a server-local second (day end as set on the server). */
export const tradingDayStart = (seconds: number, d: Deciding<'dayEnd'> = decisions): number => {
  const end = d.dayEnd.hour * 3600 + d.dayEnd.minute * 60
  const into = (((seconds - end) % DAY) + DAY) % DAY
  return seconds - into
}

/** What an account's (or a total's) day is made of, one currency throughout. */
export type DaySums = {
  readonly equity: number
  /** Equity at the server's day start. */
  readonly prevEquity: number
  /** Balance and credit operations booked today. */
  readonly money: number
  /** Σ over positions closed today (deleted pendings do not count): price results, swap, commission + taxes, agent. */
  readonly closedProfit: number
  readonly closedSwap: number
  readonly closedCommission: number
  readonly closedAgent: number
}

export type DayFigures = {
  /** equity − equity at day start − money moved today */
  readonly dayPl: number
  readonly dayRealised: number
  readonly daySwap: number
  /** Commission and the taxes on it. */
  readonly dayCommission: number
  /** Change of floating since the day began: total − realised − swap − commission. */
  readonly dayUnrealised: number
  /** What agents earned on today's closes; informational, it does not reduce the client's equity. */
  readonly dayAgent: number
}

/**
 * The day's result and its parts, rounded to the currency; realised + swap + commission + unrealised = total. Variation
 * margin, interest and agent payments are balance operations and count as money moved.
 */
export const dayFigures = (sums: DaySums, digits: number): DayFigures => {
  const dayPl = dayResult(sums.equity, sums.prevEquity, sums.money, digits)
  const dayRealised = roundTo(sums.closedProfit, digits)
  const daySwap = roundTo(sums.closedSwap, digits)
  const dayCommission = roundTo(sums.closedCommission, digits)
  return {
    dayPl,
    dayRealised,
    daySwap,
    dayCommission,
    dayUnrealised: roundTo(dayPl - dayRealised - daySwap - dayCommission, digits),
    dayAgent: roundTo(sums.closedAgent, digits),
  }
}
