import { currencyDigits, scaleOf } from '../../../shared/money/rounding.ts'
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
  const scales = new Float64Array(known + 1).fill(scaleOf(currencyDigits('')))
  const rates = new Float64Array(known + 1).fill(Number.NaN)
  for (let id = 0; id < known; id++) {
    scales[id + 1] = scaleOf(currencyDigits(world.currencies[id] as string))
    rates[id + 1] = world.ratesToBase[id] as number
  }
  return { balance, credit, currencyId, moneyUnits, prevEquity, floating, scales, rates }
}
