import { currencyDigits, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { accountDayPl, accountEquity, floatingOf } from '../value/figures.ts'
import type { World } from '../world/world.ts'
import { orZero } from './source.ts'

/** In units of base currency. */
type Sums = { floating: number; dayPl: number; equity: number; balance: number; margin: number }

const noSums = (): Sums => ({ floating: 0, dayPl: 0, equity: 0, balance: 0, margin: 0 })

/** Each row's figures as the rows show them: a person who adds them up gets this. */
const addRows = (world: World, scale: number, ids: Int32Array, n: number): Sums => {
  const { currencyId, balance, margin } = world.users.columns
  const sums = noSums()
  for (let i = 0; i < n; i++) {
    const a = ids[i] as number
    const rate = world.ratesToBase[currencyId[a] as number] ?? Number.NaN
    if (!(rate > 0)) continue
    sums.floating += toUnits(floatingOf(world, a) * rate, scale)
    sums.dayPl += toUnits(accountDayPl(world, a) * rate, scale)
    sums.equity += toUnits(accountEquity(world, a) * rate, scale)
    sums.balance += toUnits((balance[a] as number) * rate, scale)
    sums.margin += toUnits((margin[a] as number) * rate, scale)
  }
  return sums
}

/** Sums by currency id + 1: open result and money moved today in units, the rest in money. */
type CurrencySums = Readonly<
  Record<'open' | 'moved' | 'balance' | 'credit' | 'margin' | 'before', Float64Array>
>

const createCurrencySums = (currencies: number): CurrencySums => ({
  open: new Float64Array(currencies + 1),
  moved: new Float64Array(currencies + 1),
  balance: new Float64Array(currencies + 1),
  credit: new Float64Array(currencies + 1),
  margin: new Float64Array(currencies + 1),
  before: new Float64Array(currencies + 1),
})

const addFunds = (world: World, sums: CurrencySums, a: number): void => {
  const u = world.users.columns
  const c = (u.currencyId[a] as number) + 1
  sums.moved[c] = (sums.moved[c] as number) + (u.moneyUnits[a] as number)
  sums.balance[c] = (sums.balance[c] as number) + (u.balance[a] as number)
  sums.credit[c] = (sums.credit[c] as number) + (u.credit[a] as number)
  sums.margin[c] = (sums.margin[c] as number) + (u.margin[a] as number)
  sums.before[c] = (sums.before[c] as number) + (u.prevEquity[a] as number)
}

const someAccounts = (world: World, ids: Int32Array, n: number): CurrencySums => {
  const sums = createCurrencySums(world.currencies.length)
  const { currencyId } = world.users.columns
  const { floating } = world.ledger.columns
  for (let i = 0; i < n; i++) {
    const a = ids[i] as number
    addFunds(world, sums, a)
    const c = (currencyId[a] as number) + 1
    sums.open[c] = (sums.open[c] as number) + (floating[a] as number)
  }
  return sums
}

/** What does not move with the market is added up when it changed; results come from the cells. */
const createEverybody = (world: World): (() => CurrencySums) => {
  let sums = createCurrencySums(0)
  let version = -1
  return () => {
    if (version !== world.fundsVersion) {
      version = world.fundsVersion
      sums = createCurrencySums(world.currencies.length)
      const alive = world.users.alive()
      for (let a = 0; a < world.users.high(); a++) if (alive[a] === 1) addFunds(world, sums, a)
    }
    const { cells } = world
    const results = world.ledger.sumCells()
    sums.open.fill(0)
    for (let c = 0; c < cells.symbol.length; c++) {
      const at = (cells.currency[c] as number) + 1
      sums.open[at] = (sums.open[at] as number) + (results[c] as number) + (cells.costs[c] as number)
    }
    return sums
  }
}

/** What each currency adds up to, converted once. Day result = equity − equity at day start − money moved today. */
const convert = (world: World, scale: number, sums: CurrencySums): Sums => {
  const total = noSums()
  for (const [id, currency] of world.currencies.entries()) {
    const rate = world.ratesToBase[id] as number
    if (!(rate > 0)) continue
    const own = scaleOf(currencyDigits(currency))
    const of = (column: Float64Array): number => column[id + 1] as number
    const add = (amount: number): number => orZero(toUnits(amount * rate, scale))
    const equity = of(sums.balance) + of(sums.credit) + of(sums.open) / own
    total.floating += add(of(sums.open) / own)
    total.equity += add(equity)
    total.dayPl += add(equity - of(sums.before) - of(sums.moved) / own)
    total.balance += add(of(sums.balance))
    total.margin += add(of(sums.margin))
  }
  return total
}

/** Positions, volume and accounts by margin state. */
const countSome = (world: World, ids: Int32Array, n: number) => {
  const { count, level } = world.ledger.columns
  const { lots: volume } = world.users.columns
  const levels = [0, 0, 0]
  let positions = 0
  let lots = 0
  for (let i = 0; i < n; i++) {
    const a = ids[i] as number
    positions += count[a] as number
    lots += volume[a] as number
    levels[level[a] as number] = (levels[level[a] as number] as number) + 1
  }
  const [, calls = 0, stops = 0] = levels
  return { positions, lots, marginCalls: calls, stopOuts: stops }
}

/** The same of everybody, from the cells; those of nobody's positions have no currency. */
const countEverybody = (world: World) => {
  const { cells } = world
  const [calls = 0, stops = 0] = world.ledger.columns.levels
  let positions = -world.nobodys.positions
  let lots = -world.nobodys.volume
  for (let c = 0; c < cells.symbol.length; c++) {
    positions += cells.orders[c] as number
    lots += cells.volume[c] as number
  }
  return { positions, lots, marginCalls: calls - stops, stopOuts: stops }
}

/**
 * Totals of accounts in base currency. Up to `rowsAddedUp` rows they are the sum of what the rows show; beyond, the
 * exact sum of each currency is converted once (which differs by cents at most and costs a tenth).
 */
export const createAccountTotals = (world: World, digits: number) => {
  const everybody = createEverybody(world)
  const scale = scaleOf(digits)
  return (ids: Int32Array, n: number): Record<string, number> => {
    const many = n > world.rowsAddedUp
    const all = many && n === world.users.size()
    const sums = many
      ? convert(world, scale, all ? everybody() : someAccounts(world, ids, n))
      : addRows(world, scale, ids, n)
    return {
      floatingBase: sums.floating / scale,
      dayPlBase: sums.dayPl / scale,
      equityBase: sums.equity / scale,
      balanceBase: sums.balance / scale,
      marginBase: sums.margin / scale,
      ...(all ? countEverybody(world) : countSome(world, ids, n)),
    }
  }
}
