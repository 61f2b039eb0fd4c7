import { pendingsView, positionsView, type ViewFilter } from '../../../shared/api/views.ts'
import { currencyDigits, pointOf, roundTo, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { Cmd } from '../../../shared/mt4/enums.ts'
import { CELL_STRIDE, Cell } from '../ledger/cell-layout.ts'
import { isBlankCell, NO_CELL } from '../world/cells.ts'
import { costUnits, deskOfTrade } from '../world/links.ts'
import { symbolOfTrade, TradeKind, type World } from '../world/world.ts'
import { deskOf, deskWords } from './exposures.ts'
import type { Matcher } from './matching.ts'
import { positionSums, ROWS_ADDED_UP } from './position-sums.ts'
import { numberColumn, orZero, type ViewColumn, type ViewSource } from './source.ts'
import { listedColumn, type NameRanks, nameColumn, pooledColumn } from './text-columns.ts'

/** Live price at which the trade would be closed (position) or is waited for (pending): NaN without a quote. */
const closePrice = (world: World, trade: number, atAsk: boolean): number => {
  const symbol = symbolOfTrade(world, trade)
  if (symbol < 0) return Number.NaN
  const index = world.symbols.columns.index[symbol] as number
  const price = (atAsk ? world.quotes.ask : world.quotes.bid)[index] ?? 0
  return price > 0 ? price : Number.NaN
}

/** Cell of a position; that of nothing known when it is nobody's. */
const cellOf = (world: World, trade: number): number => {
  const place = world.trades.columns.place[trade] as number
  return place < 0 ? NO_CELL : (world.ledger.columns.cell[place] as number)
}

/** Price result of a position in units of account currency; NaN when not computable. */
const resultUnits = (world: World, trade: number): number => {
  const place = world.trades.columns.place[trade] as number
  if (place < 0) return Number.NaN
  const { cell, cells, results, lots, open } = world.ledger.columns
  const c = cell[place] as number
  if (isBlankCell(cells, c)) return Number.NaN
  const units = results[place] as number
  if (units !== 0) return units
  // The pass writes 0 for what leads to no finite number.
  const at = c * CELL_STRIDE
  const value =
    (cells[at + Cell.UNIT] as number) * (lots[place] as number) * (cells[at + Cell.SCALE] as number)
  const amount = value * Math.max(cells[at + Cell.PRICE] as number, open[place] as number)
  return Number.isFinite(amount) ? 0 : Number.NaN
}

const scaleOfTrade = (world: World, trade: number): number =>
  world.ledger.columns.cells[cellOf(world, trade) * CELL_STRIDE + Cell.SCALE] as number

/** Price result of a position in account currency. */
const positionProfit = (world: World, trade: number): number =>
  resultUnits(world, trade) / scaleOfTrade(world, trade) + 0

/** The same with storage, commission and taxes. */
const positionTotal = (world: World, trade: number): number => {
  const scale = scaleOfTrade(world, trade)
  return (resultUnits(world, trade) + costUnits(world, trade, scale)) / scale + 0
}

const totalInBase = (world: World, trade: number, digits: number): number => {
  const rate = world.ledger.columns.cells[cellOf(world, trade) * CELL_STRIDE + Cell.TO_BASE] as number
  return roundTo(positionTotal(world, trade) * rate, digits)
}

const tradesSource = (
  world: World,
  kind: number,
  count: () => number,
  matcher: Matcher,
): Pick<ViewSource, 'all' | 'capacity' | 'idLimit' | 'select' | 'identities' | 'ties'> => {
  const t = world.trades.columns
  const u = world.users.columns
  const text = (code: number): string => world.pool.text(code)
  const ofAccount = (trade: number, { group, country, currency }: ViewFilter): boolean => {
    if (group === undefined && country === undefined && currency === undefined) return true
    const a = t.account[trade] as number
    if (a < 0) return false
    if (group !== undefined && text(u.group[a] as number) !== group) return false
    if (country !== undefined && text(u.country[a] as number) !== country) return false
    return currency === undefined || world.currencies[u.currencyId[a] as number] === currency
  }
  return {
    all: count,
    capacity: count,
    idLimit: world.trades.high,
    select: (filter: ViewFilter, out) => {
      const matching = matcher(filter.text)
      const desk = filter.book === undefined ? null : deskOf(filter.book)
      let n = 0
      for (let i = 0; i < world.trades.high(); i++) {
        if (t.kind[i] !== kind) continue
        if (filter.login !== undefined && t.login[i] !== filter.login) continue
        if (filter.symbol !== undefined && world.pool.text(t.symbol[i] as number) !== filter.symbol) continue
        if (!ofAccount(i, filter)) continue
        if (desk !== null && deskOfTrade(world, i, t.account[i] as number) !== desk) continue
        if (
          matching &&
          !matching.account(t.account[i] as number) &&
          !matching.symbol(symbolOfTrade(world, i))
        )
          continue
        out[n++] = i
      }
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
  return {
    table: positionsView,
    ...tradesSource(world, TradeKind.MARKET, () => world.positions, matcher),
    columns: {
      ...commonColumns(world, nameRanks),
      sl: numberColumn((i) => t.sl[i] as number),
      tp: numberColumn((i) => t.tp[i] as number),
      price: numberColumn((i) => closePrice(world, i, t.cmd[i] === Cmd.SELL)),
      profit: numberColumn((i) => positionProfit(world, i)),
      storage: numberColumn((i) => t.storage[i] as number),
      commission: numberColumn((i) => t.commission[i] as number),
      taxes: numberColumn((i) => t.taxes[i] as number),
      total: numberColumn((i) => positionTotal(world, i)),
      currency: listedColumn(() => world.currencies, currencyOf),
      totalBase: numberColumn((i) => totalInBase(world, i, digits)),
      book: listedColumn(
        () => deskWords,
        (i) => deskOfTrade(world, i, t.account[i] as number),
      ),
      comment: pooledColumn(world.pool, (i) => t.comment[i] as number),
    },
    totals: (ids, n, filter) => {
      if (n > ROWS_ADDED_UP) return positionSums(world, digits, ids, n, filter)
      const scale = scaleOf(digits)
      let units = 0
      let lots = 0
      for (let k = 0; k < n; k++) {
        const i = ids[k] as number
        units += orZero(toUnits(totalInBase(world, i, digits), scale))
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
