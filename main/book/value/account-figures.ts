import { MarginType } from '../../../shared/mt4/enums.ts'
import { marginLevelOf } from '../formulas/account.ts'
import type { Basis } from './basis.ts'
import { wholeUnits } from './units.ts'

/**
 * Figures of all accounts at once, by slot: what `figures.ts` says of one. Slots of nobody get nonsense. Loops over a few
 * columns each: of one over all of them V8 keeps half in memory.
 */

/** Open result, equity and result of the day. */
export const writeMoney = (
  { balance, credit, currencyId, moneyUnits, prevEquity, floating, scales }: Basis,
  high: number,
  open: Float64Array,
  equity: Float64Array,
  dayPl: Float64Array,
): void => {
  for (let a = 0; a < high; a++) {
    const scale = scales[(currencyId[a] as number) + 1] as number
    const result = (floating[a] as number) / scale
    const own = wholeUnits((balance[a] as number) + (credit[a] as number) + result, scale) / scale
    const money = (moneyUnits[a] as number) / scale
    open[a] = result + 0
    equity[a] = own
    dayPl[a] = wholeUnits(own - (prevEquity[a] as number) - money, scale) / scale
  }
}

/** Margin levels; `types` by group slot + 1. */
export const writeLevels = (
  groupSlot: Int32Array,
  types: Uint8Array,
  margin: Float64Array,
  equity: Float64Array,
  high: number,
  levels: Float64Array,
): void => {
  for (let a = 0; a < high; a++) {
    const type = types[(groupSlot[a] as number) + 1] as number
    const own = equity[a] as number
    const used = margin[a] as number
    const level = (own / used) * 100
    // Of nearly everybody the level is this; limits are looked at only where it is not.
    const plain = type !== MarginType.CURRENCY && used > 0 && level - level === 0
    levels[a] = plain ? level : marginLevelOf(type, own, used)
  }
}
