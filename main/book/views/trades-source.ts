import { pendingsView, positionsView, type ViewFilter } from '../../../shared/api/views.ts'
import { currencyDigits, pointOf, roundTo, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { Cmd } from '../../../shared/mt4/enums.ts'
import { CELL_STRIDE, Cell } from '../world/cells.ts'
import { symbolOfTrade, TradeKind, type World } from '../world/world.ts'
import type { Matcher } from './matching.ts'
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

/** Scale and rate of a position's account currency; the rate is NaN without a path, the scale 100 when nothing is known. */
const cellValue = (world: World, trade: number, place: number): number =>
  world.cells.values[(world.trades.columns.cell[trade] as number) * CELL_STRIDE + place] as number

/** Price result of a position in account currency; NaN when not computable. */
const positionProfit = (world: World, trade: number): number =>
  (world.trades.columns.openUnits[trade] as number) / cellValue(world, trade, Cell.SCALE) + 0

/** The same with storage, commission and taxes. */
const positionTotal = (world: World, trade: number): number => {
  const { openUnits, extraUnits } = world.trades.columns
  const units = (openUnits[trade] as number) + (extraUnits[trade] as number)
  return units / cellValue(world, trade, Cell.SCALE) + 0
}

const tradesSource = (
  world: World,
  kind: number,
  count: () => number,
  matcher: Matcher,
): Pick<ViewSource, 'all' | 'capacity' | 'idLimit' | 'select' | 'identities' | 'ties'> => {
  const t = world.trades.columns
  const u = world.users.columns
  const inGroup = (trade: number, group: string): boolean => {
    const account = t.account[trade] as number
    return account >= 0 && world.pool.text(u.group[account] as number) === group
  }
  return {
    all: count,
    capacity: count,
    idLimit: world.trades.high,
    select: (filter: ViewFilter, out) => {
      const matching = matcher(filter.text)
      let n = 0
      for (let i = 0; i < world.trades.high(); i++) {
        if (t.kind[i] !== kind) continue
        if (filter.login !== undefined && t.login[i] !== filter.login) continue
        if (filter.symbol !== undefined && world.pool.text(t.symbol[i] as number) !== filter.symbol) continue
        if (filter.group !== undefined && !inGroup(i, filter.group)) continue
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
  const totalBase = (i: number): number =>
    roundTo(positionTotal(world, i) * cellValue(world, i, Cell.TO_BASE), digits)
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
      totalBase: numberColumn(totalBase),
      comment: pooledColumn(world.pool, (i) => t.comment[i] as number),
    },
    totals: (ids, n) => {
      const { cell, openUnits, extraUnits, volume } = t
      const { values } = world.cells
      const baseScale = scaleOf(digits)
      let units = 0
      let lots = 0
      for (let k = 0; k < n; k++) {
        const i = ids[k] as number
        const at = (cell[i] as number) * CELL_STRIDE
        const total =
          ((openUnits[i] as number) + (extraUnits[i] as number)) / (values[at + Cell.SCALE] as number)
        units += orZero(toUnits(total * (values[at + Cell.TO_BASE] as number), baseScale))
        lots += volume[i] as number
      }
      return { totalBase: units / baseScale, lots }
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
