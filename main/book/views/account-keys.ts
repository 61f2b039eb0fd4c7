import { scaleOf } from '../../../shared/money/rounding.ts'
import { type Basis, basisOf } from '../value/basis.ts'
import { wholeUnits } from '../value/units.ts'
import type { World } from '../world/world.ts'

/*
 * Keys of many accounts at once: what `value/figures.ts` says of one, without a call for each part. One loop a figure, each
 * a function of its own, which V8 compiles once and keeps for every book.
 */

type Figure = 'floating' | 'equity' | 'dayPl'
type WriteKeys = (basis: Basis, ids: Int32Array, n: number, keys: Float64Array) => void

const writeFloating: WriteKeys = ({ currencyId, floating, scales }, ids, n, keys) => {
  for (let k = 0; k < n; k++) {
    const a = ids[k] as number
    keys[k] = (floating[a] as number) / (scales[(currencyId[a] as number) + 1] as number) + 0
  }
}

const writeEquity: WriteKeys = ({ balance, credit, currencyId, floating, scales }, ids, n, keys) => {
  for (let k = 0; k < n; k++) {
    const a = ids[k] as number
    const scale = scales[(currencyId[a] as number) + 1] as number
    const open = (floating[a] as number) / scale
    keys[k] = wholeUnits((balance[a] as number) + (credit[a] as number) + open, scale) / scale
  }
}

/** Makes results of the day of keys that are equities. */
const takeDayBegin: WriteKeys = ({ currencyId, moneyUnits, prevEquity, scales }, ids, n, keys) => {
  for (let k = 0; k < n; k++) {
    const a = ids[k] as number
    const scale = scales[(currencyId[a] as number) + 1] as number
    const moved = (moneyUnits[a] as number) / scale
    keys[k] = wholeUnits((keys[k] as number) - (prevEquity[a] as number) - moved, scale) / scale
  }
}

/** Converts keys to base currency, of which a unit is `1 / scale`. */
const toBase = (
  { currencyId, rates }: Basis,
  ids: Int32Array,
  n: number,
  keys: Float64Array,
  scale: number,
): void => {
  for (let k = 0; k < n; k++) {
    const rate = rates[(currencyId[ids[k] as number] as number) + 1] as number
    keys[k] = wholeUnits((keys[k] as number) * rate, scale) / scale
  }
}

/** Keys by open result, equity or result of the day; `digits` of base currency, or null for figures in the account's own. */
export const accountKeys =
  (world: World, figure: Figure, digits: number | null) =>
  (ids: Int32Array, n: number, keys: Float64Array): void => {
    const basis = basisOf(world)
    if (figure === 'floating') writeFloating(basis, ids, n, keys)
    else writeEquity(basis, ids, n, keys)
    if (figure === 'dayPl') takeDayBegin(basis, ids, n, keys)
    if (digits !== null) toBase(basis, ids, n, keys, scaleOf(digits))
  }
