import { scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { equityOf, marginLevelOf } from '../formulas/account.ts'
import type { Quotes } from '../formulas/conversion.ts'
import { CELL_STRIDE, Cell } from '../ledger/cell-layout.ts'
import { accountDigits } from '../value/figures.ts'
import { evaluateCell } from '../world/cells.ts'
import type { World } from '../world/world.ts'

/** One account at other prices, by the arithmetic of the pass (kernel.as), without touching the book. */

/** Result of a position in units; 0 where it is not computable, as the pass has it. */
const resultUnits = (values: Float64Array, cell: number, lots: number, open: number): number => {
  const at = cell * CELL_STRIDE
  const price = values[at + Cell.PRICE] as number
  const scale = values[at + Cell.SCALE] as number
  const value = (values[at + Cell.UNIT] as number) * lots
  // All bits set is NaN: the legs are rounded apart.
  const apart = values[at + Cell.APART] !== 0
  const close = toUnits((apart ? price : price - open) * value, scale)
  const start = apart ? toUnits(open * value, scale) : 0
  const result = (close - start) * (values[at + Cell.SIGN] as number)
  return Number.isFinite(result) ? result : 0
}

/** Open result (units) of an account's positions, with costs. `values` must hold the cells of these positions. */
export const accountUnits = (world: World, account: number, values: Float64Array): number => {
  const { start, count, costs, cell, lots, open } = world.ledger.columns
  const from = start[account] as number
  let sum = costs[account] as number
  for (let p = from; p < from + (count[account] as number); p++)
    sum += resultUnits(values, cell[p] as number, lots[p] as number, open[p] as number)
  return sum
}

/** Cells of an account's positions, each once. */
export const accountCells = (world: World, account: number): number[] => {
  const { start, count, cell } = world.ledger.columns
  const from = start[account] as number
  return [...new Set(cell.subarray(from, from + (count[account] as number)))]
}

/**
 * Answers an account's open result (units) on any quotes, as often as asked.
 *
 * @param values a copy of the ledger's cell values, which may be written over; one serves many accounts
 */
export const accountOn = (
  world: World,
  account: number,
  values: Float64Array,
): ((quotes: Quotes) => number) => {
  const cells = accountCells(world, account)
  return (quotes) => {
    const market = { quotes, ratesToBase: world.ratesToBase }
    for (const cell of cells) evaluateCell(world, market, values, cell)
    return accountUnits(world, account, values)
  }
}

/** Margin state at an open result: the two comparisons of the pass. */
export const levelAt = (world: World, account: number, units: number): 0 | 1 | 2 => {
  const { callAt, stopAt } = world.ledger.columns
  return (Number(units <= (callAt[account] as number)) + Number(units < (stopAt[account] as number))) as
    | 0
    | 1
    | 2
}

export type Standing = { equity: number; level: number | null; levelType: 0 | 1 | 2 }

/** Equity and margin level of an account at an open result (units), as the views would show them. */
export const standingAt = (world: World, account: number, units: number): Standing => {
  const { balance, credit, margin, groupSlot } = world.users.columns
  const digits = accountDigits(world, account)
  const equity = equityOf(
    balance[account] as number,
    credit[account] as number,
    units / scaleOf(digits),
    digits,
  )
  const group = groupSlot[account] as number
  const type = group < 0 ? 0 : (world.groups.columns.marginType[group] as number)
  const level = marginLevelOf(type, equity, margin[account] as number)
  return {
    equity,
    level: Number.isFinite(level) ? level : null,
    levelType: levelAt(world, account, units),
  }
}
