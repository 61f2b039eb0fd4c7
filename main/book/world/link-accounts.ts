import { isMarketCmd } from '../../../shared/mt4/enums.ts'
import type { LinkFrame, Notes } from './link-frame.ts'
import type { World } from './world.ts'

/** An account is often one of the next few; beyond it is looked up. */
const NEAR = 16

/** Slot of an account that often is `a` or one of the next, −1 when it is not there. */
export const accountNear = (world: World, login: number, a: number): number => {
  const { login: logins } = world.users.columns
  const first = Math.max(a, 0)
  const end = Math.min(first + NEAR, world.users.high())
  for (let near = first; near < end; near++) if (logins[near] === login) return near
  return world.users.slotOf(login)
}

/**
 * Separates the rows `first` … `end`−1, and finds the accounts of open positions. Answers the highest so far, −2 when an
 * account comes that was passed.
 *
 * @param highest of those that came before, −1 there were none
 */
export const findAccounts = (
  world: World,
  { columns, closed }: LinkFrame,
  notes: Notes,
  first: number,
  end: number,
  highest: number,
): number => {
  const { login, cmd, closeTime } = columns
  const { positions, account, nobodys, others } = notes
  let top = highest
  let last = 0
  let a = -1
  let held = 0
  let strangers = 0
  let rest = 0
  for (let i = first; i < end; i++) {
    if ((closed && closeTime[i] !== 0) || !isMarketCmd(cmd[i] as number)) {
      others[rest++] = i
      continue
    }
    const who = login[i] as number
    if (who !== last) {
      a = accountNear(world, who, top)
      if (a >= 0 && a < top) return -2
      if (a > top) top = a
      last = who
    }
    if (a < 0) nobodys[strangers++] = i
    else {
      positions[held] = i
      account[held++] = a
    }
  }
  notes.held = held
  notes.strangers = strangers
  notes.rest = rest
  return top
}
