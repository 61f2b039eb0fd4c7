import { roundTo } from '../../../shared/money/rounding.ts'
import { type Deciding, decisions } from './decisions.ts'

const DAY = 86_400

/**
 * Interest on free margin that accrues in one day, deposit currency, unrounded: it is added to `UserRecord.interestRate`
 * and paid monthly (reference §3.11, decision U10). None without free margin, or where the group takes no swaps.
 *
 * @param annualPercent the group's `interestRate`
 */
export const interestOfDay = (
  freeMargin: number,
  annualPercent: number,
  useSwap: number,
  d: Deciding<'interestYear'> = decisions,
): number => (useSwap === 0 || !(freeMargin > 0) ? 0 : (freeMargin * annualPercent) / 100 / d.interestYear)

/** Accrued interest as it is credited: rounded, less the account's tax in per cent; `net` is the balance operation. */
export const interestPayment = (
  accrued: number,
  taxPercent: number,
  digits: number,
): { readonly gross: number; readonly tax: number; readonly net: number } => {
  const gross = roundTo(accrued, digits)
  const tax = roundTo((gross * taxPercent) / 100, digits)
  return { gross, tax, net: roundTo(gross - tax, digits) }
}

/** Whether accrued interest is credited on the day that begins at this server-local second (decision U10). */
export const paysInterest = (dayStart: number, d: Deciding<'interestPaidOn'> = decisions): boolean => {
  const at = new Date((d.interestPaidOn === 'last-day' ? dayStart + DAY : dayStart) * 1000)
  return at.getUTCDate() === 1
}
