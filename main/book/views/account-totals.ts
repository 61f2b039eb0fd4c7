import { scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { LevelType } from '../../../shared/mt4/enums.ts'
import { accountDayPl, accountDigits, accountEquity, floatingOf } from '../value/figures.ts'
import type { World } from '../world/world.ts'
import { ROWS_ADDED_UP } from './position-sums.ts'
import { orZero } from './source.ts'

type Sums = { floating: number; dayPl: number; equity: number; balance: number; margin: number }

const noSums = (): Sums => ({ floating: 0, dayPl: 0, equity: 0, balance: 0, margin: 0 })

/** Each row's figures in units of base currency, as the rows show them: a person who adds them up gets this. */
const addRows = (world: World, scale: number, ids: Int32Array, n: number): Sums => {
  const { currencyId, balance, margin } = world.users.columns
  const sums = noSums()
  for (let i = 0; i < n; i++) {
    const a = ids[i] as number
    const rate = world.ratesToBase[currencyId[a] as number] ?? Number.NaN
    if (!(rate > 0)) continue
    sums.floating += toUnits(floatingOf(world, a) * rate, scale)
    sums.dayPl += toUnits(accountDayPl(world, a) * rate, scale)
    sums.equity += toUnits(accountEquity(world, a) * rate, scale)
    sums.balance += toUnits((balance[a] as number) * rate, scale)
    sums.margin += toUnits((margin[a] as number) * rate, scale)
  }
  return sums
}

const FIELDS = 4

/** What each currency adds up to, converted once. Day result = equity − equity at day start − money moved today. */
const addCurrencies = (world: World, scale: number, ids: Int32Array, n: number): Sums => {
  const { currencyId, balance, credit, margin, prevEquity, moneyUnits } = world.users.columns
  const { floating } = world.ledger.columns
  const sums = new Float64Array((world.currencies.length + 1) * FIELDS)
  const units = new Float64Array(world.currencies.length + 1)
  const money = new Float64Array(world.currencies.length + 1)
  const digit = new Int32Array(world.currencies.length + 1)
  for (let i = 0; i < n; i++) {
    const a = ids[i] as number
    const c = (currencyId[a] as number) + 1
    const at = c * FIELDS
    digit[c] = a
    units[c] = (units[c] as number) + (floating[a] as number)
    money[c] = (money[c] as number) + (moneyUnits[a] as number)
    sums[at] = (sums[at] as number) + (balance[a] as number)
    sums[at + 1] = (sums[at + 1] as number) + (credit[a] as number)
    sums[at + 2] = (sums[at + 2] as number) + (margin[a] as number)
    sums[at + 3] = (sums[at + 3] as number) + (prevEquity[a] as number)
  }
  const total = noSums()
  for (let c = 1; c < units.length; c++) {
    const rate = world.ratesToBase[c - 1] as number
    if (!(rate > 0)) continue
    const own = scaleOf(accountDigits(world, digit[c] as number))
    const [held = 0, lent = 0, used = 0, before = 0] = sums.subarray(c * FIELDS, (c + 1) * FIELDS)
    const open = (units[c] as number) / own
    const equity = held + lent + open
    total.floating += orZero(toUnits(open * rate, scale))
    total.equity += orZero(toUnits(equity * rate, scale))
    total.dayPl += orZero(toUnits((equity - before - (money[c] as number) / own) * rate, scale))
    total.balance += orZero(toUnits(held * rate, scale))
    total.margin += orZero(toUnits(used * rate, scale))
  }
  return total
}

/**
 * Totals of accounts in base currency. Up to `ROWS_ADDED_UP` rows they are the sum of what the rows show; beyond, the
 * exact sum of each currency is converted once (which differs by cents at most and costs a tenth).
 */
export const accountTotals = (
  world: World,
  digits: number,
  ids: Int32Array,
  n: number,
): Record<string, number> => {
  const { count, level } = world.ledger.columns
  const { lots: volume } = world.users.columns
  const levels = [0, 0, 0]
  let positions = 0
  let lots = 0
  for (let i = 0; i < n; i++) {
    const a = ids[i] as number
    positions += count[a] as number
    lots += volume[a] as number
    levels[level[a] as number] = (levels[level[a] as number] as number) + 1
  }
  const scale = scaleOf(digits)
  const sums = (n > ROWS_ADDED_UP ? addCurrencies : addRows)(world, scale, ids, n)
  return {
    floatingBase: sums.floating / scale,
    dayPlBase: sums.dayPl / scale,
    equityBase: sums.equity / scale,
    balanceBase: sums.balance / scale,
    marginBase: sums.margin / scale,
    positions,
    lots,
    marginCalls: levels[LevelType.MARGINCALL] as number,
    stopOuts: levels[LevelType.STOPOUT] as number,
  }
}
