import type { Grouping, ViewKind, ViewSpec } from '../../../shared/api/views.ts'
import { currencyDigits } from '../../../shared/money/rounding.ts'
import type { Synonyms } from '../world/synonyms.ts'
import { TradeKind, type World } from '../world/world.ts'
import { accountsSource } from './accounts-source.ts'
import { currenciesSource } from './currencies-source.ts'
import { exposureSource } from './exposure-source.ts'
import { createExposures } from './exposures.ts'
import { withFrozenKeys } from './frozen-keys.ts'
import { groupsSource } from './groups-source.ts'
import { createMatcher } from './matching.ts'
import { createMembers } from './members.ts'
import { profitKey, totalBaseKey, totalKey } from './position-figures.ts'
import { quotesSource } from './quotes-source.ts'
import type { ViewSource } from './source.ts'
import { createNameRanks } from './text-columns.ts'
import { pendingsSource, positionsSource } from './trades-source.ts'

export type ViewSources = Readonly<Record<Exclude<ViewKind, 'groups'>, ViewSource>> & {
  readonly groups: (by: Grouping) => ViewSource
}

/** What a view is made of. */
export const sourceOf = (sources: ViewSources, { kind, groupBy = 'group' }: ViewSpec): ViewSource =>
  kind === 'groups' ? sources.groups(groupBy) : sources[kind]

/** All kinds of views of one world. `valuation` counts valuations; `synonyms` null shows every symbol on its own. */
export const createSources = (
  world: World,
  base: string,
  valuation: () => number,
  synonyms: Synonyms | null = null,
): ViewSources => {
  const matcher = createMatcher(world)
  const nameRanks = createNameRanks(world)
  const exposures = createExposures(world, base, valuation, synonyms)
  const members = createMembers(world, valuation)
  const positions = positionsSource(world, base, matcher, nameRanks)
  const positionKeys = {
    profit: profitKey,
    total: totalKey,
    totalBase: totalBaseKey(currencyDigits(base)),
  }
  const accounts = accountsSource(world, base, matcher, nameRanks)
  const groups = new Map<Grouping, ViewSource>()
  return {
    accounts: { ...accounts, members: members.accounts, alive: (a) => world.users.alive()[a] === 1 },
    positions: {
      ...withFrozenKeys(world, positions, positionKeys),
      members: members.trades,
      alive: (i) => world.trades.alive()[i] === 1 && world.trades.own.kind[i] === TradeKind.MARKET,
    },
    pendings: { ...pendingsSource(world, matcher, nameRanks), members: members.trades },
    exposure: exposureSource(world, base, exposures),
    currencies: currenciesSource(base, exposures),
    quotes: quotesSource(world),
    groups: (by) => {
      const known = groups.get(by)
      if (known) return known
      const made = groupsSource({ world, base, valuation, accounts, positions, members: members.groups }, by)
      groups.set(by, made)
      return made
    },
  }
}
