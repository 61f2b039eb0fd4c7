import { books, pendingsView, positionsView } from '../../../shared/api/views.ts'
import { currencyDigits, pointOf, roundTo, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { Cmd } from '../../../shared/mt4/enums.ts'
import type { Desk } from '../world/cells.ts'
import { deskOfTrade } from '../world/links.ts'
import { TradeKind, type World } from '../world/world.ts'
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
import { listedColumn, type NameRanks, nameColumn } from './text-columns.ts'
import { tradeNumber, tradeNumbers, tradeTexts } from './trade-columns.ts'
import { placesOf, tradeFilter } from './trade-filter.ts'

/** By its place in the ledger; a trade without one, by its record. */
const symbolOfPosition = (world: World, trade: number): number => {
  const place = world.trades.own.place[trade] as number
  if (place < 0) return world.symbols.slotOf(world.trades.cell('symbol', trade))
  return world.cells.symbol[world.ledger.columns.cell[place] as number] as number
}
const isSell = (world: World, trade: number): boolean => {
  const place = world.trades.own.place[trade] as number
  if (place < 0) return tradeNumber(world, 'cmd', trade) === Cmd.SELL
  return world.cells.sell[world.ledger.columns.cell[place] as number] as boolean
}
const deskOfPosition = (world: World, trade: number): Desk => {
  const { account, place } = world.trades.own
  const p = place[trade] as number
  if (p < 0) return deskOfTrade(world, trade, account[trade] as number)
  return world.cells.desk[world.ledger.columns.cell[p] as number] as Desk
}

/** Live price at which the trade would be closed (position) or is waited for (pending): NaN without a quote. */
const closePrice = (world: World, trade: number, atAsk: boolean): number => {
  const symbol = symbolOfPosition(world, trade)
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
  const { own } = world.trades
  return {
    all: count,
    capacity: count,
    idLimit: world.trades.high,
    select: (filter, out) => {
      const passes = tradeFilter(world, filter, matcher)
      let n = 0
      if (kind !== TradeKind.MARKET) {
        for (let i = 0; i < world.trades.high(); i++)
          if (own.kind[i] === kind && (passes === null || passes(i))) out[n++] = i
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
        if (own.kind[i] === kind && (own.place[i] as number) < 0 && (passes === null || passes(i)))
          out[n++] = i
      return n
    },
    identities: () => world.trades.column('order'),
    ties: () => {
      const order = world.trades.column('order')
      return (i) => order[i] as number
    },
  }
}

const commonColumns = (world: World, nameRanks: NameRanks) => {
  const { own } = world.trades
  return {
    order: tradeNumbers(world, 'order'),
    login: tradeNumbers(world, 'login'),
    name: nameColumn(world, nameRanks, (i) => own.account[i] as number),
    symbol: tradeTexts(world, 'symbol'),
    digits: tradeNumbers(world, 'digits'),
    cmd: tradeNumbers(world, 'cmd'),
    lots: tradeNumbers(world, 'volume'),
    openTime: tradeNumbers(world, 'openTime'),
    openPrice: tradeNumbers(world, 'openPrice'),
  } satisfies Record<string, ViewColumn>
}

export const positionsSource = (
  world: World,
  base: string,
  matcher: Matcher,
  nameRanks: NameRanks,
): ViewSource => {
  const { own } = world.trades
  const u = world.users.columns
  const digits = currencyDigits(base)
  const currencyOf = (i: number): number => {
    const account = own.account[i] as number
    return account < 0 ? -1 : (u.currencyId[account] as number)
  }
  const totalBase = (i: number): number => totalInBase(world, i, digits)
  return {
    table: positionsView,
    ...tradesSource(world, TradeKind.MARKET, () => world.positions, matcher),
    columns: {
      ...commonColumns(world, nameRanks),
      sl: tradeNumbers(world, 'sl'),
      tp: tradeNumbers(world, 'tp'),
      price: numberColumn((i) => closePrice(world, i, isSell(world, i))),
      profit: numberColumn((i) => positionProfit(world, i), figureKeys(world, positionProfit, profitKey)),
      storage: tradeNumbers(world, 'storage'),
      commission: tradeNumbers(world, 'commission'),
      taxes: tradeNumbers(world, 'taxes'),
      total: numberColumn((i) => positionTotal(world, i), figureKeys(world, positionTotal, totalKey)),
      currency: listedColumn(() => world.currencies, currencyOf),
      totalBase: numberColumn(
        totalBase,
        figureKeys(world, (_, i) => totalBase(i), totalBaseKey(digits)),
      ),
      book: listedColumn(
        () => books,
        (i) => deskOfPosition(world, i),
      ),
      comment: tradeTexts(world, 'comment'),
    },
    totals: (ids, n, filter) => {
      if (n > world.rowsAddedUp) return positionSums(world, digits, ids, n, filter)
      const scale = scaleOf(digits)
      let units = 0
      let lots = 0
      for (let k = 0; k < n; k++) {
        const i = ids[k] as number
        units += orZero(toUnits(totalBase(i), scale))
        lots += tradeNumber(world, 'volume', i)
      }
      return { totalBase: units / scale, lots }
    },
  }
}

/** Points the market is away from a pending's price; negative = already beyond. */
const distance = (world: World, i: number): number => {
  const cmd = tradeNumber(world, 'cmd', i)
  const gap = closePrice(world, i, cmd % 2 === 0) - tradeNumber(world, 'openPrice', i)
  const towards = cmd === Cmd.BUY_LIMIT || cmd === Cmd.SELL_STOP ? gap : -gap
  return roundTo(towards / pointOf(tradeNumber(world, 'digits', i)), 1)
}

export const pendingsSource = (world: World, matcher: Matcher, nameRanks: NameRanks): ViewSource => ({
  table: pendingsView,
  ...tradesSource(world, TradeKind.PENDING, () => world.pendings, matcher),
  columns: {
    ...commonColumns(world, nameRanks),
    price: numberColumn((i) => closePrice(world, i, tradeNumber(world, 'cmd', i) % 2 === 0)),
    distance: numberColumn((i) => distance(world, i)),
    expiration: tradeNumbers(world, 'expiration'),
  },
  totals: (ids, n) => {
    const volume = world.trades.column('volume')
    let lots = 0
    for (let k = 0; k < n; k++) lots += volume[ids[k] as number] as number
    return { lots }
  },
})
