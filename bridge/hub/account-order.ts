import type { CutStore, Places, SlotOrder } from './cut.ts'

/** In place of an account: the slot holds no row of the cut, and never will again. */
const NO_ROW = -1

/**
 * A counting sort by the places of the accounts, in steps between which the table changes: what an account was when it
 * was counted is remembered, so counting and placing agree. Trades of one account stay in the order of their slots, those
 * of none come last. Rows that go meanwhile, or whose slots are used again, are for the reader to leave out.
 *
 * @param number of the cut
 */
export const createAccountOrder = (trades: CutStore, number: number, accounts: Places): SlotOrder => {
  const end = trades.high()
  const nobody = accounts.places
  const work = 2 * end
  let done = 0
  /** By slot. */
  let accountOf = new Int32Array(end)
  /** By account: how many trades it has, later where the next one goes. */
  let counts = new Int32Array(nobody + 1)
  let slots: Int32Array | undefined
  let highest = 0
  let ordered = true

  const count = (from: number, to: number): void => {
    const alive = trades.alive()
    const { born } = trades.columns
    const logins = trades.columns['login'] as Int32Array
    // 0 is no login. Neighbours often are of one account.
    let login = 0
    let account = nobody
    for (let slot = from; slot < to; slot++) {
      if (alive[slot] !== 1 || (born[slot] as number) > number) {
        accountOf[slot] = NO_ROW
        continue
      }
      if (logins[slot] !== login) {
        login = logins[slot] as number
        const place = accounts.placeOf(login)
        account = place < 0 ? nobody : place
      }
      accountOf[slot] = account
      counts[account] = (counts[account] as number) + 1
      if (account < highest) ordered = false
      else highest = account
    }
  }

  const sum = (): Int32Array => {
    let before = 0
    for (let account = 0; account <= nobody; account++) {
      const own = counts[account] as number
      counts[account] = before
      before += own
    }
    return new Int32Array(before)
  }

  const place = (out: Int32Array, from: number, to: number): void => {
    for (let slot = from; slot < to; slot++) {
      const account = accountOf[slot] as number
      if (account === NO_ROW) continue
      const at = counts[account] as number
      out[at] = slot
      counts[account] = at + 1
    }
  }

  const doUntil = (to: number): void => {
    if (done === work) return
    if (done < end) {
      count(done, Math.min(to, end))
      done = Math.min(to, end)
      if (done === end && ordered) done = work
    }
    if (to > end && done < work) {
      slots ??= sum()
      place(slots, done - end, to - end)
      done = to
    }
    if (done < work) return
    accountOf = new Int32Array(0)
    counts = accountOf
  }

  return {
    step: (part) => doUntil(Math.min(work, done + Math.ceil(work * part))),
    slots: () => {
      doUntil(work)
      return slots
    },
  }
}
