import { CELL_STRIDE, Cell, evaluateCells } from '../world/cells.ts'
import type { World } from '../world/world.ts'

/**
 * Open result of every position, summed up by account: one pass over columns. Legs are rounded as `priceProfit` rounds
 * them, in whole units, so the sums are exact and do not depend on any order. What cannot be computed is NaN in its
 * row, counts as zero in the sum and is counted in `blankPositions`.
 */
export const valuePositions = (world: World): void => {
  evaluateCells(world)
  const { cell, account, lots, openPrice, extraUnits, openUnits } = world.trades.columns
  const { values } = world.cells
  const { floatUnits } = world.users.columns
  const high = world.trades.high()
  const half = 0.5000001
  let blank = 0
  floatUnits.fill(0)
  for (let t = 0; t < high; t++) {
    const c = cell[t] as number
    if (c < 0) continue
    const at = c * CELL_STRIDE
    const close = values[at + Cell.PRICE] as number
    const open = openPrice[t] as number
    const value = (values[at + Cell.UNIT] as number) * (lots[t] as number)
    const scale = values[at + Cell.SCALE] as number
    let units: number
    if (values[at + Cell.FOREX] === 1) {
      // Prices and values are never negative here, so both legs round upwards from the half.
      units = Math.floor(close * value * scale + half) - Math.floor(open * value * scale + half)
    } else {
      const scaled = (close - open) * value * scale
      units = scaled >= 0 ? Math.floor(scaled + half) : -Math.floor(half - scaled)
    }
    units *= values[at + Cell.SIGN] as number
    const a = account[t] as number
    if (units - units === 0) {
      openUnits[t] = units
      floatUnits[a] = (floatUnits[a] as number) + units + (extraUnits[t] as number)
    } else {
      openUnits[t] = Number.NaN
      blank++
      if (a >= 0) floatUnits[a] = (floatUnits[a] as number) + (extraUnits[t] as number)
    }
  }
  world.blankPositions = blank
}
