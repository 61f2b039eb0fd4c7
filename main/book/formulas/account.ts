import { roundTo } from '../../../shared/money/rounding.ts'
import { FreeMarginMode, LevelType, MarginType } from '../../../shared/mt4/enums.ts'
import { type Deciding, decisions } from './decisions.ts'

/** equity = balance + credit + floating, rounded to the deposit currency. The group's virtual credit is no part of it. */
export const equityOf = (balance: number, credit: number, floating: number, digits: number): number =>
  roundTo(balance + credit + floating, digits)

/** Free margin by `ConGroup.marginMode`: which part of the floating result counts (reference §3.7). */
export const freeMarginOf = (
  mode: number,
  balance: number,
  credit: number,
  floating: number,
  margin: number,
  digits: number,
): number => {
  const counted =
    mode === FreeMarginMode.USE_ALL
      ? floating
      : mode === FreeMarginMode.USE_PROFIT
        ? Math.max(floating, 0)
        : mode === FreeMarginMode.USE_LOSS
          ? Math.min(floating, 0)
          : 0
  return roundTo(balance + credit - margin + counted, digits)
}

const LARGEST = Number.MAX_VALUE

/**
 * Margin level: per cent of the margin, or equity in money when the group's levels are in money. NaN (blank) in
 * per cent while no margin is used.
 */
export const marginLevelOf = (marginType: number, equity: number, margin: number): number => {
  if (marginType === MarginType.CURRENCY) return equity
  if (!(margin > 0)) return Number.NaN
  return Math.min(LARGEST, Math.max(-LARGEST, (equity / margin) * 100))
}

/** The group's rules for margin call and stop-out. Levels in % or money by `marginType`. */
export type LevelRules = {
  readonly marginType: number
  readonly marginCall: number
  readonly marginStopout: number
  readonly stopoutSkipHedged: number
}

/**
 * Margin-call and stop-out state of an account (reference §3.8; comparators by decisions U2 and U3: margin call at or
 * below its level, stop-out below). Accounts without open positions are always OK. With zero margin (all hedged) only
 * negative equity counts, and only unless the group skips hedged accounts.
 */
export const levelTypeOf = (
  rules: LevelRules,
  equity: number,
  margin: number,
  positions: number,
  d: Deciding<'marginCallAt' | 'stopOutAt'> = decisions,
): LevelType => {
  if (positions === 0) return LevelType.OK
  if (!(margin > 0)) {
    return rules.stopoutSkipHedged === 0 && equity < 0 ? LevelType.STOPOUT : LevelType.OK
  }
  const level = marginLevelOf(rules.marginType, equity, margin)
  if (level < rules.marginStopout || (level === rules.marginStopout && d.stopOutAt === 'at-or-below'))
    return LevelType.STOPOUT
  const called = level < rules.marginCall || (level === rules.marginCall && d.marginCallAt === 'at-or-below')
  return called ? LevelType.MARGINCALL : LevelType.OK
}

/**
 * Pre-trade check (reference §3.9): free margin after the operation plus the group's virtual credit covers it, or the
 * operation only reduces risk (opposite to what is open, and total margin does not grow) where the symbol allows that.
 */
export const marginCheckPasses = (check: {
  readonly freeMarginAfter: number
  readonly virtualCredit: number
  readonly marginBefore: number
  readonly marginAfter: number
  readonly opposite: boolean
  readonly hedgedStrong: boolean
}): boolean =>
  check.freeMarginAfter + check.virtualCredit >= 0 ||
  (!check.hedgedStrong && check.opposite && check.marginAfter <= check.marginBefore)

/** Day result: equity now − equity at the server's day start − money moved today, rounded. */
export const dayResult = (equity: number, prevEquity: number, moneyToday: number, digits: number): number =>
  roundTo(equity - prevEquity - moneyToday, digits)
