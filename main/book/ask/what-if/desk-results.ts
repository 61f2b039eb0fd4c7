import { currencyDigits, scaleOf, toUnits } from '../../../../shared/money/rounding.ts'
import { CELL_STRIDE, Cell } from '../../ledger/cell-layout.ts'
import type { Desk } from '../../world/cells.ts'
import type { World } from '../../world/world.ts'

/** Price results in units of base currency by `Desk`. */
export type DeskResults = [bBook: number, aBook: number, coverage: number]

/**
 * Price results of each desk by the slot of the symbol they are shown as: the exact sum of each cell, converted once. The
 * figures of the exposure view.
 *
 * @param sums results (units of the deposit currency) by cell
 * @param values cell values they were worked out with
 */
export const deskResults = (
  world: World,
  base: string,
  sums: ArrayLike<number>,
  values: Float64Array,
  shownAs: readonly number[],
): DeskResults[] => {
  const scale = scaleOf(currencyDigits(base))
  const results: DeskResults[] = []
  const { symbol, desk, orders } = world.cells
  for (let c = 1; c < symbol.length; c++) {
    if (orders[c] === 0) continue
    const own = symbol[c] as number
    const at = c * CELL_STRIDE
    const amount = (sums[c] as number) / (values[at + Cell.SCALE] as number)
    const units = toUnits(amount * (values[at + Cell.TO_BASE] as number), scale)
    const row = (results[shownAs[own] ?? own] ??= [0, 0, 0])
    row[desk[c] as Desk] += Number.isFinite(units) ? units : 0
  }
  return results
}
