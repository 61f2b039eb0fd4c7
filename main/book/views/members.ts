import type { ViewFilter } from '../../../shared/api/views.ts'
import type { World } from '../world/world.ts'
import { asksOnly } from './asks-only.ts'

export type Members = (filter: ViewFilter) => string

/**
 * What says that the same rows pass a filter: the state of the records they are found by, as of the last valuation,
 * which is when they were linked. `valuation` counts valuations.
 */
export const createMembers = (
  world: World,
  valuation: () => number,
): { readonly accounts: Members; readonly trades: Members; readonly groups: Members } => {
  const tables = ['users', 'trades', 'symbols', 'groups'] as const
  let valued = -1
  let state = { users: '', trades: '', symbols: '', groups: '' }
  const now = (): typeof state => {
    if (valued === valuation()) return state
    valued = valuation()
    state = Object.fromEntries(tables.map((name) => [name, `${world[name].writes()}`])) as typeof state
    return state
  }
  const all = (): string => tables.map((name) => now()[name]).join(' ')
  const groups: Members = (filter) => ((filter.minLevelType ?? 0) > 0 ? `${all()} ${valued}` : all())
  return {
    accounts: (filter) => {
      if ((filter.minLevelType ?? 0) > 0) return groups(filter)
      return asksOnly(filter, ['login', 'minLevelType']) ? String(world.users.membership()) : all()
    },
    groups,
    trades: (filter) => (asksOnly(filter, ['login', 'symbol']) ? now().trades : all()),
  }
}
