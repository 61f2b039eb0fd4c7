import type { Marks } from '../types.ts'
import { newestServerTime } from '../world/links.ts'
import type { World } from '../world/world.ts'
import { accountDayPl, accountEquity, accountMarginLevel, floatingOf, moneyToday } from './figures.ts'

/** Marks of all accounts with positions, money moved today or a day result. Arrays are fresh: they may be transferred. */
export const marksOf = (world: World, valuedAt: number): Marks => {
  const u = world.users.columns
  const { count, level } = world.ledger.columns
  const alive = world.users.alive()
  const slots: number[] = []
  for (let a = 0; a < world.users.high(); a++)
    if (alive[a] === 1 && (count[a] !== 0 || u.moneyUnits[a] !== 0 || accountDayPl(world, a) !== 0))
      slots.push(a)
  const rows = slots.length
  const work = (figure: (world: World, account: number) => number): Float64Array => {
    const out = new Float64Array(rows)
    for (let i = 0; i < rows; i++) out[i] = figure(world, slots[i] as number)
    return out
  }
  const pick = <A extends Float64Array | Int32Array | Uint8Array>(
    out: A,
    column: { readonly [slot: number]: number },
  ): A => {
    for (let i = 0; i < rows; i++) out[i] = column[slots[i] as number] as number
    return out
  }
  return {
    valuedAt,
    serverTime: newestServerTime(world),
    data: {
      rows,
      columns: {
        login: pick(new Int32Array(rows), u.login),
        balance: pick(new Float64Array(rows), u.balance),
        credit: pick(new Float64Array(rows), u.credit),
        floating: work(floatingOf),
        equity: work(accountEquity),
        dayPl: work(accountDayPl),
        prevEquity: pick(new Float64Array(rows), u.prevEquity),
        moneyToday: work(moneyToday),
        margin: pick(new Float64Array(rows), u.margin),
        marginLevel: work(accountMarginLevel),
        levelType: pick(new Uint8Array(rows), level),
        positions: pick(new Int32Array(rows), count),
        rateToBase: work((at, a) => at.ratesToBase[u.currencyId[a] as number] ?? Number.NaN),
      },
    },
  }
}
