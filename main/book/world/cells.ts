import { currencyDigits, scaleOf } from '../../../shared/money/rounding.ts'
import { ProfitMode } from '../../../shared/mt4/enums.ts'
import { type ConversionPlan, planRate, profitPlan, type Quotes } from '../formulas/conversion.ts'
import { unitValue } from '../formulas/profit.ts'
import { CELL_STRIDE, Cell } from '../ledger/cell-layout.ts'
import type { World } from './world.ts'

/** Who stands behind a position: the broker itself (B-book), a liquidity provider (A-book), or it is a hedge of the broker's. */
export const Desk = { B_BOOK: 0, A_BOOK: 1, COVERAGE: 2 } as const
export type Desk = (typeof Desk)[keyof typeof Desk]
const DESKS = 3

/** Who stands behind a position of an account of this desk: what the broker bears itself may have been passed on. */
export const deskBehind = (desk: Desk, gwVolume: number, gwOrder: number): Desk =>
  desk === Desk.B_BOOK && (gwVolume !== 0 || gwOrder !== 0) ? Desk.A_BOOK : desk
const MAX_RESERVED = 16_384

/**
 * A cell is everything that positions of one symbol, deposit currency, side and desk have in common, worked out once a
 * pass, with what they add up to. Cell 0 is that of empty places; unknown symbols have blank cells.
 */
export type Cells = {
  /** Cell by symbol, currency, side and desk; 0 = none yet. */
  byKey: Int32Array
  currencies: number
  /** Symbol slot (−1 unknown), currency id (−1 unknown), side and desk of each cell. */
  readonly symbol: number[]
  readonly currency: number[]
  readonly sell: boolean[]
  readonly desk: Desk[]
  readonly plan: ConversionPlan[]
  /** Positions in a cell, and their volume in 1/100 lot. Sums have room for more cells, and are replaced when they grow. */
  orders: Float64Array
  volume: Float64Array
  /** Σ storage, commission and taxes in units. */
  costs: Float64Array
  /** Σ open price · volume, in two parts (double-double): adding and taking away leaves no drift behind. */
  openHigh: Float64Array
  openLow: Float64Array
}

const FIRST_CELLS = 64

export const createCells = (): Cells => ({
  byKey: new Int32Array(0),
  currencies: 0,
  symbol: [-1],
  currency: [-1],
  sell: [false],
  desk: [Desk.B_BOOK],
  plan: [null],
  orders: new Float64Array(FIRST_CELLS),
  volume: new Float64Array(FIRST_CELLS),
  costs: new Float64Array(FIRST_CELLS),
  openHigh: new Float64Array(FIRST_CELLS),
  openLow: new Float64Array(FIRST_CELLS),
})

const grown = (sums: Float64Array, length: number): Float64Array => {
  const more = new Float64Array(length)
  more.set(sums)
  return more
}

/** Makes room for the sums of cells below this. */
const ensureSums = (cells: Cells, length: number): void => {
  if (length <= cells.orders.length) return
  const room = Math.max(length, cells.orders.length * 2)
  for (const name of ['orders', 'volume', 'costs', 'openHigh', 'openLow'] as const)
    cells[name] = grown(cells[name], room)
}

export const NO_CELL = 0

/** What a cell's values rest on: the board of quotes, and the rates of deposit currencies to base currency. */
export type Market = { readonly quotes: Quotes; readonly ratesToBase: ArrayLike<number> }

/** Writes close price, unit value and rate to base of a cell on some market into `values` (stride `CELL_STRIDE`). */
export const evaluateCell = (world: World, market: Market, values: Float64Array, cell: number): void => {
  const { cells, symbols } = world
  const at = cell * CELL_STRIDE
  const symbol = cells.symbol[cell] as number
  if (symbol < 0) {
    values[at + Cell.PRICE] = Number.NaN
    values[at + Cell.UNIT] = Number.NaN
    values[at + Cell.TO_BASE] = Number.NaN
    return
  }
  const { index, profitMode, contractSize, tickSize, tickValue } = symbols.columns
  const sell = cells.sell[cell] as boolean
  const price = (sell ? market.quotes.ask : market.quotes.bid)[index[symbol] as number] ?? 0
  const rate = planRate(cells.plan[cell] as ConversionPlan, sell, market.quotes)
  values[at + Cell.PRICE] = price > 0 ? price : Number.NaN
  values[at + Cell.UNIT] = unitValue(
    {
      profitMode: profitMode[symbol] as number,
      contractSize: contractSize[symbol] as number,
      tickSize: tickSize[symbol] as number,
      tickValue: tickValue[symbol] as number,
    },
    rate,
  )
  values[at + Cell.TO_BASE] = market.ratesToBase[cells.currency[cell] as number] ?? Number.NaN
}

/** Brings all cells to the quotes and rates of the moment. */
export const evaluateCells = (world: World): void => {
  const values = world.ledger.columns.cells
  for (let cell = 0; cell < world.cells.symbol.length; cell++) evaluateCell(world, world, values, cell)
}

