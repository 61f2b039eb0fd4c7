import type { ViewFilter } from '../../../shared/api/views.ts'
import { scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { CELL_STRIDE, Cell } from '../ledger/cell-layout.ts'
import { isBlankCell } from '../world/cells.ts'
import type { World } from '../world/world.ts'
import { orZero } from './source.ts'

type Sums = { units: Float64Array; lots: number }

/** Units by cell of everything, or of one symbol: nothing is looked at but the cells. */
const fromCells = (world: World, symbol: number | null): Sums => {
  const { cells } = world
  const units = world.ledger.sumCells().slice(0, cells.symbol.length)
  let lots = 0
  for (let c = 0; c < units.length; c++) {
    if (symbol === null || cells.symbol[c] === symbol) {
      units[c] = (units[c] as number) + (cells.costs[c] as number)
      lots += cells.volume[c] as number
    } else units[c] = 0
  }
  return { units, lots }
}

const fromRows = (world: World, ids: Int32Array, n: number): Sums => {
  const { place } = world.trades.own
  const volume = world.trades.column('volume')
  const { cell, cost, results } = world.ledger.columns
  const units = new Float64Array(world.cells.symbol.length)
  let lots = 0
  for (let k = 0; k < n; k++) {
    const i = ids[k] as number
    lots += volume[i] as number
    const p = place[i] as number
    if (p < 0) continue
    const c = cell[p] as number
    units[c] = (units[c] as number) + orZero(results[p] as number) + (cost[p] as number)
  }
  return { units, lots }
}

/** Results of many positions by cell, in units of base currency: exact sums, converted once each. A blank cell has none. */
export const sumsByCell = (
  world: World,
  digits: number,
  ids: Int32Array,
  n: number,
  filter: ViewFilter,
): Sums => {
  const given = Object.keys(filter).filter((name) => filter[name as keyof ViewFilter] !== undefined)
  const whole = given.every((name) => name === 'symbol' || (name === 'text' && filter.text?.trim() === ''))
  const symbol = filter.symbol === undefined ? null : world.symbols.slotOf(filter.symbol)
  const { units, lots } = whole && symbol !== -1 ? fromCells(world, symbol) : fromRows(world, ids, n)
  const { cells } = world.ledger.columns
  const scale = scaleOf(digits)
  for (let c = 0; c < units.length; c++) {
    const at = c * CELL_STRIDE
    const amount = (units[c] as number) / (cells[at + Cell.SCALE] as number)
    const inBase = toUnits(amount * (cells[at + Cell.TO_BASE] as number), scale)
    units[c] = isBlankCell(cells, c) ? 0 : orZero(inBase)
  }
  return { units, lots }
}

/** Totals of many positions. */
export const positionSums = (
  world: World,
  digits: number,
  ids: Int32Array,
  n: number,
  filter: ViewFilter,
): Record<string, number> => {
  const { units, lots } = sumsByCell(world, digits, ids, n, filter)
  return { totalBase: units.reduce((sum, inCell) => sum + inCell, 0) / scaleOf(digits), lots }
}
