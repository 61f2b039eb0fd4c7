import { scaleOf } from '../../../../shared/money/rounding.ts'
import { MarginType } from '../../../../shared/mt4/enums.ts'
import { equityOf, marginLevelOf } from '../../formulas/account.ts'

/** What an account stands on, in its currency. */
export type Funds = {
  readonly balance: number
  readonly credit: number
  readonly floating: number
  readonly margin: number
  readonly marginType: number
  readonly digits: number
}

/**
 * Smallest deposit (in the smallest units the currency has) that brings the margin level to `target` or above: that much
 * and the level is there, one unit less and it is not. 0 when it is there already; null without a level.
 *
 * @param target in % or money by the group's margin type
 */
export const depositFor = (funds: Funds, target: number): number | null => {
  const { balance, credit, floating, margin, marginType, digits } = funds
  const scale = scaleOf(digits)
  const reaches = (units: number): boolean => {
    const equity = equityOf(balance + units / scale, credit, floating, digits)
    return marginLevelOf(marginType, equity, margin) >= target
  }
  const equity = equityOf(balance, credit, floating, digits)
  if (!Number.isFinite(marginLevelOf(marginType, equity, margin))) return null
  if (reaches(0)) return 0
  const wanted = marginType === MarginType.CURRENCY ? target : (target * margin) / 100
  let units = Math.max(1, Math.ceil((wanted - equity) * scale))
  if (!Number.isSafeInteger(units)) return null
  // The estimate is off by a unit at most, in either direction.
  while (!reaches(units)) units++
  while (units > 1 && reaches(units - 1)) units--
  return units / scale
}
