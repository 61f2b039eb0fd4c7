import type { tradesTable } from '../../../shared/bridge/tables.ts'
import { currencyDigits, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { isMarketCmd } from '../../../shared/mt4/enums.ts'
import { MAX_RESERVED, TRUSTED } from '../../../shared/table/table-store.ts'
import type { PackedOf } from '../../../shared/wire/schema.ts'
import { addToCell, cellOf, countNobodys, Desk, deskBehind } from './cells.ts'
import { beginAnew, finishAnew, type Overrides } from './links.ts'
import { TradeKind, type World } from './world.ts'

/**
 * Linking trades that come account by account, in the order of the accounts, as a bridge sends them: an account is found
 * beside the one before it, and each position goes behind the last one, so nothing is looked for and nothing is moved.
 * Where trades come otherwise it is given up, and the world stays unlinked.
 */
export type LinkingInOrder = {
  /** Takes in the trades that came to the slots from `from` on; false: they are not in order, nothing that was linked holds. */
  readonly trades: (from: number, rows: PackedOf<typeof tradesTable>) => boolean
  /** All positions of accounts below this were taken in. */
  readonly accountsDone: () => number
  /** All trades were taken in: from now on the world is linked, and changes keep it so. */
  readonly finish: () => void
}

/** An account is often one of the next few; beyond it is looked up. */
const NEAR = 16

/** @param expected how many trades were announced; symbols, groups and accounts are there */
export const linkInOrder = (world: World, overrides: Overrides, expected: number): LinkingInOrder => {
  beginAnew(world, overrides)
  const accounts = world.users.high()
  world.ledger.clear(accounts, Math.min(expected, Math.max(MAX_RESERVED, accounts * TRUSTED)))
  const scales = Float64Array.from(world.currencies, (currency) => scaleOf(currencyDigits(currency)))
  /** Pendings, money operations and closed trades. */
  const others: number[] = []
  /** Of the trades at hand: their cells, 0 for those without a place, and costs in units. */
  let found = { cell: new Int32Array(0), units: new Float64Array(0) }
  let account = -1
  let next = 0

  /** Symbols of the words of a frame: how the table keeps them is not asked, it may not have them yet. */
  const slotsOf = (words: readonly string[]): Int32Array =>
    Int32Array.from(words, (word) => world.symbols.slotOf(word))

  const accountOf = (login: number, behind: number, logins: Int32Array): number => {
    const end = Math.min(behind + 1 + NEAR, accounts)
    for (let a = behind + 1; a < end; a++) if (logins[a] === login) return a
    return world.users.slotOf(login)
  }

  /** Finds account, cell and costs of each trade and adds up what belongs to a cell; false: an account comes that was passed. */
  const find = (from: number, { rows, columns: given }: PackedOf<typeof tradesTable>): boolean => {
    // As they came: the cache has them still, and of what is the same in all rows the table's memory need not be touched.
    const { login, cmd, closeTime, volume, openPrice, storage, commission, taxes, gwVolume, gwOrder } = given
    const { codes } = given.symbol
    const symbols = slotsOf(given.symbol.words)
    const { account: owner, kind, place } = world.trades.columns
    const { login: logins, currencyId, desk: desks } = world.users.columns
    const { cells } = world
    const { cell, units } = found
    let last = account < 0 ? 0 : (logins[account] as number)
    let a = account
    let highest = account
    let positions = 0
    for (let i = 0; i < rows; i++) {
      if (closeTime[i] !== 0 || !isMarketCmd(cmd[i] as number)) {
        others.push(from + i)
        cell[i] = 0
        continue
      }
      const who = login[i] as number
      if (who !== last) {
        a = accountOf(who, highest, logins)
        if (a >= 0 && a < highest) return false
        if (a > highest) highest = a
        last = who
      }
      owner[from + i] = a
      kind[from + i] = TradeKind.MARKET
      positions++
      const currency = a < 0 ? -1 : (currencyId[a] as number)
      const own = (a < 0 ? Desk.B_BOOK : desks[a]) as Desk
      const desk = deskBehind(own, gwVolume[i] as number, gwOrder[i] as number)
      const name = symbols[codes[i] as number] as number
      const c = cellOf(world, name, currency, cmd[i] === 1, desk)
      const extra = (storage[i] as number) + (commission[i] as number) + (taxes[i] as number)
      const cost = a < 0 || extra === 0 ? 0 : toUnits(extra, scales[currency] ?? 100)
      addToCell(cells, c, volume[i] as number, openPrice[i] as number, cost, 1)
      cell[i] = a < 0 ? 0 : c
      units[i] = cost
      if (a >= 0) continue
      place[from + i] = -1
      countNobodys(world, who, volume[i] as number)
    }
    account = highest
    world.positions += positions
    return true
  }

  const ensurePlaces = (places: number): void => {
    const room = world.ledger.columns.cell.length
    if (places <= room) return
    world.ledger.ensurePlaces(Math.max(places, Math.ceil(room * 1.5), Math.min(room * TRUSTED, expected)))
  }

  /** Gives each position its place: behind the one before it. */
  const fill = (from: number, { rows, columns: given }: PackedOf<typeof tradesTable>): void => {
    const { volume, openPrice, marginRate } = given
    const { account: own, place } = world.trades.columns
    const { lots: volumes } = world.users.columns
    const { cell, lots, open, cost, rate, trade, start, count, room, costs } = world.ledger.columns
    const { cell: cells, units } = found
    let at = next
    for (let i = 0; i < rows; i++) {
      const c = cells[i] as number
      if (c === 0) continue
      const a = own[from + i] as number
      const size = volume[i] as number
      const held = count[a] as number
      if (held === 0) start[a] = at
      count[a] = held + 1
      room[a] = held + 1
      costs[a] = (costs[a] as number) + (units[i] as number)
      volumes[a] = (volumes[a] as number) + size
      cell[at] = c
      lots[at] = size / 100
      open[at] = openPrice[i] as number
      cost[at] = units[i] as number
      rate[at] = marginRate[i] as number
      trade[at] = from + i
      place[from + i] = at
      at++
    }
    next = at
  }

  return {
    trades: (from, rows) => {
      if (found.cell.length < rows.rows)
        found = { cell: new Int32Array(rows.rows), units: new Float64Array(rows.rows) }
      if (!find(from, rows)) return false
      ensurePlaces(next + rows.rows)
      fill(from, rows)
      return true
    },
    accountsDone: () => Math.max(0, account),
    finish: () => {
      world.ledger.filled(next)
      finishAnew(world, others)
    },
  }
}
