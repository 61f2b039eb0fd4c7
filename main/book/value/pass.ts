import { evaluateCells } from '../world/cells.ts'
import type { World } from '../world/world.ts'

/**
 * Open result of every position, summed up by account: one pass over columns. Legs are rounded as `priceProfit` rounds
 * them, in whole units, so the sums are exact and do not depend on any order. What cannot be computed is NaN in its
 * row, counts as zero in the sum and is counted in `blankPositions`.
 */
export const valuePositions = (world: World): void => {
  evaluateCells(world)
  const { cell, account, lots, openPrice, extraUnits, openProfit } = world.trades.columns
  const { price, unit, scale, sign, forex } = world.cells
  const { floatUnits } = world.users.columns
  const high = world.trades.high()
  const half = 0.5000001
  let blank = 0
  floatUnits.fill(0)
  for (let t = 0; t < high; t++) {
    const c = cell[t] as number
    if (c < 0) continue
    const close = price[c] as number
    const open = openPrice[t] as number
    const value = (unit[c] as number) * (lots[t] as number)
    const s = scale[c] as number
    let units: number
    if (forex[c] === 1) {
      // Prices and values are never negative here, so both legs round upwards from the half.
      units = Math.trunc(close * value * s + half) - Math.trunc(open * value * s + half)
    } else {
      const scaled = (close - open) * value * s
      units = Math.trunc(scaled + (scaled >= 0 ? half : -half))
    }
    units *= sign[c] as number
    const a = account[t] as number
    if (units - units !== 0) {
      openProfit[t] = Number.NaN
      blank++
      if (a >= 0) floatUnits[a] = (floatUnits[a] as number) + (extraUnits[t] as number)
      continue
    }
    openProfit[t] = units / s + 0
    floatUnits[a] = (floatUnits[a] as number) + units + (extraUnits[t] as number)
  }
  world.blankPositions = blank
}
