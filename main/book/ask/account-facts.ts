import type { AccountFacts } from '../types.ts'
import { accountText } from '../world/account-texts.ts'
import type { World } from '../world/world.ts'

/** Logins that carry the same e-mail or the same phone, without case and outer spaces; empty ones match nothing. */
export const otherLogins = (world: World, login: number): number[] => {
  const account = world.users.slotOf(login)
  if (account < 0) return []
  const own = accountText(world, account)
  const others: number[] = []
  if (own.email === '' && own.phone === '') return others
  for (let a = 0; a < world.users.high(); a++) {
    if (a === account || world.users.alive()[a] !== 1) continue
    const text = accountText(world, a)
    if ((own.email !== '' && text.email === own.email) || (own.phone !== '' && text.phone === own.phone))
      others.push(world.users.columns.login[a] as number)
  }
  return others.sort((x, y) => x - y)
}

/**
 * An account as the book knows it; null when it is not there. It rests on records alone, not on a valuation: a storm
 * of alerts asks for thousands of them.
 */
export const accountFacts = (world: World, login: number): AccountFacts | null => {
  const account = world.users.slotOf(login)
  if (account < 0) return null
  const user = world.users.row(account)
  const group = world.groups.slotOf(user.group)
  return { user, currency: group < 0 ? '' : world.groups.row(group).currency }
}
