import { currencyDigits, scaleOf } from '../../../shared/money/rounding.ts'
import { ProfitMode } from '../../../shared/mt4/enums.ts'
import { type ConversionPlan, planRate, profitPlan } from '../formulas/conversion.ts'
import { unitValue } from '../formulas/profit.ts'
import type { World } from './world.ts'

/**
 * Everything that positions of one symbol, deposit currency and side have in common, worked out once a pass: close
 * price, money value of one price unit and lot, rounding. Cell 0 stands for what cannot be computed.
 */
export type Cells = {
  readonly ids: Map<number, number>
  /** Symbol slot, currency id and side of each cell. */
  symbol: number[]
  currency: number[]
  sell: boolean[]
  plan: ConversionPlan[]
  price: Float64Array
  unit: Float64Array
  scale: Float64Array
  /** +1 buy, −1 sell. */
  sign: Float64Array
  /** 1: legs are rounded apart. */
  forex: Uint8Array
}

const NO_CELL = 0
const MAX_CURRENCIES = 0x10000

export const createCells = (): Cells => ({
  ids: new Map(),
  symbol: [-1],
  currency: [-1],
  sell: [false],
  plan: [null],
  price: new Float64Array(64).fill(Number.NaN),
  unit: new Float64Array(64).fill(Number.NaN),
  scale: new Float64Array(64).fill(100),
  sign: new Float64Array(64).fill(1),
  forex: new Uint8Array(64),
})

const ensure = (cells: Cells, length: number): void => {
  if (length <= cells.price.length) return
  const capacity = cells.price.length * 2
  for (const name of ['price', 'unit', 'scale', 'sign'] as const) {
    const next = new Float64Array(capacity)
    next.set(cells[name])
    cells[name] = next
  }
  const forex = new Uint8Array(capacity)
  forex.set(cells.forex)
  cells.forex = forex
}

const evaluate = (world: World, cell: number): void => {
  const { cells, symbols } = world
  const at = cells.symbol[cell] as number
  const index = symbols.columns.index[at] as number
  const sell = cells.sell[cell] as boolean
  const price = (sell ? world.quotes.ask : world.quotes.bid)[index] ?? 0
  const rate = planRate(cells.plan[cell] as ConversionPlan, sell, world.quotes)
  const { profitMode, contractSize, tickSize, tickValue } = symbols.columns
  cells.price[cell] = price > 0 ? price : Number.NaN
  cells.unit[cell] = unitValue(
    {
      profitMode: profitMode[at] as number,
      contractSize: contractSize[at] as number,
      tickSize: tickSize[at] as number,
      tickValue: tickValue[at] as number,
    },
    rate,
  )
}

/** Cell of a symbol slot (−1 unknown), currency id (−1 unknown) and side; made when first asked for. */
export const cellOf = (world: World, symbol: number, currency: number, sell: boolean): number => {
  if (symbol < 0 || currency < 0) return NO_CELL
  const { cells } = world
  const id = (symbol * MAX_CURRENCIES + currency) * 2 + (sell ? 1 : 0)
  const known = cells.ids.get(id)
  if (known !== undefined) return known
  const cell = cells.symbol.length
  ensure(cells, cell + 1)
  cells.ids.set(id, cell)
  const { symbol: name, currency: own, profitMode, index } = world.symbols.columns
  const deposit = world.currencies[currency] as string
  const facts = {
    symbol: name[symbol] as string,
    index: index[symbol] as number,
    profitMode: profitMode[symbol] as number,
    currency: world.pool.text(own[symbol] as number),
  }
  cells.symbol.push(symbol)
  cells.currency.push(currency)
  cells.sell.push(sell)
  cells.plan.push(profitPlan(facts, deposit, world.pairs))
  cells.scale[cell] = scaleOf(currencyDigits(deposit))
  cells.sign[cell] = sell ? -1 : 1
  cells.forex[cell] = facts.profitMode === ProfitMode.FOREX ? 1 : 0
  evaluate(world, cell)
  return cell
}

/** Prices and unit values of all cells on the quotes of the moment. */
export const evaluateCells = (world: World): void => {
  for (let cell = 1; cell < world.cells.symbol.length; cell++) evaluate(world, cell)
}

/** Conversion rate a cell used, with the steps it was read from. */
export const cellRate = (world: World, cell: number): number =>
  planRate(world.cells.plan[cell] as ConversionPlan, world.cells.sell[cell] as boolean, world.quotes)
