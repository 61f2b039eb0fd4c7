import { roundTo } from '../../../shared/money/rounding.ts'
import { CELL_STRIDE, Cell } from '../ledger/cell-layout.ts'
import { isBlankCell, NO_CELL } from '../world/cells.ts'
import type { World } from '../world/world.ts'

/** Figures of open positions, by slot of the trade. */

/** Cell of a position; that of nothing known when it is nobody's. */
const cellOf = (world: World, trade: number): number => {
  const place = world.trades.own.place[trade] as number
  return place < 0 ? NO_CELL : (world.ledger.columns.cell[place] as number)
}

/** Price result of a position in units of account currency; NaN when not computable. */
const resultUnits = (world: World, trade: number): number => {
  const place = world.trades.own.place[trade] as number
  if (place < 0) return Number.NaN
  const { cell, cells, results, lots, open } = world.ledger.columns
  const c = cell[place] as number
  if (isBlankCell(cells, c)) return Number.NaN
  const units = results[place] as number
  if (units !== 0) return units
  // The pass writes 0 for what leads to no finite number.
  const at = c * CELL_STRIDE
  const value =
    (cells[at + Cell.UNIT] as number) * (lots[place] as number) * (cells[at + Cell.SCALE] as number)
  const amount = value * Math.max(cells[at + Cell.PRICE] as number, open[place] as number)
  return Number.isFinite(amount) ? 0 : Number.NaN
}

const scaleOfTrade = (world: World, trade: number): number =>
  world.ledger.columns.cells[cellOf(world, trade) * CELL_STRIDE + Cell.SCALE] as number

/** Price result of a position in account currency. */
export const positionProfit = (world: World, trade: number): number =>
  resultUnits(world, trade) / scaleOfTrade(world, trade) + 0

/** The same with storage, commission and taxes. */
export const positionTotal = (world: World, trade: number): number => {
  const place = world.trades.own.place[trade] as number
  const cost = place < 0 ? 0 : (world.ledger.columns.cost[place] as number)
  return (resultUnits(world, trade) + cost) / scaleOfTrade(world, trade) + 0
}

export const totalInBase = (world: World, trade: number, digits: number): number => {
  const rate = world.ledger.columns.cells[cellOf(world, trade) * CELL_STRIDE + Cell.TO_BASE] as number
  return roundTo(positionTotal(world, trade) * rate, digits)
}

/** A figure from result and costs in units, scale and rate to base of the cell. */
export type PositionKey = (units: number, cost: number, scale: number, toBase: number) => number

export const profitKey: PositionKey = (units, _, scale) => units / scale
export const totalKey: PositionKey = (units, cost, scale) => (units + cost) / scale
export const totalBaseKey =
  (digits: number): PositionKey =>
  (units, cost, scale, toBase) =>
    roundTo(((units + cost) / scale) * toBase, digits)

/** Keys of many positions at once. What the pass wrote as 0 may be blank: that is asked for one by one (`at`). */
export const figureKeys =
  (world: World, at: (world: World, trade: number) => number, key: PositionKey) =>
  (ids: Int32Array, n: number, keys: Float64Array): void => {
    const { place } = world.trades.own
    const { cell, cells, cost, results } = world.ledger.columns
    for (let k = 0; k < n; k++) {
      const trade = ids[k] as number
      const p = place[trade] as number
      const units = p < 0 ? 0 : (results[p] as number)
      if (units === 0) {
        keys[k] = at(world, trade)
        continue
      }
      const c = (cell[p] as number) * CELL_STRIDE
      keys[k] = key(
        units,
        cost[p] as number,
        cells[c + Cell.SCALE] as number,
        cells[c + Cell.TO_BASE] as number,
      )
    }
  }
