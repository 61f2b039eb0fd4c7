import { CELL_STRIDE, Cell } from '../ledger/cell-layout.ts'
import { isBlankCell } from '../world/cells.ts'
import type { World } from '../world/world.ts'
import { type PositionKey, positionTotal } from './position-figures.ts'
import type { FrozenKeys, ViewColumn, ViewSource } from './source.ts'

/**
 * Keys of positions as they are now, to be written bit by bit later: prices, and with them all results, go on meanwhile.
 * What the pass wrote as 0 is blank where its figure is now: nothing leads from nonsense to a number.
 */
const freezePositions = (world: World, key: PositionKey) => (): FrozenKeys => {
  const trades = world.trades.own.place.slice(0, world.trades.high())
  const high = world.ledger.high()
  const { columns } = world.ledger
  const cell = columns.cell.slice(0, high)
  const cost = columns.cost.slice(0, high)
  const results = columns.results.slice(0, high)
  const cells = columns.cells.slice()
  return (ids, from, to, keys) => {
    for (let k = from; k < to; k++) {
      const trade = ids[k] as number
      const p = trades[trade] as number
      const c = p < 0 ? 0 : (cell[p] as number)
      const units = p < 0 ? Number.NaN : (results[p] as number)
      const blank = units === 0 && (isBlankCell(cells, c) || Number.isNaN(positionTotal(world, trade)))
      const at = c * CELL_STRIDE
      keys[k] = key(
        blank ? Number.NaN : units,
        p < 0 ? 0 : (cost[p] as number),
        cells[at + Cell.SCALE] as number,
        cells[at + Cell.TO_BASE] as number,
      )
    }
  }
}

/** The source of positions whose results can be frozen; `keys` by column. */
export const withFrozenKeys = (
  world: World,
  source: ViewSource,
  keys: Readonly<Record<string, PositionKey>>,
): ViewSource => {
  const columns: Record<string, ViewColumn> = { ...source.columns }
  for (const [name, key] of Object.entries(keys)) {
    const column = columns[name]
    if (column?.kind === 'number') columns[name] = { ...column, freeze: freezePositions(world, key) }
  }
  return { ...source, columns }
}
