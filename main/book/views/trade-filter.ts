import type { ViewFilter } from '../../../shared/api/views.ts'
import { deskOfTrade } from '../world/links.ts'
import { symbolOfTrade, type World } from '../world/world.ts'
import { deskOf } from './exposures.ts'
import type { Matcher } from './matching.ts'

type Passes = (trade: number) => boolean

/** What a filter asks of the account of a trade; nobody's trade has none of it. */
const accountTest = (world: World, { group, country, currency, manager }: ViewFilter): Passes | null => {
  if ([group, country, currency, manager].every((part) => part === undefined)) return null
  const { account } = world.trades.columns
  const u = world.users.columns
  const text = (code: number | undefined): string => world.pool.text(code as number)
  return (trade) => {
    const a = account[trade] as number
    return (
      a >= 0 &&
      (group === undefined || text(u.group[a]) === group) &&
      (country === undefined || text(u.country[a]) === country) &&
      (currency === undefined || (world.currencies[u.currencyId[a] as number] ?? '') === currency) &&
      (manager === undefined || world.managerOf(text(u.group[a])) === manager)
    )
  }
}

/** Tells which trades pass a filter; null when all do. */
export const tradeFilter = (world: World, filter: ViewFilter, matcher: Matcher): Passes | null => {
  const t = world.trades.columns
  const { login, symbol, book, text } = filter
  const tests: Passes[] = []
  if (login !== undefined) tests.push((i) => t.login[i] === login)
  if (symbol !== undefined) tests.push((i) => world.pool.text(t.symbol[i] as number) === symbol)
  const ofAccount = accountTest(world, filter)
  if (ofAccount) tests.push(ofAccount)
  if (book !== undefined) {
    const desk = deskOf(book)
    tests.push((i) => deskOfTrade(world, i, t.account[i] as number) === desk)
  }
  const matching = matcher(text)
  if (matching)
    tests.push((i) => matching.account(t.account[i] as number) || matching.symbol(symbolOfTrade(world, i)))
  const [only] = tests
  if (only === undefined) return null
  return tests.length === 1 ? only : (i) => tests.every((test) => test(i))
}

/** Places of the ledger in which a login's positions stand; all of them without a login. */
export const placesOf = (world: World, login: number | undefined): [from: number, to: number] => {
  if (login === undefined) return [0, world.ledger.high()]
  const account = world.users.slotOf(login)
  if (account < 0) return [0, 0]
  const { start, count } = world.ledger.columns
  const from = start[account] as number
  return [from, from + (count[account] as number)]
}
