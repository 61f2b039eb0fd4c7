import type { ViewFilter } from '../../../shared/api/views.ts'
import { deskOfTrade } from '../world/links.ts'
import { symbolOfTrade, type World } from '../world/world.ts'
import { accountTest } from './account-filter.ts'
import { deskOf } from './exposures.ts'
import type { Matcher } from './matching.ts'

type Passes = (trade: number) => boolean

/** Tells which trades pass a filter; null when all do. */
export const tradeFilter = (world: World, filter: ViewFilter, matcher: Matcher): Passes | null => {
  const { trades } = world
  const { own } = trades
  const { login, symbol, book, text } = filter
  const tests: Passes[] = []
  if (login !== undefined) {
    const logins = trades.column('login')
    tests.push((i) => logins[i] === login)
  }
  if (symbol !== undefined) {
    const codes = trades.column('symbol')
    tests.push((i) => world.pool.text(codes[i] as number) === symbol)
  }
  const ofAccount = accountTest(world, filter)
  // Nobody's trade has no account to ask.
  if (ofAccount) tests.push((i) => (own.account[i] as number) >= 0 && ofAccount(own.account[i] as number))
  if (book !== undefined) {
    const desk = deskOf(book)
    tests.push((i) => deskOfTrade(world, i, own.account[i] as number) === desk)
  }
  const matching = matcher(text)
  if (matching)
    tests.push((i) => matching.account(own.account[i] as number) || matching.symbol(symbolOfTrade(world, i)))
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
