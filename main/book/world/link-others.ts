import { type Bookings, keepBooking } from './bookings.ts'
import { accountKey, addToCell, cellAt, countNobodys, Desk, deskBehind, SELL_KEY } from './cells.ts'
import { kindOf, timeOfBooking } from './day-sums.ts'
import { accountNear } from './link-accounts.ts'
import type { LinkFrame, Notes } from './link-frame.ts'
import { TradeKind, type World } from './world.ts'

/** Takes in open positions whose account is not there: they have no place, no currency, and so no costs. */
export const linkNobodys = (
  world: World,
  { from, columns: c, symbolKeys }: LinkFrame,
  notes: Notes,
): void => {
  const { account, place } = world.trades.own
  world.positions += notes.strangers
  for (let k = 0; k < notes.strangers; k++) {
    const i = notes.nobodys[k] as number
    const volume = c.volume[i] as number
    const desk = deskBehind(Desk.B_BOOK, c.gwVolume[i] as number, c.gwOrder[i] as number)
    const side = c.cmd[i] === 1 ? SELL_KEY : 0
    const cell = cellAt(world, (symbolKeys[c.codes[i] as number] as number) + accountKey(-1, desk) + side)
    addToCell(world.cells, cell, volume, c.openPrice[i] as number, 0, 1)
    account[from + i] = -1
    place[from + i] = -1
    countNobodys(world, c.login[i] as number, volume)
  }
}

/**
 * Takes in the trades that are no open positions; `linkTrade` does the same from the table.
 *
 * @param near an account that theirs may be near to
 */
export const linkOthers = (
  world: World,
  { from, rows }: LinkFrame,
  notes: Notes,
  near: number,
  bookings: Bookings,
): void => {
  const c = rows.columns
  const { account: owner, kind: kinds, place } = world.trades.own
  for (let k = 0; k < notes.rest; k++) {
    const i = notes.others[k] as number
    const login = c.login[i] as number
    const account = accountNear(world, login, near)
    if (account < 0) world.orphans.add(login)
    const kind = kindOf(c.cmd[i] as number, c.closeTime[i] as number)
    owner[from + i] = account
    kinds[from + i] = kind
    place[from + i] = -1
    if (kind === TradeKind.PENDING) world.pendings++
    if (account < 0 || (kind !== TradeKind.MONEY && kind !== TradeKind.CLOSED)) continue
    keepBooking(bookings, {
      kind,
      account,
      time: timeOfBooking(kind, c.openTime[i] as number, c.closeTime[i] as number),
      profit: c.profit[i] as number,
      storage: c.storage[i] as number,
      commission: (c.commission[i] as number) + (c.taxes[i] as number),
      agent: c.commissionAgent[i] as number,
    })
  }
}
