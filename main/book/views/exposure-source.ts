import { currenciesView, exposureView } from '../../../shared/api/views.ts'
import { currencyDigits, roundTo, scaleOf } from '../../../shared/money/rounding.ts'
import { uncovered } from '../formulas/exposure.ts'
import type { World } from '../world/world.ts'
import {
  type CurrencyExposure,
  currencyExposures,
  type SymbolExposure,
  symbolExposures,
} from './exposure-sums.ts'
import { numberColumn, orZero, type ViewSource } from './source.ts'
import { plainColumn, textOrder } from './text-columns.ts'

/** Rows by id: the symbol's slot, and a number each currency keeps. Ids without a row have nothing open. */
export type Exposures = {
  readonly symbols: () => readonly (SymbolExposure | undefined)[]
  readonly currencies: () => readonly (CurrencyExposure | undefined)[]
}

/** Exposure worked out at most once a valuation, and only when somebody looks. */
export const createExposures = (world: World, base: string, valuation: () => number): Exposures => {
  let symbols: (SymbolExposure | undefined)[] = []
  let currencies: (CurrencyExposure | undefined)[] = []
  const currencyIds = new Map<string, number>()
  let valued = -1
  const refresh = (): void => {
    if (valued === valuation()) return
    valued = valuation()
    symbols = symbolExposures(world, base)
    currencies = currencies.map(() => undefined)
    for (const row of currencyExposures(world, base, symbols)) {
      const id = currencyIds.get(row.currency) ?? currencyIds.size
      currencyIds.set(row.currency, id)
      currencies[id] = row
    }
  }
  return {
    symbols: () => {
      refresh()
      return symbols
    },
    currencies: () => {
      refresh()
      return currencies
    },
  }
}

const countRows = (rows: readonly unknown[]): number => rows.filter((row) => row !== undefined).length

const average = (sum: number, volume: number): number => (volume > 0 ? roundTo(sum / volume, 8) : Number.NaN)

export const exposureSource = (world: World, base: string, exposures: Exposures): ViewSource => {
  const c = world.symbols.columns
  const digits = currencyDigits(base)
  const scale = scaleOf(digits)
  const row = (i: number): SymbolExposure => exposures.symbols()[i] as SymbolExposure
  const name = (i: number): string => c.symbol[row(i).symbol] as string
  const price = (side: 'bid' | 'ask', i: number): number =>
    world.quotes[side][c.index[row(i).symbol] as number] || Number.NaN
  const clientsPl = (i: number): number => row(i).clients.units / scale
  const covPl = (i: number): number => row(i).coverage.units / scale
  const net = (i: number): number => roundTo(clientsPl(i) - covPl(i), digits)
  return {
    table: exposureView,
    all: () => countRows(exposures.symbols()),
    capacity: () => exposures.symbols().length,
    idLimit: () => exposures.symbols().length,
    select: (filter, out) => {
      const text = filter.text?.trim().toLowerCase() ?? ''
      let n = 0
      for (let i = 0; i < exposures.symbols().length; i++) {
        if (!exposures.symbols()[i]) continue
        if (filter.symbol !== undefined && name(i) !== filter.symbol) continue
        if (name(i).toLowerCase().includes(text)) out[n++] = i
      }
      return n
    },
    identities: () => null,
    ties: (ids, n) => textOrder(ids, n, name),
    columns: {
      symbol: plainColumn(name),
      digits: numberColumn((i) => c.digits[row(i).symbol] as number),
      orders: numberColumn((i) => row(i).clients.orders),
      buyLots: numberColumn((i) => row(i).clients.buy),
      sellLots: numberColumn((i) => row(i).clients.sell),
      buyPrice: numberColumn((i) => average(row(i).clients.buyOpen, row(i).clients.buy)),
      sellPrice: numberColumn((i) => average(row(i).clients.sellOpen, row(i).clients.sell)),
      netLots: numberColumn((i) => row(i).clients.buy - row(i).clients.sell),
      covBuyLots: numberColumn((i) => row(i).coverage.buy),
      covSellLots: numberColumn((i) => row(i).coverage.sell),
      uncoveredLots: numberColumn((i) => {
        const { clients, coverage } = row(i)
        return uncovered(clients.buy, clients.sell, coverage.buy, coverage.sell)
      }),
      bid: numberColumn((i) => price('bid', i)),
      ask: numberColumn((i) => price('ask', i)),
      clientsPlBase: numberColumn(clientsPl),
      covPlBase: numberColumn(covPl),
      netBase: numberColumn(net),
    },
    totals: (ids, n) => {
      const sums = { orders: 0, buyLots: 0, sellLots: 0, clientsPlBase: 0, covPlBase: 0, netBase: 0 }
      for (let k = 0; k < n; k++) {
        const i = ids[k] as number
        sums.orders += row(i).clients.orders
        sums.buyLots += row(i).clients.buy
        sums.sellLots += row(i).clients.sell
        sums.clientsPlBase += clientsPl(i)
        sums.covPlBase += covPl(i)
        sums.netBase += net(i)
      }
      return {
        ...sums,
        clientsPlBase: roundTo(sums.clientsPlBase, digits),
        covPlBase: roundTo(sums.covPlBase, digits),
        netBase: roundTo(sums.netBase, digits),
      }
    },
  }
}

export const currenciesSource = (base: string, exposures: Exposures): ViewSource => {
  const digits = currencyDigits(base)
  const row = (i: number): CurrencyExposure => exposures.currencies()[i] as CurrencyExposure
  const name = (i: number): string => row(i).currency
  return {
    table: currenciesView,
    all: () => countRows(exposures.currencies()),
    capacity: () => exposures.currencies().length,
    idLimit: () => exposures.currencies().length,
    select: (filter, out) => {
      const text = filter.text?.trim().toLowerCase() ?? ''
      let n = 0
      for (let i = 0; i < exposures.currencies().length; i++)
        if (exposures.currencies()[i] && name(i).toLowerCase().includes(text)) out[n++] = i
      return n
    },
    identities: () => null,
    ties: (ids, n) => textOrder(ids, n, name),
    columns: {
      currency: plainColumn(name),
      clients: numberColumn((i) => row(i).clients),
      coverage: numberColumn((i) => row(i).coverage),
      net: numberColumn((i) => roundTo(row(i).clients - row(i).coverage, currencyDigits(name(i)))),
      netBase: numberColumn((i) => row(i).netBase),
    },
    totals: (ids, n) => {
      let netBase = 0
      for (let k = 0; k < n; k++) netBase += orZero(row(ids[k] as number).netBase)
      return { netBase: roundTo(netBase, digits) }
    },
  }
}
