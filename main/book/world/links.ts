import type { SecMargin } from '../../../shared/bridge/nested.ts'
import { currencyDigits, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { isMarketCmd, isMoneyCmd, isPendingCmd } from '../../../shared/mt4/enums.ts'
import { serverDayStart } from '../../../shared/mt4/server-time.ts'
import { indexPairs, type PlanSymbol } from '../formulas/conversion.ts'
import { COVERAGE_GROUP } from '../formulas/exposure.ts'
import { cellOf, createCells } from './cells.ts'
import { accountCurrency, currencyId, symbolOfTrade, TradeKind, type World } from './world.ts'

/**
 * Pointers between rows: account → group, position → account, cell and neighbours. Trades and accounts are linked one
 * by one as they change; when symbols or groups change what figures rest on, everything is linked anew (rare).
 */

const scaleOfAccount = (world: World, account: number): number =>
  scaleOf(currencyDigits(accountCurrency(world, account)))

/** Asks for the account's margin to be worked out in the next pass. */
export const markMarginStale = (world: World, account: number): void => {
  const { marginStale } = world.users.columns
  if (marginStale[account] === 1) return
  marginStale[account] = 1
  world.staleAccounts.push(account)
}

const linkMarket = (world: World, trade: number, account: number): void => {
  const t = world.trades.columns
  const u = world.users.columns
  t.kind[trade] = TradeKind.MARKET
  t.lots[trade] = (t.volume[trade] as number) / 100
  t.openUnits[trade] = Number.NaN
  world.positions++
  if (account < 0) {
    t.cell[trade] = 0
    t.extraUnits[trade] = 0
    return
  }
  t.cell[trade] = cellOf(
    world,
    symbolOfTrade(world, trade),
    u.currencyId[account] as number,
    t.cmd[trade] === 1,
  )
  const costs = (t.storage[trade] as number) + (t.commission[trade] as number) + (t.taxes[trade] as number)
  t.extraUnits[trade] = toUnits(costs, scaleOfAccount(world, account))
  const head = u.head[account] as number
  t.next[trade] = head
  t.prev[trade] = -1
  if (head >= 0) t.prev[head] = trade
  u.head[account] = trade
  u.positions[account] = (u.positions[account] as number) + 1
  u.lots[account] = (u.lots[account] as number) + (t.volume[trade] as number)
  markMarginStale(world, account)
}

const linkMoney = (world: World, trade: number, account: number): void => {
  const t = world.trades.columns
  t.kind[trade] = TradeKind.MONEY
  const openTime = t.openTime[trade] as number
  const counts = account >= 0 && openTime >= world.dayStart
  const units = counts ? toUnits(t.profit[trade] as number, scaleOfAccount(world, account)) : 0
  t.extraUnits[trade] = units
  if (counts) {
    const { moneyUnits } = world.users.columns
    moneyUnits[account] = (moneyUnits[account] as number) + units
  }
}

/** Takes a trade that was just written into the sums and lists it belongs to. */
export const linkTrade = (world: World, trade: number): void => {
  if (world.unlinked) return
  const t = world.trades.columns
  const cmd = t.cmd[trade] as number
  const account = world.users.slotOf(t.login[trade] as number)
  if (account < 0) world.orphans.add(t.login[trade] as number)
  t.account[trade] = account
  t.cell[trade] = -1
  t.kind[trade] = TradeKind.NONE
  const open = t.closeTime[trade] === 0
  if (open && isMarketCmd(cmd)) linkMarket(world, trade, account)
  else if (open && isPendingCmd(cmd)) {
    t.kind[trade] = TradeKind.PENDING
    world.pendings++
  } else if (isMoneyCmd(cmd)) linkMoney(world, trade, account)
}

/** Takes a trade out before it is overwritten or removed. */
export const unlinkTrade = (world: World, trade: number): void => {
  if (world.unlinked) return
  const t = world.trades.columns
  const u = world.users.columns
  const account = t.account[trade] as number
  switch (t.kind[trade]) {
    case TradeKind.MARKET: {
      world.positions--
      if (account < 0) break
      const next = t.next[trade] as number
      const prev = t.prev[trade] as number
      if (prev >= 0) t.next[prev] = next
      else u.head[account] = next
      if (next >= 0) t.prev[next] = prev
      u.positions[account] = (u.positions[account] as number) - 1
      u.lots[account] = (u.lots[account] as number) - (t.volume[trade] as number)
      markMarginStale(world, account)
      break
    }
    case TradeKind.PENDING:
      world.pendings--
      break
    case TradeKind.MONEY:
      if (account >= 0)
        u.moneyUnits[account] = (u.moneyUnits[account] as number) - (t.extraUnits[trade] as number)
      break
    default:
  }
  t.kind[trade] = TradeKind.NONE
  t.cell[trade] = -1
}

const groupFacts = (world: World, account: number): void => {
  const u = world.users.columns
  const name = world.pool.text(u.group[account] as number)
  const group = world.groups.slotOf(name)
  u.groupSlot[account] = group
  u.currencyId[account] = group < 0 ? -1 : (world.groups.columns.currencyId[group] as number)
  u.coverage[account] = name === COVERAGE_GROUP ? 1 : 0
}

/** A new account: no positions yet, unless trades came before it. */
export const linkNewUser = (world: World, account: number): void => {
  if (world.unlinked) return
  const u = world.users.columns
  groupFacts(world, account)
  u.head[account] = -1
  if (world.orphans.has(u.login[account] as number)) world.unlinked = true
}

/** An account was overwritten. Another deposit currency means new cells for its positions: then all is linked anew. */
export const relinkUser = (world: World, account: number): void => {
  if (world.unlinked) return
  const before = world.users.columns.currencyId[account]
  groupFacts(world, account)
  if (world.users.columns.currencyId[account] !== before) world.unlinked = true
  else markMarginStale(world, account)
}

const linkSymbols = (world: World): void => {
  const { symbols, pool } = world
  const c = symbols.columns
  const list: PlanSymbol[] = []
  let top = 0
  for (let s = 0; s < symbols.high(); s++) {
    if (!symbols.alive()[s]) continue
    if (c.code[s] === 0) c.code[s] = pool.retain(c.symbol[s] as string)
    top = Math.max(top, c.code[s] as number)
  }
  world.symbolByCode = new Int32Array(top + 1).fill(-1)
  for (let s = 0; s < symbols.high(); s++) {
    if (!symbols.alive()[s]) continue
    world.symbolByCode[c.code[s] as number] = s
    list.push({
      symbol: c.symbol[s] as string,
      index: c.index[s] as number,
      profitMode: c.profitMode[s] as number,
      currency: pool.text(c.currency[s] as number),
    })
  }
  world.pairs = indexPairs(list)
}

const linkGroups = (world: World, overrides: (secMargins: string) => readonly SecMargin[]): void => {
  const { groups, pool } = world
  const c = groups.columns
  world.dividers = []
  for (let g = 0; g < groups.high(); g++) {
    if (!groups.alive()[g]) continue
    c.currencyId[g] = currencyId(world, pool.text(c.currency[g] as number))
    for (const own of overrides(pool.text(c.secMargins[g] as number))) {
      const symbol = world.symbols.slotOf(own.symbol)
      if (symbol >= 0 && own.marginDivider > 0)
        (world.dividers[g] ??= new Map()).set(symbol, own.marginDivider)
    }
  }
}

/** Makes all pointers and sums anew. `overrides` reads the group's JSON, which was checked when it came in. */
export const linkAll = (world: World, overrides: (secMargins: string) => readonly SecMargin[]): void => {
  world.unlinked = false
  world.cells = createCells()
  world.orphans = new Set()
  world.staleAccounts = []
  world.positions = 0
  world.pendings = 0
  linkSymbols(world)
  linkGroups(world, overrides)
  const u = world.users.columns
  for (let a = 0; a < world.users.high(); a++) {
    if (!world.users.alive()[a]) continue
    groupFacts(world, a)
    u.head[a] = -1
    u.positions[a] = 0
    u.lots[a] = 0
    u.moneyUnits[a] = 0
    u.marginStale[a] = 0
    markMarginStale(world, a)
  }
  const { cell, kind } = world.trades.columns
  for (let t = 0; t < world.trades.high(); t++) {
    if (world.trades.alive()[t]) linkTrade(world, t)
    else {
      // Removed while nothing was linked: whoever goes by the kind or the cell must not find it.
      kind[t] = TradeKind.NONE
      cell[t] = -1
    }
  }
}

/** Newest server-local ms known; quotes may rest while money is booked. */
export const newestServerTime = (world: World): number => Math.max(world.quotes.newest, world.newestBooking)

/** Starts the money count of a new server day when the clock has passed into one. */
export const turnDay = (world: World): void => {
  const dayStart = serverDayStart(Math.floor(newestServerTime(world) / 1000))
  if (dayStart === world.dayStart) return
  world.dayStart = dayStart
  world.users.columns.moneyUnits.fill(0)
  const { kind, account } = world.trades.columns
  for (let t = 0; t < world.trades.high(); t++)
    if (world.trades.alive()[t] && kind[t] === TradeKind.MONEY) linkMoney(world, t, account[t] as number)
}
