import { toUnits } from '../../../shared/money/rounding.ts'
import { accountKey, addToCell, cellAt, type Desk, deskBehind, SELL_KEY } from './cells.ts'
import type { LinkFrame, Notes } from './link-frame.ts'
import type { World } from './world.ts'

/** Which of the positions is next; and the key of the cell that must be made for it. */
type Cursor = { at: number; missing: number }

/**
 * Finds cell and costs of each position, adds up what belongs to its cell and its account, and writes it to its place: the
 * first of them to `next`, each behind the one before it. Stops where a cell is missing. One loop for all of it: another
 * would fetch what this one has at hand again.
 */
const fill = (
  world: World,
  frame: LinkFrame,
  notes: Notes,
  scales: Float64Array,
  next: number,
  cursor: Cursor,
): void => {
  const { from, symbolKeys, taxed, passed, columns } = frame
  const { codes, cmd, volume, openPrice, storage, commission, taxes, gwVolume, gwOrder, marginRate } = columns
  const { positions, held, account } = notes
  const { account: owner, place } = world.trades.own
  const { currencyId, desk, lots: volumes } = world.users.columns
  const { cell, lots, open, cost, rate, trade, start, count, room, costs } = world.ledger.columns
  const { cells } = world
  const { byKey } = cells
  let last = -1
  let ofAccount = 0
  let passedOn = 0
  let scale = 0
  let accountCosts = 0
  let accountVolume = 0
  let k = cursor.at
  for (; k < held; k++) {
    const i = positions[k] as number
    const a = account[k] as number
    const at = next + k
    if (a !== last) {
      if (last >= 0) {
        costs[last] = accountCosts
        volumes[last] = accountVolume
        count[last] = room[last] = at - (start[last] as number)
      }
      last = a
      const currency = currencyId[a] as number
      ofAccount = accountKey(currency, desk[a] as Desk)
      passedOn = accountKey(currency, deskBehind(desk[a] as Desk, 1, 1))
      scale = scales[currency + 1] as number
      if (count[a] === 0) start[a] = at
      accountCosts = costs[a] as number
      accountVolume = volumes[a] as number
    }
    const isPassed = passed && (gwVolume[i] !== 0 || gwOrder[i] !== 0)
    const side = cmd[i] === 1 ? SELL_KEY : 0
    const key = (symbolKeys[codes[i] as number] as number) + (isPassed ? passedOn : ofAccount) + side
    const c = byKey[key] as number
    if (c === 0) {
      cursor.missing = key
      break
    }
    const extra = (storage[i] as number) + (commission[i] as number) + (taxed ? (taxes[i] as number) : 0)
    const units = extra === 0 ? 0 : toUnits(extra, scale)
    const size = volume[i] as number
    const price = openPrice[i] as number
    addToCell(cells, c, size, price, units, 1)
    accountCosts += units
    accountVolume = (accountVolume + size) | 0
    cell[at] = c
    lots[at] = size / 100
    open[at] = price
    cost[at] = units
    rate[at] = marginRate[i] as number
    trade[at] = from + i
    owner[from + i] = a
    place[from + i] = at
  }
  if (last >= 0) {
    costs[last] = accountCosts
    volumes[last] = accountVolume
    count[last] = room[last] = next + k - (start[last] as number)
  }
  cursor.at = k
}

/** Gives each position its place, from `next` on. */
export const fillPlaces = (
  world: World,
  frame: LinkFrame,
  notes: Notes,
  scales: Float64Array,
  next: number,
): void => {
  const cursor = { at: 0, missing: 0 }
  for (;;) {
    fill(world, frame, notes, scales, next, cursor)
    if (cursor.at === notes.held) return
    cellAt(world, cursor.missing)
  }
}
