import { describe, expect, it, vi } from 'vitest'
import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd, TradeState } from '../../shared/mt4/enums.ts'
import { historyOf } from './account-history.ts'
import { runCommand } from './commands.ts'
import { monthStart } from './past-days.ts'
import { hashesOf, WEDNESDAY, watchedWorld } from './test-world.ts'
import type { Account, World } from './world.ts'

/** Whole worlds are built here; a busy machine needs a while for that. */
vi.setConfig({ testTimeout: 30_000 })

const FOREVER = 2 ** 31 - 1

/** Balance identity (reference §3.12): money operations plus closed results. */
const balanceFrom = (world: World, account: Account, to = FOREVER): number => {
  let sum = 0
  for (const row of historyOf(world, account, 0, to)) {
    if (row.cmd === Cmd.BALANCE) sum += row.profit
    else if (row.cmd <= Cmd.SELL) sum += row.profit + row.commission + row.storage + row.taxes
  }
  return roundTo(sum, account.group.digits)
}

const creditFrom = (world: World, account: Account): number =>
  historyOf(world, account, 0, FOREVER)
    .filter((row) => row.cmd === Cmd.CREDIT)
    .reduce((sum, row) => sum + row.profit, 0)

const size = { clients: 80, accounts: 110, positions: 300 }

describe('historyOf', () => {
  const { world } = watchedWorld(size)

  it('adds up to balance, previous day and previous month to the cent', () => {
    const now = WEDNESDAY / 1000
    for (const account of world.accounts) {
      const { user } = account
      expect(balanceFrom(world, account), `${user.login} now`).toBe(user.balance)
      expect(creditFrom(world, account), `${user.login} credit`).toBe(user.credit)
      const yesterday = now - (now % 86_400) - 1
      expect(balanceFrom(world, account, yesterday), `${user.login} day`).toBe(user.prevBalance)
      expect(balanceFrom(world, account, monthStart(now) - 1), `${user.login} month`).toBe(
        user.prevMonthBalance,
      )
    }
  })

  it('still does after a day that ended while clients traded', () => {
    const late = watchedWorld({ ...size, speed: 40 }, Date.UTC(2026, 2, 5, 23, 58, 30))
    late.run(150_000)
    expect(late.world.accounts.some(({ archive }) => archive.length > 0)).toBe(true)
    expect(late.world.counters.closed).toBeGreaterThan(100)
    for (const account of late.world.accounts) {
      const { user } = account
      expect(balanceFrom(late.world, account), `${user.login}`).toBe(user.balance)
      expect(creditFrom(late.world, account), `${user.login} credit`).toBe(user.credit)
    }
  })

  it('tells each account the same story every time, with tickets of its own', () => {
    const seen = new Set<number>()
    for (const account of world.accounts.slice(0, 100)) {
      const rows = historyOf(world, account, 0, FOREVER)
      expect(hashesOf([], historyOf(world, account, 0, FOREVER))).toEqual(hashesOf([], rows))
      for (const row of rows) {
        expect(seen.has(row.order)).toBe(false)
        expect(world.open.has(row.order)).toBe(false)
        seen.add(row.order)
        expect(row.login).toBe(account.user.login)
        expect(row.closeTime).toBeGreaterThanOrEqual(row.openTime)
        expect(row.closePrice > 0 || row.cmd > Cmd.SELL || row.state === TradeState.DELETED).toBe(true)
      }
    }
    expect(seen.size).toBeGreaterThan(1000)
  })

  it('keeps to the range it is asked for', () => {
    const account = world.accounts[50] as Account
    const all = historyOf(world, account, 0, FOREVER)
    const middle = all[Math.floor(all.length / 2)]?.closeTime as number
    const early = historyOf(world, account, 0, middle)
    const late = historyOf(world, account, middle + 1, FOREVER)
    expect([...early, ...late]).toEqual(all)
    const answer = runCommand(world, {
      type: 'trade:history',
      requestId: 'history-1',
      login: account.user.login,
      from: 0,
      to: middle,
    })
    expect(answer).toMatchObject({ code: 0, data: early })
  })
})
