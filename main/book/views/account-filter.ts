import type { ViewFilter } from '../../../shared/api/views.ts'
import type { World } from '../world/world.ts'

/**
 * What a filter asks of an account's group, country, currency and manager; null when it asks nothing of them. The empty
 * currency finds accounts whose group is not known.
 */
export const accountTest = (
  world: World,
  { group, country, currency, manager }: ViewFilter,
): ((account: number) => boolean) | null => {
  if ([group, country, currency, manager].every((part) => part === undefined)) return null
  const u = world.users.columns
  const text = (code: number | undefined): string => world.pool.text(code as number)
  return (a) =>
    (group === undefined || text(u.group[a]) === group) &&
    (country === undefined || text(u.country[a]) === country) &&
    (currency === undefined || (world.currencies[u.currencyId[a] as number] ?? '') === currency) &&
    (manager === undefined || world.managerOf(text(u.group[a])) === manager)
}
