import type { Marks } from '../types.ts'
import { newestServerTime } from '../world/links.ts'
import type { World } from '../world/world.ts'
import { writeLevels, writeMoney } from './account-figures.ts'
import { type Basis, basisOf } from './basis.ts'
import { pickBytes, pickCounts, pickDoubles, pickIntegers } from './pick.ts'

/** Margin type of each group slot + 1; in front that of none. */
const marginTypes = (world: World): Uint8Array => {
  const types = new Uint8Array(world.groups.high() + 1)
  types.set(world.groups.columns.marginType.subarray(0, world.groups.high()), 1)
  return types
}

/** Writes the accounts with positions, money moved today or a day result, by slot; answers how many. */
const findMarked = (
  alive: Uint8Array,
  count: Uint32Array,
  moneyUnits: Float64Array,
  dayPl: Float64Array,
  high: number,
  found: Int32Array,
): number => {
  let n = 0
  for (let a = 0; a < high; a++)
    if (alive[a] === 1 && (count[a] !== 0 || moneyUnits[a] !== 0 || dayPl[a] !== 0)) found[n++] = a
  return n
}

/** Of most accounts no money moved: nothing is written then. */
const moneyToday = ({ currencyId, moneyUnits, scales }: Basis, rows: Int32Array, n: number): Float64Array => {
  const out = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const a = rows[i] as number
    const units = moneyUnits[a] as number
    if (units !== 0) out[i] = units / (scales[(currencyId[a] as number) + 1] as number) + 0
  }
  return out
}

const ratesOf = ({ currencyId, rates }: Basis, rows: Int32Array, n: number): Float64Array => {
  const out = new Float64Array(n)
  for (let i = 0; i < n; i++) out[i] = rates[(currencyId[rows[i] as number] as number) + 1] as number
  return out
}

/** Slots of the accounts that are marked; used again by every call. */
let marked = new Int32Array(0)

/**
 * Marks of all accounts with positions, money moved today or a day result. Arrays are fresh: they may be transferred. It runs
 * over a hundred thousand accounts four times a second.
 */
export const marksOf = (world: World, valuedAt: number): Marks => {
  const u = world.users.columns
  const { count, level } = world.ledger.columns
  const high = world.users.high()
  const basis = basisOf(world)
  const floating = new Float64Array(high)
  const equity = new Float64Array(high)
  const dayPl = new Float64Array(high)
  const levels = new Float64Array(high)
  writeMoney(basis, high, floating, equity, dayPl)
  writeLevels(u.groupSlot, marginTypes(world), u.margin, equity, high, levels)
  if (marked.length < high) marked = new Int32Array(Math.ceil(high * 1.25))
  const n = findMarked(world.users.alive(), count, u.moneyUnits, dayPl, high, marked)
  const own = (column: Float64Array): Float64Array => (n === high ? column : pickDoubles(column, marked, n))
  const columns = {
    login: pickIntegers(u.login, marked, n),
    balance: pickDoubles(u.balance, marked, n),
    credit: pickDoubles(u.credit, marked, n),
    floating: own(floating),
    equity: own(equity),
    dayPl: own(dayPl),
    prevEquity: pickDoubles(u.prevEquity, marked, n),
    moneyToday: moneyToday(basis, marked, n),
    margin: pickDoubles(u.margin, marked, n),
    marginLevel: own(levels),
    levelType: pickBytes(level, marked, n),
    positions: pickCounts(count, marked, n),
    rateToBase: ratesOf(basis, marked, n),
  }
  return { valuedAt, serverTime: newestServerTime(world), data: { rows: n, columns } }
}
