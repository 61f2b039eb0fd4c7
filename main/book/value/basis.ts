import { currencyScales } from '../world/currency-scales.ts'
import type { World } from '../world/world.ts'

/**
 * What figures of many accounts at once are made of, looked up before a loop instead of in it. `scales` and `rates` (to
 * base currency) are by currency id + 1: in front stands what holds of accounts whose currency is not known.
 */
export type Basis = ReturnType<typeof basisOf>

export const basisOf = (world: World) => {
  const { balance, credit, currencyId, moneyUnits, prevEquity } = world.users.columns
  const { floating } = world.ledger.columns
  const known = world.currencies.length
  const scales = currencyScales(world.currencies)
  const rates = new Float64Array(known + 1).fill(Number.NaN)
  rates.set(world.ratesToBase.subarray(0, known), 1)
  return { balance, credit, currencyId, moneyUnits, prevEquity, floating, scales, rates }
}
