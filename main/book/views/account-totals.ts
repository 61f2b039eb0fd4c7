import { currencyDigits, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { accountDayPl, accountEquity, floatingOf } from '../value/figures.ts'
import type { World } from '../world/world.ts'
import { addFunds, addOpen, type CurrencySums, createCurrencySums, SUMS, Sum } from './currency-sums.ts'
import { writeAlive } from './everyone.ts'
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

const someAccounts = (world: World, ids: Int32Array, n: number): CurrencySums => {
  const sums = createCurrencySums(world.currencies.length)
  addFunds(world.users.columns, ids, n, sums)
  addOpen(world.users.columns.currencyId, world.ledger.columns.floating, ids, n, sums)
  return sums
}

/** What does not move with the market is added up when it changed; results come from the cells. */
const createEverybody = (world: World): (() => CurrencySums) => {
  let sums = createCurrencySums(0)
  let version = -1
  let everyone = new Int32Array(0)
  const addUp = (): void => {
    const { users } = world
    sums = createCurrencySums(world.currencies.length)
    if (everyone.length < users.high()) everyone = new Int32Array(Math.ceil(users.high() * 1.25))
    addFunds(users.columns, everyone, writeAlive(users.alive(), users.high(), everyone), sums)
  }
  return () => {
    if (version !== world.fundsVersion) {
      version = world.fundsVersion
      addUp()
    }
    const { cells } = world
    const results = world.ledger.sumCells()
    for (let at: number = Sum.OPEN; at < sums.length; at += SUMS) sums[at] = 0
    for (let c = 0; c < cells.symbol.length; c++) {
      const at = ((cells.currency[c] as number) + 1) * SUMS + Sum.OPEN
      sums[at] = (sums[at] as number) + (results[c] as number) + (cells.costs[c] as number)
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
    const of = (sum: (typeof Sum)[keyof typeof Sum]): number => sums[(id + 1) * SUMS + sum] as number
    const add = (amount: number): number => orZero(toUnits(amount * rate, scale))
    const equity = of(Sum.BALANCE) + of(Sum.CREDIT) + of(Sum.OPEN) / own
    total.floating += add(of(Sum.OPEN) / own)
    total.equity += add(equity)
    total.dayPl += add(equity - of(Sum.BEFORE) - of(Sum.MOVED) / own)
    total.balance += add(of(Sum.BALANCE))
    total.margin += add(of(Sum.MARGIN))
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
