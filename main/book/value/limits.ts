import { toUnits } from '../../../shared/money/rounding.ts'
import { MarginType } from '../../../shared/mt4/enums.ts'
import { type Deciding, decisions } from '../formulas/decisions.ts'
import { currencyScales } from '../world/currency-scales.ts'
import type { World } from '../world/world.ts'

const NEVER = Number.NEGATIVE_INFINITY

/** Open result, in units, at which equity is at `level`. */
const unitsAt = (
  marginType: number,
  level: number,
  fundsUnits: number,
  margin: number,
  scale: number,
): number =>
  (marginType === MarginType.CURRENCY ? level * scale : (level * toUnits(margin, scale)) / 100) - fundsUnits

// Results are whole units: half a unit beside a limit takes it in or leaves it out.

const stopLimit = (
  marginType: number,
  marginStopout: number,
  stopoutSkipHedged: number,
  fundsUnits: number,
  margin: number,
  scale: number,
  isBelow: boolean,
): number => {
  if (!(margin > 0)) return stopoutSkipHedged === 0 ? -fundsUnits : NEVER
  const stop = unitsAt(marginType, marginStopout, fundsUnits, margin, scale)
  return isBelow ? stop : Math.floor(stop) + 0.5
}

const callLimit = (
  marginType: number,
  marginCall: number,
  fundsUnits: number,
  margin: number,
  scale: number,
  isAtOrBelow: boolean,
  stopAt: number,
): number => {
  const stopped = Math.ceil(stopAt) - 0.5
  // Below zero is stop-out at once: there is no call before it.
  if (!(margin > 0)) return stopped
  const call = unitsAt(marginType, marginCall, fundsUnits, margin, scale)
  // Who is stopped out has met the margin call.
  return Math.max(isAtOrBelow ? call : Math.ceil(call) - 0.5, stopped)
}

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
  const { marginType, marginCall, marginStopout, stopoutSkipHedged } = rules
  const units = toUnits(funds, scale)
  const isBelow = d.stopOutAt === 'below'
  const stopAt = stopLimit(marginType, marginStopout, stopoutSkipHedged, units, margin, scale, isBelow)
  const isAtOrBelow = d.marginCallAt === 'at-or-below'
  return { callAt: callLimit(marginType, marginCall, units, margin, scale, isAtOrBelow, stopAt), stopAt }
}

/** Writes the limits of the first `n` of these accounts; without positions or group there is nothing to meet. */
export const limitAccounts = (world: World, accounts: Int32Array, n: number): void => {
  const { callAt, stopAt, count } = world.ledger.columns
  const { groupSlot, currencyId, balance, credit, margin } = world.users.columns
  const { marginType, marginCall, marginStopout, stopoutSkipHedged } = world.groups.columns
  const isBelow = world.decisions.stopOutAt === 'below'
  const isAtOrBelow = world.decisions.marginCallAt === 'at-or-below'
  const scales = currencyScales(world.currencies)
  for (let i = 0; i < n; i++) {
    const a = accounts[i] as number
    const group = groupSlot[a] as number
    if (group < 0 || count[a] === 0) {
      callAt[a] = NEVER
      stopAt[a] = NEVER
      continue
    }
    const scale = scales[(currencyId[a] as number) + 1] as number
    const units = toUnits((balance[a] as number) + (credit[a] as number), scale)
    const used = margin[a] as number
    const type = marginType[group] as number
    const stop = stopLimit(
      type,
      marginStopout[group] as number,
      stopoutSkipHedged[group] as number,
      units,
      used,
      scale,
      isBelow,
    )
    callAt[a] = callLimit(type, marginCall[group] as number, units, used, scale, isAtOrBelow, stop)
    stopAt[a] = stop
  }
}
