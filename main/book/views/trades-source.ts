import { books, pendingsView, positionsView } from '../../../shared/api/views.ts'
import { currencyDigits, pointOf, roundTo, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { Cmd } from '../../../shared/mt4/enums.ts'
import { deskOfTrade } from '../world/links.ts'
import { symbolOfTrade, TradeKind, type World } from '../world/world.ts'
import type { Matcher } from './matching.ts'
import {
  figureKeys,
  positionProfit,
  positionTotal,
  profitKey,
  totalBaseKey,
  totalInBase,
  totalKey,
} from './position-figures.ts'
import { positionSums } from './position-sums.ts'
import { numberColumn, orZero, type ViewColumn, type ViewSource } from './source.ts'
import { listedColumn, type NameRanks, nameColumn, pooledColumn } from './text-columns.ts'
import { placesOf, tradeFilter } from './trade-filter.ts'

/** Live price at which the trade would be closed (position) or is waited for (pending): NaN without a quote. */
const closePrice = (world: World, trade: number, atAsk: boolean): number => {
  const symbol = symbolOfTrade(world, trade)
  if (symbol < 0) return Number.NaN
  const index = world.symbols.columns.index[symbol] as number
  const price = (atAsk ? world.quotes.ask : world.quotes.bid)[index] ?? 0
  return price > 0 ? price : Number.NaN
}

const tradesSource = (
  world: World,
  kind: number,
  count: () => number,
  matcher: Matcher,
): Pick<ViewSource, 'all' | 'capacity' | 'idLimit' | 'select' | 'identities' | 'ties'> => {
  const t = world.trades.columns
  return {
    all: count,
    capacity: count,
    idLimit: world.trades.high,
    select: (filter, out) => {
      const passes = tradeFilter(world, filter, matcher)
      let n = 0
      if (kind !== TradeKind.MARKET) {
        for (let i = 0; i < world.trades.high(); i++)
          if (t.kind[i] === kind && (passes === null || passes(i))) out[n++] = i
        return n
      }
      // In the order of the ledger, where figures lie side by side.
      const { trade } = world.ledger.columns
      const [from, to] = placesOf(world, filter.login)
      for (let p = from; p < to; p++) {
        const i = trade[p] as number
        if (i >= 0 && (passes === null || passes(i))) out[n++] = i
      }
      if (n === world.positions || world.orphans.size === 0) return n
      for (let i = 0; i < world.trades.high(); i++)
        if (t.kind[i] === kind && (t.place[i] as number) < 0 && (passes === null || passes(i))) out[n++] = i
      return n
    },
    identities: () => t.order,
    ties: () => (i) => t.order[i] as number,
  }
}

const commonColumns = (world: World, nameRanks: NameRanks) => {
  const t = world.trades.columns
  return {
    order: numberColumn((i) => t.order[i] as number),
    login: numberColumn((i) => t.login[i] as number),
    name: nameColumn(world, nameRanks, (i) => t.account[i] as number),
    symbol: pooledColumn(world.pool, (i) => t.symbol[i] as number),
    digits: numberColumn((i) => t.digits[i] as number),
    cmd: numberColumn((i) => t.cmd[i] as number),
    lots: numberColumn((i) => t.volume[i] as number),
    openTime: numberColumn((i) => t.openTime[i] as number),
    openPrice: numberColumn((i) => t.openPrice[i] as number),
  } satisfies Record<string, ViewColumn>
}

export const positionsSource = (
  world: World,
  base: string,
  matcher: Matcher,
  nameRanks: NameRanks,
): ViewSource => {
  const t = world.trades.columns
  const u = world.users.columns
  const digits = currencyDigits(base)
  const currencyOf = (i: number): number => {
    const account = t.account[i] as number
    return account < 0 ? -1 : (u.currencyId[account] as number)
  }
  const totalBase = (i: number): number => totalInBase(world, i, digits)
  return {
    table: positionsView,
    ...tradesSource(world, TradeKind.MARKET, () => world.positions, matcher),
    columns: {
      ...commonColumns(world, nameRanks),
      sl: numberColumn((i) => t.sl[i] as number),
      tp: numberColumn((i) => t.tp[i] as number),
      price: numberColumn((i) => closePrice(world, i, t.cmd[i] === Cmd.SELL)),
      profit: numberColumn((i) => positionProfit(world, i), figureKeys(world, positionProfit, profitKey)),
      storage: numberColumn((i) => t.storage[i] as number),
      commission: numberColumn((i) => t.commission[i] as number),
      taxes: numberColumn((i) => t.taxes[i] as number),
      total: numberColumn((i) => positionTotal(world, i), figureKeys(world, positionTotal, totalKey)),
      currency: listedColumn(() => world.currencies, currencyOf),
      totalBase: numberColumn(
        totalBase,
        figureKeys(world, (_, i) => totalBase(i), totalBaseKey(digits)),
      ),
      book: listedColumn(
        () => books,
        (i) => deskOfTrade(world, i, t.account[i] as number),
      ),
      comment: pooledColumn(world.pool, (i) => t.comment[i] as number),
    },
    totals: (ids, n, filter) => {
      if (n > world.rowsAddedUp) return positionSums(world, digits, ids, n, filter)
      const scale = scaleOf(digits)
      let units = 0
      let lots = 0
      for (let k = 0; k < n; k++) {
        const i = ids[k] as number
        units += orZero(toUnits(totalBase(i), scale))
        lots += t.volume[i] as number
      }
      return { totalBase: units / scale, lots }
    },
  }
}

/** Points the market is away from a pending's price; negative = already beyond. */
const distance = (world: World, i: number): number => {
  const t = world.trades.columns
  const cmd = t.cmd[i] as number
  const gap = closePrice(world, i, cmd % 2 === 0) - (t.openPrice[i] as number)
  const towards = cmd === Cmd.BUY_LIMIT || cmd === Cmd.SELL_STOP ? gap : -gap
  return roundTo(towards / pointOf(t.digits[i] as number), 1)
}

export const pendingsSource = (world: World, matcher: Matcher, nameRanks: NameRanks): ViewSource => {
  const t = world.trades.columns
  return {
    table: pendingsView,
    ...tradesSource(world, TradeKind.PENDING, () => world.pendings, matcher),
    columns: {
      ...commonColumns(world, nameRanks),
      price: numberColumn((i) => closePrice(world, i, (t.cmd[i] as number) % 2 === 0)),
      distance: numberColumn((i) => distance(world, i)),
      expiration: numberColumn((i) => t.expiration[i] as number),
    },
    totals: (ids, n) => {
      let lots = 0
      for (let k = 0; k < n; k++) lots += t.volume[ids[k] as number] as number
      return { lots }
    },
  }
}