/** Writes what never changes in a cell. */
const writeTerms = (
  values: Float64Array,
  cell: number,
  scale: number,
  sell: boolean,
  apart: boolean,
): void => {
  const at = cell * CELL_STRIDE
  values[at + Cell.SCALE] = scale
  values[at + Cell.SIGN] = sell ? -1 : 1
  const bits = apart ? 0xffffffff : 0
  new Uint32Array(values.buffer, values.byteOffset + (at + Cell.APART) * 8, 2).fill(bits)
}

const makeCell = (world: World, symbol: number, currency: number, sell: boolean, desk: Desk): number => {
  const { cells } = world
  const cell = cells.symbol.length
  world.ledger.ensureCells(cell + 1)
  ensureSums(cells, cell + 1)
  const { symbol: name, currency: own, profitMode, index } = world.symbols.columns
  const deposit = world.currencies[currency] ?? ''
  const known = symbol >= 0
  const facts = {
    symbol: known ? (name[symbol] as string) : '',
    index: known ? (index[symbol] as number) : -1,
    profitMode: known ? (profitMode[symbol] as number) : ProfitMode.FOREX,
    currency: known ? world.pool.text(own[symbol] as number) : '',
  }
  cells.symbol.push(symbol)
  cells.currency.push(currency)
  cells.sell.push(sell)
  cells.desk.push(desk)
  cells.plan.push(currency < 0 || !known ? null : profitPlan(facts, deposit, world.pairs))
  const values = world.ledger.columns.cells
  writeTerms(values, cell, scaleOf(currencyDigits(deposit)), sell, facts.profitMode === ProfitMode.FOREX)
  evaluateCell(world, world, values, cell)
  return cell
}

/**
 * Place of a cell in `byKey`, in three parts that add up: of its symbol slot (−1 unknown), of its account's currency id (−1
 * unknown) and desk, and of its side. Whoever links many trades of an account, or of few symbols, works them out once.
 */
export const symbolKey = (cells: Cells, symbol: number): number => (symbol + 1) * cells.currencies * 2 * DESKS
export const accountKey = (currency: number, desk: Desk): number => (currency + 1) * 2 * DESKS + desk
export const SELL_KEY = DESKS

/** The cell of a key; made when first asked for. */
export const cellAt = (world: World, key: number): number => {
  const { cells } = world
  const known = cells.byKey[key] as number
  if (known > 0) return known
  const side = Math.floor(key / DESKS)
  const account = Math.floor(side / 2)
  const cell = makeCell(
    world,
    Math.floor(account / cells.currencies) - 1,
    (account % cells.currencies) - 1,
    side % 2 === 1,
    (key % DESKS) as Desk,
  )
  cells.byKey[key] = cell
  return cell
}

/** Cell of a symbol slot (−1 unknown), currency id (−1 unknown), side and desk; made when first asked for. */
export const cellOf = (world: World, symbol: number, currency: number, sell: boolean, desk: Desk): number =>
  cellAt(world, symbolKey(world.cells, symbol) + accountKey(currency, desk) + (sell ? SELL_KEY : 0))

/** Room for every symbol and currency there is; called when everything is linked anew. */
export const prepareCells = (world: World): void => {
  const { cells } = world
  cells.currencies = world.currencies.length + 1
  cells.byKey = new Int32Array((world.symbols.high() + 1) * cells.currencies * 2 * DESKS)
  // Room made once is cheaper than a ledger full of positions that moves.
  world.ledger.reserveCells(Math.min(cells.byKey.length + 1, MAX_RESERVED))
  writeTerms(world.ledger.columns.cells, NO_CELL, 100, false, true)
}

/** Adds `sign` times a position of `volume` (1/100 lot) at an open price, with its costs in units, to a cell's sums. */
export const addToCell = (
  cells: Cells,
  cell: number,
  volume: number,
  open: number,
  costs: number,
  sign: 1 | -1,
): void => {
  cells.costs[cell] = (cells.costs[cell] as number) + sign * costs
  cells.orders[cell] = (cells.orders[cell] as number) + sign
  cells.volume[cell] = (cells.volume[cell] as number) + sign * volume
  const a = cells.openHigh[cell] as number
  const b = sign * volume * open
  const sum = a + b
  const rest = sum - a
  cells.openHigh[cell] = sum
  cells.openLow[cell] = (cells.openLow[cell] as number) + (a - (sum - rest)) + (b - rest)
}

/** Counts a position whose account is not there. */
export const countNobodys = (world: World, login: number, volume: number): void => {
  world.orphans.add(login)
  world.nobodys.positions++
  world.nobodys.volume += volume
}

/** Σ open price · volume of a cell. */
export const cellOpenSum = (cells: Cells, cell: number): number =>
  (cells.openHigh[cell] as number) + (cells.openLow[cell] as number)

/** No quote or no conversion: nothing in this cell can be valued. */
export const isBlankCell = (values: Float64Array, cell: number): boolean => {
  const at = cell * CELL_STRIDE
  const product = (values[at + Cell.PRICE] as number) * (values[at + Cell.UNIT] as number)
  return product - product !== 0
}
