import { currencyDigits, roundTo, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import type { World } from '../world/world.ts'

type Figure = 'floating' | 'equity' | 'dayPl'

/**
 * Keys of many accounts by open result, equity or result of the day, at once: what `value/figures.ts` says of one, without
 * a call for each part. `digits` of base currency, or null for figures in the account's own.
 */
export const accountKeys =
  (world: World, figure: Figure, digits: number | null) =>
  (ids: Int32Array, n: number, keys: Float64Array): void => {
    const { balance, credit, currencyId, moneyUnits, prevEquity } = world.users.columns
    const { floating } = world.ledger.columns
    const { ratesToBase } = world
    // One more for accounts whose currency is not known.
    const scales = Float64Array.from([...world.currencies, ''], (name) => scaleOf(currencyDigits(name)))
    const unknown = world.currencies.length
    for (let k = 0; k < n; k++) {
      const a = ids[k] as number
      const currency = currencyId[a] as number
      const scale = scales[currency < 0 ? unknown : currency] as number
      const open = (floating[a] as number) / scale
      let amount = open
      if (figure !== 'floating') {
        amount = toUnits((balance[a] as number) + (credit[a] as number) + open, scale) / scale
        if (figure === 'dayPl') {
          const moved = (moneyUnits[a] as number) / scale
          amount = toUnits(amount - (prevEquity[a] as number) - moved, scale) / scale
        }
      }
      if (digits === null) keys[k] = amount + 0
      else keys[k] = currency < 0 ? Number.NaN : roundTo(amount * (ratesToBase[currency] as number), digits)
    }
  }
