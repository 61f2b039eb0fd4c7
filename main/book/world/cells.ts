import { currencyDigits, scaleOf } from '../../../shared/money/rounding.ts'
import { ProfitMode } from '../../../shared/mt4/enums.ts'
import { type ConversionPlan, planRate, profitPlan } from '../formulas/conversion.ts'
import { unitValue } from '../formulas/profit.ts'
import type { World } from './world.ts'

/**
 * Everything that positions of one symbol, deposit currency and side have in common, worked out once a pass. Cell 0
 * stands for what cannot be computed.
 */
export type Cells = {
  readonly ids: Map<number, number>
  /** Symbol slot, currency id and side of each cell. */
  readonly symbol: number[]
  readonly currency: number[]
  readonly sell: boolean[]
  readonly plan: ConversionPlan[]
  /** `CELL_STRIDE` numbers a cell, side by side so that a position finds all it needs in one place of memory. */
  values: Float64Array
}

export const CELL_STRIDE = 8
/** Places in a cell. `UNIT`: money value of one price unit and lot; `SIGN`: +1 buy, −1 sell; `FOREX`: 1 = legs rounded apart; `TO_BASE`: rate of the deposit currency. */
export const Cell = { PRICE: 0, UNIT: 1, SCALE: 2, SIGN: 3, FOREX: 4, TO_BASE: 5 } as const

const NO_CELL = 0
const MAX_CURRENCIES = 0x10000

const blank = (values: Float64Array, cell: number): void => {
  const at = cell * CELL_STRIDE
  values.fill(Number.NaN, at, at + CELL_STRIDE)
  values[at + Cell.SCALE] = 100
}

export const createCells = (): Cells => {
  const values = new Float64Array(64 * CELL_STRIDE)
  blank(values, NO_CELL)
  return { ids: new Map(), symbol: [-1], currency: [-1], sell: [false], plan: [null], values }
}

/** Close price, unit value and rate to base currency on the quotes of the moment. */
const evaluate = (world: World, cell: number): void => {
  const { cells, symbols } = world
  const symbol = cells.symbol[cell] as number
  const index = symbols.columns.index[symbol] as number
  const sell = cells.sell[cell] as boolean
  const price = (sell ? world.quotes.ask : world.quotes.bid)[index] ?? 0
  const rate = planRate(cells.plan[cell] as ConversionPlan, sell, world.quotes)
  const { profitMode, contractSize, tickSize, tickValue } = symbols.columns
  const at = cell * CELL_STRIDE
  cells.values[at + Cell.PRICE] = price > 0 ? price : Number.NaN
  cells.values[at + Cell.UNIT] = unitValue(
    {
      profitMode: profitMode[symbol] as number,
      contractSize: contractSize[symbol] as number,
      tickSize: tickSize[symbol] as number,
      tickValue: tickValue[symbol] as number,
    },
    rate,
  )
  cells.values[at + Cell.TO_BASE] = world.ratesToBase[cells.currency[cell] as number] as number
}

/** Cell of a symbol slot (−1 unknown), currency id (−1 unknown) and side; made when first asked for. */
export const cellOf = (world: World, symbol: number, currency: number, sell: boolean): number => {
  if (symbol < 0 || currency < 0) return NO_CELL
  const { cells } = world
  const id = (symbol * MAX_CURRENCIES + currency) * 2 + (sell ? 1 : 0)
  const known = cells.ids.get(id)
  if (known !== undefined) return known
  const cell = cells.symbol.length
  const at = cell * CELL_STRIDE
  if (at + CELL_STRIDE > cells.values.length) {
    const more = new Float64Array(cells.values.length * 2)
    more.set(cells.values)
    cells.values = more
  }
  const { symbol: name, currency: own, profitMode, index } = world.symbols.columns
  const deposit = world.currencies[currency] as string
  const facts = {
    symbol: name[symbol] as string,
    index: index[symbol] as number,
    profitMode: profitMode[symbol] as number,
    currency: world.pool.text(own[symbol] as number),
  }
  cells.ids.set(id, cell)
  cells.symbol.push(symbol)
  cells.currency.push(currency)
  cells.sell.push(sell)
  cells.plan.push(profitPlan(facts, deposit, world.pairs))
  cells.values[at + Cell.SCALE] = scaleOf(currencyDigits(deposit))
  cells.values[at + Cell.SIGN] = sell ? -1 : 1
  cells.values[at + Cell.FOREX] = facts.profitMode === ProfitMode.FOREX ? 1 : 0
  evaluate(world, cell)
  return cell
}

/** Brings all cells to the quotes and rates of the moment. */
export const evaluateCells = (world: World): void => {
  for (let cell = 1; cell < world.cells.symbol.length; cell++) evaluate(world, cell)
}
