import { RetCode } from '../../../shared/mt4/ret-code.ts'
import { type Deciding, decisions } from './decisions.ts'

/** When free margin is looked at (reference §3.9): as the order comes, after the dealer's answer, as a pending fills. */
export type CheckMoment = 'placed' | 'answered' | 'activation'

/** Whether the check runs at that moment; `freeMarginMode` 1 of the security leaves out the one after the dealer. */
export const checksMargin = (moment: CheckMoment, freeMarginMode: number): boolean =>
  moment !== 'answered' || freeMarginMode !== 1

/**
 * What a passed or failed margin check means: OK, NO_MONEY, or, for a manager's own order, OK with a warning (decision
 * U19).
 */
export const marginVerdict = (
  passes: boolean,
  byManager: boolean,
  d: Deciding<'managerMargin'> = decisions,
): { readonly code: RetCode; readonly warns: boolean } => {
  if (passes) return { code: RetCode.OK, warns: false }
  return byManager && d.managerMargin === 'warn'
    ? { code: RetCode.OK, warns: true }
    : { code: RetCode.TRADE_NO_MONEY, warns: false }
}

/** Whether one more order fits the group's `maxPositions`, which counts positions and pendings (decision U18). */
export const ordersAllow = (
  held: number,
  maxPositions: number,
  d: Deciding<'zeroMaxPositions'> = decisions,
): boolean => (maxPositions === 0 && d.zeroMaxPositions === 'unlimited') || held < maxPositions
