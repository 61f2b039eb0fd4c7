import { currencyDigits, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { marginLevelOf } from '../formulas/account.ts'
import type { Marks } from '../types.ts'
import { newestServerTime } from '../world/links.ts'
import type { World } from '../world/world.ts'
import { accountDayPl } from './figures.ts'

/** Scale of each currency id; one more for none. */
const currencyScales = (world: World): Float64Array =>
  Float64Array.from([...world.currencies, ''], (currency) => scaleOf(currencyDigits(currency)))

/** Margin type of each group slot; one more for none. */
const marginTypes = (world: World): Uint8Array => {
  const types = new Uint8Array(world.groups.high() + 1)
  types.set(world.groups.columns.marginType.subarray(0, world.groups.high()))
  return types
}

/** Money moved today or a day result on an account without positions. */
const moves = (world: World, account: number): boolean =>
  world.users.columns.moneyUnits[account] !== 0 || accountDayPl(world, account) !== 0

/**
 * Marks of all accounts with positions, money moved today or a day result. Arrays are fresh: they may be transferred. One
 * loop without a call an account that could be spared: it runs over a hundred thousand accounts four times a second.
 */
export const marksOf = (world: World, valuedAt: number): Marks => {
  const u = world.users.columns
  const { count, level, floating } = world.ledger.columns
  const alive = world.users.alive()
  const high = world.users.high()
  const scales = currencyScales(world)
  const none = scales.length - 1
  const types = marginTypes(world)
  let rows = 0
  for (let a = 0; a < high; a++) if (alive[a] === 1 && (count[a] !== 0 || moves(world, a))) rows++
  const columns = {
    login: new Int32Array(rows),
    balance: new Float64Array(rows),
    credit: new Float64Array(rows),
    floating: new Float64Array(rows),
    equity: new Float64Array(rows),
    dayPl: new Float64Array(rows),
    prevEquity: new Float64Array(rows),
    moneyToday: new Float64Array(rows),
    margin: new Float64Array(rows),
    marginLevel: new Float64Array(rows),
    levelType: new Uint8Array(rows),
    positions: new Int32Array(rows),
    rateToBase: new Float64Array(rows),
  }
  let n = 0
  for (let a = 0; a < high; a++) {
    if (alive[a] !== 1 || (count[a] === 0 && !moves(world, a))) continue
    const currency = u.currencyId[a] as number
    const scale = scales[currency < 0 ? none : currency] as number
    const units = floating[a] as number
    const money = u.moneyUnits[a] as number
    const balance = u.balance[a] as number
    const credit = u.credit[a] as number
    const prevEquity = u.prevEquity[a] as number
    const equity = toUnits(balance + credit + units / scale, scale) / scale
    const dayPl = toUnits(equity - prevEquity - money / scale, scale) / scale
    const group = u.groupSlot[a] as number
    const margin = u.margin[a] as number
    columns.login[n] = u.login[a] as number
    columns.balance[n] = balance
    columns.credit[n] = credit
    columns.floating[n] = units / scale + 0
    columns.equity[n] = equity
    columns.dayPl[n] = dayPl
    columns.prevEquity[n] = prevEquity
    columns.moneyToday[n] = money / scale + 0
    columns.margin[n] = margin
    columns.marginLevel[n] = marginLevelOf(group < 0 ? 0 : (types[group] as number), equity, margin)
    columns.levelType[n] = level[a] as number
    columns.positions[n] = count[a] as number
    columns.rateToBase[n] = currency < 0 ? Number.NaN : (world.ratesToBase[currency] as number)
    n++
  }
  return { valuedAt, serverTime: newestServerTime(world), data: { rows, columns } }
}
