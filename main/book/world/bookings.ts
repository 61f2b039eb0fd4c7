import { addToDay, type Booking } from './day-sums.ts'
import type { World } from './world.ts'

/**
 * Money operations and closed trades that came with a snapshot. When the server's day began is known only behind the last
 * quote: until then what its sums need is kept here.
 */
export type Bookings = { entries: Float64Array; count: number }

/** Numbers of an entry. */
const STRIDE = 7

export const createBookings = (): Bookings => ({ entries: new Float64Array(0), count: 0 })

export const keepBooking = (bookings: Bookings, booking: Booking): void => {
  const at = bookings.count * STRIDE
  if (at === bookings.entries.length) {
    const more = new Float64Array(Math.max(64 * STRIDE, at * 2))
    more.set(bookings.entries)
    bookings.entries = more
  }
  const { entries } = bookings
  entries[at] = booking.kind
  entries[at + 1] = booking.account
  entries[at + 2] = booking.time
  entries[at + 3] = booking.profit
  entries[at + 4] = booking.storage
  entries[at + 5] = booking.commission
  entries[at + 6] = booking.agent
  bookings.count++
}

/** Adds them to the sums of the day that is known now, in the order they came. */
export const addBookings = (world: World, { entries, count }: Bookings): void => {
  for (let at = 0; at < count * STRIDE; at += STRIDE)
    addToDay(
      world,
      {
        kind: entries[at] as number,
        account: entries[at + 1] as number,
        time: entries[at + 2] as number,
        profit: entries[at + 3] as number,
        storage: entries[at + 4] as number,
        commission: entries[at + 5] as number,
        agent: entries[at + 6] as number,
      },
      1,
    )
}
