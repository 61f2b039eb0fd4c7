import { MAX_RESERVED, TRUSTED } from '../../../shared/table/table-store.ts'
import { addBookings, createBookings } from './bookings.ts'
import { currencyScales } from './currency-scales.ts'
import { findAccounts } from './link-accounts.ts'
import { AT_A_TIME, createNotes, type LinkFrame, linkFrame, type TradeRows } from './link-frame.ts'
import { linkNobodys, linkOthers } from './link-others.ts'
import { fillPlaces } from './link-places.ts'
import { beginAnew, finishAnew, type Overrides } from './links.ts'
import { TradeKind, type World } from './world.ts'

/**
 * Linking trades that come account by account, in the order of the accounts, as a bridge sends them: an account is found
 * beside the one before it, and each position goes behind the last one, so nothing is looked for and nothing is moved.
 * Where trades come otherwise it is given up, and the world stays unlinked.
 */
export type LinkingInOrder = {
  /**
   * Takes in the trades that came to the slots from `from` on; false: they are not in order, nothing that was linked holds.
   * All is read from the rows as they came: the cache has them still, and the table may have them later.
   */
  readonly trades: (from: number, rows: TradeRows) => boolean
  /** All positions of accounts below this were taken in. */
  readonly accountsDone: () => number
  /** All trades were taken in: from now on the world is linked, and changes keep it so. */
  readonly finish: () => void
}

/** @param expected how many trades were announced; symbols, groups and accounts are there */
export const linkInOrder = (world: World, overrides: Overrides, expected: number): LinkingInOrder => {
  beginAnew(world, overrides)
  const accounts = world.users.high()
  world.ledger.clear(accounts, Math.min(expected, Math.max(MAX_RESERVED, accounts * TRUSTED)))
  const scales = currencyScales(world.currencies)
  const bookings = createBookings()
  const notes = createNotes()
  let account = -1
  let next = 0

  const ensurePlaces = (places: number): void => {
    const room = world.ledger.columns.cell.length
    if (places <= room) return
    world.ledger.ensurePlaces(Math.max(places, Math.ceil(room * 1.5), Math.min(room * TRUSTED, expected)))
  }

  const link = (frame: LinkFrame, first: number, end: number): boolean => {
    const highest = findAccounts(world, frame, notes, first, end, account)
    if (highest < account) return false
    account = highest
    ensurePlaces(next + notes.held)
    fillPlaces(world, frame, notes, scales, next)
    next += notes.held
    world.positions += notes.held
    if (notes.strangers > 0) linkNobodys(world, frame, notes)
    if (notes.rest > 0) linkOthers(world, frame, notes, account, bookings)
    return true
  }

  return {
    trades: (from, rows) => {
      const frame = linkFrame(world, from, rows)
      world.trades.own.kind.fill(TradeKind.MARKET, from, from + rows.rows)
      for (let first = 0; first < rows.rows; first += AT_A_TIME)
        if (!link(frame, first, Math.min(first + AT_A_TIME, rows.rows))) return false
      return true
    },
    accountsDone: () => Math.max(0, account),
    finish: () => {
      world.ledger.filled(next)
      finishAnew(world)
      addBookings(world, bookings)
    },
  }
}
