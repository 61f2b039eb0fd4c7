import { evaluateCells } from '../world/cells.ts'
import { linkAll, type Overrides, turnDay } from '../world/links.ts'
import type { World } from '../world/world.ts'
import { valueMargins } from './margins.ts'
import { valueCurrencies } from './rates.ts'

/** Values everything on the quotes of the moment: margins that changed, then all positions and accounts. */
export const valueAll = (world: World, base: string, overrides: Overrides): void => {
  if (world.unlinked) linkAll(world, overrides)
  turnDay(world)
  valueMargins(world)
  valueCurrencies(world, base)
  evaluateCells(world)
  world.ledger.value()
}
