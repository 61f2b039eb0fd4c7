import { currencyDigits, scaleOf } from '../../../shared/money/rounding.ts'
import type { Marks } from '../types.ts'
import { newestServerTime } from '../world/links.ts'
import { accountCurrency, type World } from '../world/world.ts'

/** Marks of all accounts with positions, money moved today or a day result. Arrays are fresh: they may be transferred. */
export const marksOf = (world: World, valuedAt: number): Marks => {
  const u = world.users.columns
  const alive = world.users.alive()
  const slots: number[] = []
  for (let a = 0; a < world.users.high(); a++)
    if (alive[a] === 1 && (u.positions[a] !== 0 || u.moneyUnits[a] !== 0 || u.dayPl[a] !== 0)) slots.push(a)
  const rows = slots.length
  const pick = (column: Float64Array): Float64Array => {
    const out = new Float64Array(rows)
    for (let i = 0; i < rows; i++) out[i] = column[slots[i] as number] as number
    return out
  }
  const pickWhole = <A extends Int32Array | Uint8Array>(out: A, column: A): A => {
    for (let i = 0; i < rows; i++) out[i] = column[slots[i] as number] as number
    return out
  }
  const ids = pickWhole(new Int32Array(rows), u.currencyId)
  return {
    valuedAt,
    serverTime: newestServerTime(world),
    data: {
      rows,
      columns: {
        login: pickWhole(new Int32Array(rows), u.login),
        balance: pick(u.balance),
        credit: pick(u.credit),
        floating: pick(u.floating),
        equity: pick(u.equity),
        dayPl: pick(u.dayPl),
        prevEquity: pick(u.prevEquity),
        moneyToday: Float64Array.from(
          slots,
          (a) => (u.moneyUnits[a] as number) / scaleOf(currencyDigits(accountCurrency(world, a))),
        ),
        margin: pick(u.margin),
        marginLevel: pick(u.marginLevel),
        levelType: pickWhole(new Uint8Array(rows), u.levelType),
        positions: pickWhole(new Int32Array(rows), u.positions),
        rateToBase: Float64Array.from(ids, (id) => (id < 0 ? Number.NaN : (world.ratesToBase[id] as number))),
      },
    },
  }
}
