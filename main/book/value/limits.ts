import { scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { MarginType } from '../../../shared/mt4/enums.ts'
import { type Deciding, decisions } from '../formulas/decisions.ts'
import type { World } from '../world/world.ts'
import { accountDigits } from './figures.ts'

const NEVER = Number.NEGATIVE_INFINITY

/**
 * The open results (in units) at which an account meets its margin call and its stop-out, so that a pass needs two
 * comparisons an account: call at `floating <= callAt`, stop-out at `floating < stopAt`. They say what `levelTypeOf`
 * says; a level is met as a sum of money, equity against level × margin, not as a quotient.
 */
export const levelLimits = (
  rules: {
    readonly marginType: number
    readonly marginCall: number
    readonly marginStopout: number
    readonly stopoutSkipHedged: number
  },
  funds: number,
  margin: number,
  scale: number,
  d: Deciding<'marginCallAt' | 'stopOutAt'> = decisions,
): { callAt: number; stopAt: number } => {
  const fundsUnits = toUnits(funds, scale)
  if (!(margin > 0)) {
    const stopAt = rules.stopoutSkipHedged === 0 ? -fundsUnits : NEVER
    // Below zero is stop-out at once: there is no call before it.
    return { callAt: stopAt === NEVER ? NEVER : Math.ceil(stopAt) - 0.5, stopAt }
  }
  const unitsAt = (level: number): number =>
    rules.marginType === MarginType.CURRENCY ? level * scale : (level * toUnits(margin, scale)) / 100
  const stop = unitsAt(rules.marginStopout) - fundsUnits
  const call = unitsAt(rules.marginCall) - fundsUnits
  // Results are whole units: half a unit beside a limit takes it in or leaves it out.
  const stopAt = d.stopOutAt === 'below' ? stop : Math.floor(stop) + 0.5
  const callAt = d.marginCallAt === 'at-or-below' ? call : Math.ceil(call) - 0.5
  // Who is stopped out has met the margin call.
  return { callAt: Math.max(callAt, Math.ceil(stopAt) - 0.5), stopAt }
}

/** Writes an account's limits; without positions or group there is nothing to meet. */
export const limitAccount = (world: World, account: number): void => {
  const { callAt, stopAt, count } = world.ledger.columns
  const u = world.users.columns
  const group = u.groupSlot[account] as number
  callAt[account] = NEVER
  stopAt[account] = NEVER
  if (group < 0 || count[account] === 0) return
  const g = world.groups.columns
  const limits = levelLimits(
    {
      marginType: g.marginType[group] as number,
      marginCall: g.marginCall[group] as number,
      marginStopout: g.marginStopout[group] as number,
      stopoutSkipHedged: g.stopoutSkipHedged[group] as number,
    },
    (u.balance[account] as number) + (u.credit[account] as number),
    u.margin[account] as number,
    scaleOf(accountDigits(world, account)),
    world.decisions,
  )
  callAt[account] = limits.callAt
  stopAt[account] = limits.stopAt
}
