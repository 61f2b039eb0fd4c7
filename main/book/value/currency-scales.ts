import { currencyDigits, scaleOf } from '../../../shared/money/rounding.ts'
import type { World } from '../world/world.ts'

/** Scale of each currency id (how many smallest units one is); one more for none. */
export const currencyScales = ({ currencies }: World): Float64Array => {
  const scales = new Float64Array(currencies.length + 1)
  for (let c = 0; c < scales.length; c++) scales[c] = scaleOf(currencyDigits(currencies[c] ?? ''))
  return scales
}
