import { CELL_STRIDE, Cell, evaluateCells } from '../world/cells.ts'
import type { World } from '../world/world.ts'

const HALF = 0.5000001

/** Open result of every position in units of its account's currency; NaN where it cannot be computed. */
const resultPass = (world: World): void => {
  const { cell, lots, openPrice, openUnits } = world.trades.columns
  const { values } = world.cells
  // Locals: the loop must not look these up 500,000 times.
  const { PRICE, UNIT, SCALE, SIGN, FOREX } = Cell
  const stride = CELL_STRIDE
  const half = HALF
  const high = world.trades.high()
  for (let t = 0; t < high; t++) {
    const c = cell[t] as number
    if (c < 0) continue
    const at = c * stride
    const close = values[at + PRICE] as number
    const open = openPrice[t] as number
    const value = (values[at + UNIT] as number) * (lots[t] as number)
    const scale = values[at + SCALE] as number
    let units: number
    if (values[at + FOREX] === 1) {
      // Prices and values are never negative here, so both legs round upwards from the half.
      units = Math.floor(close * value * scale + half) - Math.floor(open * value * scale + half)
    } else {
      const scaled = (close - open) * value * scale
      units = scaled >= 0 ? Math.floor(scaled + half) : -Math.floor(half - scaled)
    }
    openUnits[t] = units * (values[at + SIGN] as number)
  }
}

/** Results and costs summed up by account. A result that cannot be computed counts as zero and is counted. */
const sumPass = (world: World): void => {
  const { cell, account, extraUnits, openUnits } = world.trades.columns
  const { floatUnits } = world.users.columns
  const high = world.trades.high()
  let blank = 0
  floatUnits.fill(0)
  for (let t = 0; t < high; t++) {
    if ((cell[t] as number) < 0) continue
    const a = account[t] as number
    const units = openUnits[t] as number
    if (units - units === 0) floatUnits[a] = (floatUnits[a] as number) + units + (extraUnits[t] as number)
    else {
      openUnits[t] = Number.NaN
      blank++
      if (a >= 0) floatUnits[a] = (floatUnits[a] as number) + (extraUnits[t] as number)
    }
  }
  world.blankPositions = blank
}

/**
 * Values every position. Legs are rounded as `priceProfit` rounds them, in whole units, so the sums are exact and do
 * not depend on any order. Two lean loops are faster than one: reckoning does not wait for scattered memory.
 */
export const valuePositions = (world: World): void => {
  evaluateCells(world)
  resultPass(world)
  sumPass(world)
}
