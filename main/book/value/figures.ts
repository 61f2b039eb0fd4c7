import { currencyDigits, scaleOf } from '../../../shared/money/rounding.ts'
import type { LevelType } from '../../../shared/mt4/enums.ts'
import { dayResult, equityOf, freeMarginOf, marginLevelOf } from '../formulas/account.ts'
import { type DayFigures, dayFigures } from '../formulas/day.ts'
import { accountCurrency, type World } from '../world/world.ts'

/**
 * Figures of an account as of the last valuation, in its deposit currency and to the cent. Only the open result and the
 * margin state are worked out for everybody in every pass; these follow from them and are worked out when asked for.
 */

export const accountDigits = (world: World, account: number): number =>
  currencyDigits(accountCurrency(world, account))

const money = (units: Float64Array, world: World, account: number): number =>
  (units[account] as number) / scaleOf(accountDigits(world, account)) + 0

/** Σ of the position totals. */
export const floatingOf = (world: World, account: number): number =>
  money(world.ledger.columns.floating, world, account)

export const accountEquity = (world: World, account: number): number => {
  const { balance, credit } = world.users.columns
  return equityOf(
    balance[account] as number,
    credit[account] as number,
    floatingOf(world, account),
    accountDigits(world, account),
  )
}

/** Deposits, withdrawals and credit since the server's day began. */
export const moneyToday = (world: World, account: number): number =>
  money(world.users.columns.moneyUnits, world, account)

export const accountDayPl = (world: World, account: number): number =>
  dayResult(
    accountEquity(world, account),
    world.users.columns.prevEquity[account] as number,
    moneyToday(world, account),
    accountDigits(world, account),
  )

const groupColumn = (world: World, name: 'marginMode' | 'marginType', account: number): number => {
  const group = world.users.columns.groupSlot[account] as number
  return group < 0 ? 0 : (world.groups.columns[name][group] as number)
}

export const accountFreeMargin = (world: World, account: number): number => {
  const { balance, credit, margin } = world.users.columns
  return freeMarginOf(
    groupColumn(world, 'marginMode', account),
    balance[account] as number,
    credit[account] as number,
    floatingOf(world, account),
    margin[account] as number,
    accountDigits(world, account),
  )
}

/** Per cent or money by the group's margin type; NaN in per cent without margin. */
export const accountMarginLevel = (world: World, account: number): number =>
  marginLevelOf(
    groupColumn(world, 'marginType', account),
    accountEquity(world, account),
    world.users.columns.margin[account] as number,
  )

export const accountLevelType = (world: World, account: number): LevelType =>
  world.ledger.columns.level[account] as LevelType

export const accountPositions = (world: World, account: number): number =>
  world.ledger.columns.count[account] as number

/** The account's day: the whole, and what was closed, its swap and commission, and the change of the open result. */
export const accountDay = (world: World, account: number): DayFigures => {
  const u = world.users.columns
  return dayFigures(
    {
      equity: accountEquity(world, account),
      prevEquity: u.prevEquity[account] as number,
      money: moneyToday(world, account),
      closedProfit: money(u.realisedUnits, world, account),
      closedSwap: money(u.swapUnits, world, account),
      closedCommission: money(u.commissionUnits, world, account),
      closedAgent: money(u.agentUnits, world, account),
    },
    accountDigits(world, account),
  )
}
