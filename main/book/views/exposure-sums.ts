import { currencyDigits, roundTo, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { currencyAmounts } from '../formulas/exposure.ts'
import { CELL_STRIDE, Cell } from '../ledger/cell-layout.ts'
import { rateToBase } from '../value/rates.ts'
import { cellOpenSum, Desk } from '../world/cells.ts'
import type { World } from '../world/world.ts'
import { orZero } from './source.ts'

/**
 * What one desk holds in a symbol: volumes in 1/100 lot of the row's own contract size, Σ open price · volume, price
 * results in units of base currency (the exact sum of each deposit currency and side, converted once).
 */
export type Side = {
  orders: number
  buy: number
  sell: number
  buyOpen: number
  sellOpen: number
  units: number
}

export type SymbolExposure = {
  /** Slot of the symbol it is shown as. */
  readonly symbol: number
  /** By `Desk`. */
  readonly desks: readonly [bBook: Side, aBook: Side, coverage: Side]
}
export type CurrencyExposure = {
  readonly currency: string
  readonly clients: number
  readonly coverage: number
  readonly netBase: number
}

/** Positions, volume, Σ open · volume and result (units of the deposit currency) of each cell. */
export type CellSums = {
  readonly orders: ArrayLike<number>
  readonly volume: ArrayLike<number>
  readonly open: (cell: number) => number
  readonly results: ArrayLike<number>
}

const emptySide = (): Side => ({ orders: 0, buy: 0, sell: 0, buyOpen: 0, sellOpen: 0, units: 0 })

/** A symbol in which nothing is open. */
export const noExposure = (symbol: number): SymbolExposure => ({
  symbol,
  desks: [emptySide(), emptySide(), emptySide()],
})

/** Everybody's. */
export const allCells = (world: World): CellSums => ({
  orders: world.cells.orders,
  volume: world.cells.volume,
  open: (cell) => cellOpenSum(world.cells, cell),
  results: world.ledger.sumCells().slice(0, world.cells.symbol.length),
})

/** Those of some accounts, by slot. */
export const cellsOf = (world: World, belongs: (account: number) => boolean): CellSums => {
  const cells = world.cells.symbol.length
  const [orders, volume, opens, results] = Array.from({ length: 4 }, () => new Float64Array(cells)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const { start, count, cell, lots, open, results: units } = world.ledger.columns
  const alive = world.users.alive()
  for (let a = 0; a < world.users.high(); a++) {
    if (alive[a] !== 1 || count[a] === 0 || !belongs(a)) continue
    const from = start[a] as number
    for (let p = from; p < from + (count[a] as number); p++) {
      const c = cell[p] as number
      const size = Math.round((lots[p] as number) * 100)
      orders[c] = (orders[c] as number) + 1
      volume[c] = (volume[c] as number) + size
      opens[c] = (opens[c] as number) + size * (open[p] as number)
      results[c] = (results[c] as number) + orZero(units[p] as number)
    }
  }
  return { orders, volume, open: (c) => opens[c] as number, results }
}

/**
 * Sums by symbol; places are the slots of the symbols they are shown as. `shownAs` gives that slot for a symbol's:
 * lots of another contract size are brought to its own.
 */
export const symbolExposures = (
  world: World,
  base: string,
  sums: CellSums,
  shownAs: ArrayLike<number>,
): (SymbolExposure | undefined)[] => {
  const rows: (SymbolExposure | undefined)[] = []
  const { cells } = world
  const values = world.ledger.columns.cells
  const { contractSize } = world.symbols.columns
  const scale = scaleOf(currencyDigits(base))
  for (let c = 1; c < cells.symbol.length; c++) {
    const orders = sums.orders[c] as number
    if (orders === 0) continue
    const own = cells.symbol[c] as number
    if (own < 0) continue
    const symbol = shownAs[own] ?? own
    const row = (rows[symbol] ??= noExposure(symbol))
    const side = row.desks[cells.desk[c] as Desk]
    const ratio = (contractSize[own] as number) / (contractSize[symbol] as number)
    const factor = own === symbol || !Number.isFinite(ratio) ? 1 : ratio
    side.orders += orders
    const [volume, open] = [(sums.volume[c] as number) * factor, sums.open(c) * factor]
    if (cells.sell[c]) {
      side.sell += volume
      side.sellOpen += open
    } else {
      side.buy += volume
      side.buyOpen += open
    }
    const at = c * CELL_STRIDE
    const result = (sums.results[c] as number) / (values[at + Cell.SCALE] as number)
    side.units += orZero(toUnits(result * (values[at + Cell.TO_BASE] as number), scale))
  }
  return rows
}

/** Clients of both books together. */
export const clientsOf = ({ desks }: SymbolExposure): Side => {
  const [b, a] = [desks[Desk.B_BOOK], desks[Desk.A_BOOK]]
  return {
    orders: b.orders + a.orders,
    buy: b.buy + a.buy,
    sell: b.sell + a.sell,
    buyOpen: b.buyOpen + a.buyOpen,
    sellOpen: b.sellOpen + a.sellOpen,
    units: b.units + a.units,
  }
}

/** The part of a symbol that its currency amounts rest on. */
export const exposureFacts = (world: World, symbol: number) => {
  const c = world.symbols.columns
  return {
    symbol: c.symbol[symbol] as string,
    profitMode: c.profitMode[symbol] as number,
    currency: world.pool.text(c.currency[symbol] as number),
    contractSize: c.contractSize[symbol] as number,
    tickSize: c.tickSize[symbol] as number,
    tickValue: c.tickValue[symbol] as number,
  }
}

/** Middle price of a symbol, NaN without a quote. */
export const midPrice = (world: World, symbol: number): number => {
  const index = world.symbols.columns.index[symbol] as number
  const [bid, ask] = [world.quotes.bid[index] ?? 0, world.quotes.ask[index] ?? 0]
  return bid > 0 && ask > 0 ? (bid + ask) / 2 : Number.NaN
}

/** Net amounts by currency of all symbols; `netBase` NaN when the currency leads nowhere. */
export const currencyExposures = (
  world: World,
  base: string,
  symbols: readonly (SymbolExposure | undefined)[],
): CurrencyExposure[] => {
  const sums = new Map<string, { clients: number; coverage: number }>()
  for (const entry of symbols) {
    if (!entry) continue
    const facts = exposureFacts(world, entry.symbol)
    const price = midPrice(world, entry.symbol)
    for (const [who, side] of [
      ['clients', clientsOf(entry)],
      ['coverage', entry.desks[Desk.COVERAGE]],
    ] as const) {
      const net = (side.buy - side.sell) / 100
      const open = (side.buyOpen - side.sellOpen) / 100
      for (const { currency, amount } of currencyAmounts(facts, net, open, price)) {
        const sum = sums.get(currency) ?? { clients: 0, coverage: 0 }
        sum[who] += amount
        sums.set(currency, sum)
      }
    }
  }
  return [...sums].map(([currency, sum]) => {
    const digits = currencyDigits(currency)
    const clients = roundTo(sum.clients, digits)
    const coverage = roundTo(sum.coverage, digits)
    const netBase = roundTo((clients - coverage) * rateToBase(world, currency, base), currencyDigits(base))
    return { currency, clients, coverage, netBase }
  })
}
