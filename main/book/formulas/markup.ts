import { pointOf, roundTo } from '../../../shared/money/rounding.ts'

export type Prices = { readonly bid: number; readonly ask: number }

/**
 * Bid and ask as a group sees them: the market's, wider (or narrower) by the group's `spreadDiff` points (reference
 * §2.6 step 3). The bid moves by half, rounded to the symbol's digits; the ask keeps the spread plus the difference.
 */
export const markedUp = (bid: number, ask: number, spreadDiff: number, digits: number): Prices => {
  if (spreadDiff === 0) return { bid, ask }
  const point = pointOf(digits)
  const lower = roundTo(bid - (point * spreadDiff) / 2, digits)
  return { bid: lower, ask: roundTo(lower + (ask - bid) + point * spreadDiff, digits) }
}
