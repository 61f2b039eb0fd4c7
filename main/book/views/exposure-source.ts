import { exposureView, type ViewFilter } from '../../../shared/api/views.ts'
import { currencyDigits, roundTo, scaleOf } from '../../../shared/money/rounding.ts'
import { profitCurrency } from '../formulas/conversion.ts'
import { priceUnit, uncovered } from '../formulas/exposure.ts'
import { rateToBase } from '../value/rates.ts'
import { Desk } from '../world/cells.ts'
import type { World } from '../world/world.ts'
import {
  clientsOf,
  exposureFacts,
  midPrice,
  noExposure,
  type Side,
  type SymbolExposure,
} from './exposure-sums.ts'
import { deskOf, type Exposures, MAX_QUESTIONS } from './exposures.ts'
import { numberColumn, orZero, type ViewSource } from './source.ts'
import { plainColumn, textOrder } from './text-columns.ts'

/** Ids of rows: the question's number times this, plus the slot of the symbol. */
export const ROWS_A_QUESTION = 1 << 14

const average = (sum: number, volume: number): number => (volume > 0 ? roundTo(sum / volume, 8) : Number.NaN)

/** What the clients' net lots are worth at the market, in base currency; a future by its tick. */
const notional = (world: World, base: string, { symbol }: SymbolExposure, netLots: number): number => {
  const facts = exposureFacts(world, symbol)
  const rate = rateToBase(world, profitCurrency(facts), base)
  const value = (netLots / 100) * priceUnit(facts) * midPrice(world, symbol) * rate
  return Number.isFinite(value) ? roundTo(value, currencyDigits(base)) : Number.NaN
}

const sideAmounts = {
  clients: clientsOf,
  bBook: ({ desks }: SymbolExposure) => desks[Desk.B_BOOK],
  aBook: ({ desks }: SymbolExposure) => desks[Desk.A_BOOK],
  coverage: ({ desks }: SymbolExposure) => desks[Desk.COVERAGE],
} as const

export const exposureSource = (world: World, base: string, exposures: Exposures): ViewSource => {
  const c = world.symbols.columns
  const digits = currencyDigits(base)
  const scale = scaleOf(digits)
  /** A kept row may have nothing open any more. */
  const row = (id: number): SymbolExposure =>
    exposures.at(Math.floor(id / ROWS_A_QUESTION)).symbols[id % ROWS_A_QUESTION] ??
    noExposure(id % ROWS_A_QUESTION)
  const name = (id: number): string => c.symbol[id % ROWS_A_QUESTION] as string
  const price = (side: 'bid' | 'ask', id: number): number => {
    const given = world.quotes[side][c.index[id % ROWS_A_QUESTION] as number] ?? 0
    return given > 0 ? given : Number.NaN
  }
  const of = (side: keyof typeof sideAmounts, work: (side: Side) => number) => (id: number) =>
    work(sideAmounts[side](row(id)))
  const result = (side: Side): number => side.units / scale
  const net = (side: Side): number => side.buy - side.sell
  const clientsPl = of('clients', result)
  const covPl = of('coverage', result)
  const netBase = (id: number): number => roundTo(clientsPl(id) - covPl(id), digits)
  const uncoveredLots = (id: number): number => {
    const [clients, coverage] = [clientsOf(row(id)), sideAmounts.coverage(row(id))]
    return uncovered(clients.buy, clients.sell, coverage.buy, coverage.sell)
  }
  const passes = ({ symbol, text = '', book }: ViewFilter, id: number): boolean => {
    if (symbol !== undefined && exposures.shownAs(world.symbols.slotOf(symbol)) !== id % ROWS_A_QUESTION)
      return false
    if (book !== undefined && row(id).desks[deskOf(book)].orders === 0) return false
    return name(id).toLowerCase().includes(text.trim().toLowerCase())
  }
  const columns = {
    symbol: plainColumn(name),
    digits: numberColumn((id) => c.digits[id % ROWS_A_QUESTION] as number),
    orders: numberColumn(of('clients', (side) => side.orders)),
    buyLots: numberColumn(of('clients', (side) => side.buy)),
    sellLots: numberColumn(of('clients', (side) => side.sell)),
    buyPrice: numberColumn(of('clients', (side) => average(side.buyOpen, side.buy))),
    sellPrice: numberColumn(of('clients', (side) => average(side.sellOpen, side.sell))),
    netLots: numberColumn(of('clients', net)),
    notionalBase: numberColumn((id) => notional(world, base, row(id), net(clientsOf(row(id))))),
    bNetLots: numberColumn(of('bBook', net)),
    aNetLots: numberColumn(of('aBook', net)),
    covBuyLots: numberColumn(of('coverage', (side) => side.buy)),
    covSellLots: numberColumn(of('coverage', (side) => side.sell)),
    covBuyPrice: numberColumn(of('coverage', (side) => average(side.buyOpen, side.buy))),
    covSellPrice: numberColumn(of('coverage', (side) => average(side.sellOpen, side.sell))),
    uncoveredLots: numberColumn(uncoveredLots),
    bid: numberColumn((id) => price('bid', id)),
    ask: numberColumn((id) => price('ask', id)),
    clientsPlBase: numberColumn(clientsPl),
    bPlBase: numberColumn(of('bBook', result)),
    aPlBase: numberColumn(of('aBook', result)),
    covPlBase: numberColumn(covPl),
    netBase: numberColumn(netBase),
  }
  const summed = [
    'orders',
    'buyLots',
    'sellLots',
    'notionalBase',
    'clientsPlBase',
    'bPlBase',
    'aPlBase',
    'covPlBase',
    'netBase',
  ] as const
  return {
    table: exposureView,
    all: () => exposures.at(exposures.number({})).symbols.filter(Boolean).length,
    capacity: () => world.symbols.high(),
    idLimit: () => ROWS_A_QUESTION * MAX_QUESTIONS,
    select: (filter, out) => {
      const first = exposures.number(filter) * ROWS_A_QUESTION
      const { symbols } = exposures.at(first / ROWS_A_QUESTION)
      let n = 0
      for (let s = 0; s < symbols.length; s++)
        if (symbols[s] && passes(filter, first + s)) out[n++] = first + s
      return n
    },
    identities: () => null,
    ties: (ids, n) => textOrder(ids, n, name),
    columns,
    totals: (ids, n) => {
      const sums: Record<string, number> = Object.fromEntries(summed.map((column) => [column, 0]))
      for (let k = 0; k < n; k++)
        for (const column of summed)
          sums[column] = (sums[column] as number) + orZero(columns[column].at(ids[k] as number) as number)
      for (const column of summed)
        if (column.endsWith('Base')) sums[column] = roundTo(sums[column] as number, digits)
      return sums
    },
  }
}
