import type { ViewKind } from '../../../shared/api/views.ts'
import type { World } from '../world/world.ts'
import { accountsSource } from './accounts-source.ts'
import { createExposures, currenciesSource, exposureSource } from './exposure-source.ts'
import { createMatcher } from './matching.ts'
import { quotesSource } from './quotes-source.ts'
import type { ViewSource } from './source.ts'
import { createNameRanks } from './text-columns.ts'
import { pendingsSource, positionsSource } from './trades-source.ts'

export type ViewSources = Readonly<Record<ViewKind, ViewSource>>

/** All kinds of views of one world. `valuation` counts valuations. */
export const createSources = (world: World, base: string, valuation: () => number): ViewSources => {
  const matcher = createMatcher(world)
  const nameRanks = createNameRanks(world)
  const exposures = createExposures(world, base, valuation)
  return {
    accounts: accountsSource(world, base, matcher, nameRanks),
    positions: positionsSource(world, base, matcher, nameRanks),
    pendings: pendingsSource(world, matcher, nameRanks),
    exposure: exposureSource(world, base, exposures),
    currencies: currenciesSource(base, exposures),
    quotes: quotesSource(world),
  }
}
