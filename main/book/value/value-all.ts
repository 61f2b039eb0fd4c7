import type { SecMargin } from '../../../shared/bridge/nested.ts'
import { linkAll, turnDay } from '../world/links.ts'
import type { World } from '../world/world.ts'
import { valueAccounts, valueCurrencies } from './accounts.ts'
import { valueMargins } from './margins.ts'
import { valuePositions } from './pass.ts'

/** Values everything on the quotes of the moment: positions, margins that changed, accounts. */
export const valueAll = (
  world: World,
  base: string,
  overrides: (secMargins: string) => readonly SecMargin[],
): void => {
  if (world.unlinked) linkAll(world, overrides)
  turnDay(world)
  valueCurrencies(world, base)
  valuePositions(world)
  valueMargins(world)
  valueAccounts(world)
}
