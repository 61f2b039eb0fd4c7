import { accountsView } from '../../../shared/api/views.ts'
import { currencyDigits, roundTo, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { LevelType } from '../../../shared/mt4/enums.ts'
import { symbolOfTrade, TradeKind, type World } from '../world/world.ts'
import type { Matcher } from './matching.ts'
import { numberColumn, type ViewSource } from './source.ts'
import { listedColumn, type NameRanks, nameColumn, pooledColumn } from './text-columns.ts'

/** Accounts with an open position in a symbol, by slot. */
const holdersOf = (world: World, symbol: string): Uint8Array => {
  const flags = new Uint8Array(world.users.high())
  const wanted = world.symbols.slotOf(symbol)
  const { kind, account } = world.trades.columns
  if (wanted < 0) return flags
  for (let t = 0; t < world.trades.high(); t++)
    if (kind[t] === TradeKind.MARKET && (account[t] as number) >= 0 && symbolOfTrade(world, t) === wanted)
      flags[account[t] as number] = 1
  return flags
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
      const matching = matcher(filter.text)
      const holders = filter.symbol === undefined ? null : holdersOf(world, filter.symbol)
      const alive = world.users.alive()
      const least = filter.minLevelType ?? 0
      let n = 0
      for (let a = 0; a < world.users.high(); a++) {
        if (alive[a] !== 1) continue
        if (filter.withPositions === true && u.positions[a] === 0) continue
        if ((u.levelType[a] as number) < least) continue
        if (filter.login !== undefined && u.login[a] !== filter.login) continue
        if (filter.group !== undefined && pool.text(u.group[a] as number) !== filter.group) continue
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
      floating: numberColumn((a) => u.floating[a] as number),
      equity: numberColumn((a) => u.equity[a] as number),
      dayPl: numberColumn((a) => u.dayPl[a] as number),
      margin: numberColumn((a) => u.margin[a] as number),
      freeMargin: numberColumn((a) => u.freeMargin[a] as number),
      marginLevel: numberColumn((a) => u.marginLevel[a] as number),
      levelType: numberColumn((a) => u.levelType[a] as number),
      lots: numberColumn((a) => u.lots[a] as number),
      positions: numberColumn((a) => u.positions[a] as number),
      floatingBase: numberColumn((a) => inBase(a, u.floating[a] as number)),
      dayPlBase: numberColumn((a) => inBase(a, u.dayPl[a] as number)),
      equityBase: numberColumn((a) => inBase(a, u.equity[a] as number)),
    },
    totals: (ids, n) => {
      const { currencyId, floating, dayPl, equity, balance, margin, levelType } = u
      const scale = scaleOf(digits)
      const units = { floating: 0, dayPl: 0, equity: 0, balance: 0, margin: 0 }
      const levels = [0, 0, 0]
      let positions = 0
      let lots = 0
      for (let i = 0; i < n; i++) {
        const a = ids[i] as number
        positions += u.positions[a] as number
        lots += u.lots[a] as number
        levels[levelType[a] as number] = (levels[levelType[a] as number] as number) + 1
        const rate = world.ratesToBase[currencyId[a] as number] ?? Number.NaN
        if (!(rate > 0)) continue
        units.floating += toUnits((floating[a] as number) * rate, scale)
        units.dayPl += toUnits((dayPl[a] as number) * rate, scale)
        units.equity += toUnits((equity[a] as number) * rate, scale)
        units.balance += toUnits((balance[a] as number) * rate, scale)
        units.margin += toUnits((margin[a] as number) * rate, scale)
      }
      return {
        floatingBase: units.floating / scale,
        dayPlBase: units.dayPl / scale,
        equityBase: units.equity / scale,
        balanceBase: units.balance / scale,
        marginBase: units.margin / scale,
        positions,
        lots,
        marginCalls: levels[LevelType.MARGINCALL] as number,
        stopOuts: levels[LevelType.STOPOUT] as number,
      }
    },
  }
}
