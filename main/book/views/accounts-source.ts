import { accountsView } from '../../../shared/api/views.ts'
import { currencyDigits, roundTo } from '../../../shared/money/rounding.ts'
import {
  accountDay,
  accountDayPl,
  accountEquity,
  accountFreeMargin,
  accountLevelType,
  accountMarginLevel,
  accountPositions,
  floatingOf,
} from '../value/figures.ts'
import type { Desk } from '../world/cells.ts'
import type { World } from '../world/world.ts'
import { accountTest } from './account-filter.ts'
import { accountKeys } from './account-keys.ts'
import { createAccountTotals } from './account-totals.ts'
import { asksOnly } from './asks-only.ts'
import { writeAlive } from './everyone.ts'
import { deskOf } from './exposures.ts'
import type { Matcher } from './matching.ts'
import { numberColumn, type ViewSource } from './source.ts'
import { listedColumn, type NameRanks, nameColumn, pooledColumn } from './text-columns.ts'

/** Accounts with an open position in a symbol, by slot. */
const holdersOf = (world: World, symbol: string): Uint8Array => {
  const flags = new Uint8Array(world.users.high())
  const wanted = world.symbols.slotOf(symbol)
  if (wanted < 0) return flags
  const { symbol: symbols } = world.cells
  const { cell, trade } = world.ledger.columns
  for (let p = 0; p < world.ledger.high(); p++)
    if (symbols[cell[p] as number] === wanted && (trade[p] as number) >= 0)
      flags[world.trades.own.account[trade[p] as number] as number] = 1
  return flags
}

/** Whether an account stands with a desk: by its group, or by a position that does. */
const holdsFor = (world: World, account: number, desk: Desk): boolean => {
  if (world.users.columns.desk[account] === desk) return true
  const { start, count, cell } = world.ledger.columns
  const first = start[account] as number
  for (let p = first; p < first + (count[account] as number); p++)
    if (world.cells.desk[cell[p] as number] === desk) return true
  return false
}

export const accountsSource = (
  world: World,
  base: string,
  matcher: Matcher,
  nameRanks: NameRanks,
): ViewSource => {
  const u = world.users.columns
  const { pool } = world
  const digits = currencyDigits(base)
  const inBase = (a: number, amount: number): number =>
    roundTo(amount * (world.ratesToBase[u.currencyId[a] as number] ?? Number.NaN), digits)
  return {
    table: accountsView,
    all: world.users.size,
    capacity: world.users.size,
    idLimit: world.users.high,
    select: (filter, out) => {
      // Most views are of everybody.
      if (asksOnly(filter, [])) return writeAlive(world.users.alive(), world.users.high(), out)
      const matching = matcher(filter.text)
      const passes = accountTest(world, filter)
      const holders = filter.symbol === undefined ? null : holdersOf(world, filter.symbol)
      const alive = world.users.alive()
      const least = filter.minLevelType ?? 0
      const desk = filter.book === undefined ? null : deskOf(filter.book)
      let n = 0
      for (let a = 0; a < world.users.high(); a++) {
        if (alive[a] !== 1) continue
        if (filter.withPositions === true && accountPositions(world, a) === 0) continue
        if (accountLevelType(world, a) < least) continue
        if (filter.login !== undefined && u.login[a] !== filter.login) continue
        if (passes !== null && !passes(a)) continue
        if (desk !== null && !holdsFor(world, a, desk)) continue
        if (holders !== null && holders[a] !== 1) continue
        if (matching && !matching.account(a)) continue
        out[n++] = a
      }
      return n
    },
    identities: () => u.login,
    ties: () => (a) => u.login[a] as number,
    columns: {
      login: numberColumn((a) => u.login[a] as number),
      name: nameColumn(world, nameRanks, (a) => a),
      group: pooledColumn(pool, (a) => u.group[a] as number),
      country: pooledColumn(pool, (a) => u.country[a] as number),
      currency: listedColumn(
        () => world.currencies,
        (a) => u.currencyId[a] as number,
      ),
      leverage: numberColumn((a) => u.leverage[a] as number),
      balance: numberColumn((a) => u.balance[a] as number),
      credit: numberColumn((a) => u.credit[a] as number),
      floating: numberColumn((a) => floatingOf(world, a), accountKeys(world, 'floating', null)),
      equity: numberColumn((a) => accountEquity(world, a), accountKeys(world, 'equity', null)),
      dayPl: numberColumn((a) => accountDayPl(world, a), accountKeys(world, 'dayPl', null)),
      dayRealised: numberColumn((a) => accountDay(world, a).dayRealised),
      dayUnrealised: numberColumn((a) => accountDay(world, a).dayUnrealised),
      daySwap: numberColumn((a) => accountDay(world, a).daySwap),
      dayCommission: numberColumn((a) => accountDay(world, a).dayCommission),
      dayAgent: numberColumn((a) => accountDay(world, a).dayAgent),
      margin: numberColumn((a) => u.margin[a] as number),
      freeMargin: numberColumn((a) => accountFreeMargin(world, a)),
      marginLevel: numberColumn((a) => accountMarginLevel(world, a)),
      levelType: numberColumn((a) => accountLevelType(world, a)),
      lots: numberColumn((a) => u.lots[a] as number),
      positions: numberColumn((a) => accountPositions(world, a)),
      floatingBase: numberColumn(
        (a) => inBase(a, floatingOf(world, a)),
        accountKeys(world, 'floating', digits),
      ),
      dayPlBase: numberColumn((a) => inBase(a, accountDayPl(world, a)), accountKeys(world, 'dayPl', digits)),
      equityBase: numberColumn(
        (a) => inBase(a, accountEquity(world, a)),
        accountKeys(world, 'equity', digits),
      ),
    },
    totals: createAccountTotals(world, digits),
  }
}
