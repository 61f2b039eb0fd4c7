import type { SecMargin } from '../../../shared/bridge/nested.ts'
import { toUnits } from '../../../shared/money/rounding.ts'
import { indexPairs, type PlanSymbol } from '../formulas/conversion.ts'
import { tradingDayStart } from '../formulas/day.ts'
import { COVERAGE_GROUP } from '../formulas/exposure.ts'
import { addToCell, cellOf, createCells, Desk, deskBehind, prepareCells } from './cells.ts'
import { addToDay, kindOf, scaleOfAccount, timeOfBooking } from './day-sums.ts'
import { linkPositions } from './link-positions.ts'
import { currencyId, symbolOfTrade, TradeKind, type World } from './world.ts'

/**
 * Pointers between rows: account → group, position → account, cell and neighbours. Trades and accounts are linked one
 * by one as they change; when symbols or groups change what figures rest on, everything is linked anew (rare).
 */

/** Asks for the account's margin to be worked out in the next pass. */
export const markMarginStale = (world: World, account: number): void => {
  const { marginStale } = world.users.columns
  world.fundsVersion++
  if (marginStale[account] === 1) return
  marginStale[account] = 1
  world.staleAccounts.push(account)
}

/** What a position has cost or earned beside its price: storage + commission + taxes, in units. */
export const costUnits = (world: World, trade: number, scale: number): number => {
  const { storage, commission, taxes } = world.trades.at(trade)
  return toUnits((storage[trade] as number) + (commission[trade] as number) + (taxes[trade] as number), scale)
}

/** Who stands behind a position: what its group says, or that it was passed on (gwVolume, gwOrder). */
export const deskOfTrade = (world: World, trade: number, account: number): Desk => {
  const desk = account < 0 ? Desk.B_BOOK : (world.users.columns.desk[account] as Desk)
  const { gwVolume, gwOrder } = world.trades.at(trade)
  return deskBehind(desk, gwVolume[trade] as number, gwOrder[trade] as number)
}

/** Cell of a position by what its record and its account say now. */
export const cellOfTrade = (world: World, trade: number, account: number): number =>
  cellOf(
    world,
    symbolOfTrade(world, trade),
    account < 0 ? -1 : (world.users.columns.currencyId[account] as number),
    world.trades.at(trade).cmd[trade] === 1,
    deskOfTrade(world, trade, account),
  )

const countMarket = (world: World, trade: number, account: number, cell: number, sign: 1 | -1): void => {
  const t = world.trades.at(trade)
  const u = world.users.columns
  const volume = t.volume[trade] as number
  world.positions += sign
  // Nobody's position has no currency, and so no costs.
  const units = account < 0 ? 0 : costUnits(world, trade, scaleOfAccount(world, account))
  addToCell(world.cells, cell, volume, t.openPrice[trade] as number, units, sign)
  if (account < 0) {
    world.nobodys.positions += sign
    world.nobodys.volume += sign * volume
    return
  }
  const { costs } = world.ledger.columns
  costs[account] = (costs[account] as number) + sign * units
  u.lots[account] = (u.lots[account] as number) + sign * volume
  markMarginStale(world, account)
}

const linkMarket = (world: World, trade: number, account: number): void => {
  const t = world.trades.at(trade)
  const cell = cellOfTrade(world, trade, account)
  if (account >= 0)
    t.place[trade] = world.ledger.add(
      account,
      trade,
      cell,
      (t.volume[trade] as number) / 100,
      t.openPrice[trade] as number,
      costUnits(world, trade, scaleOfAccount(world, account)),
      t.marginRate[trade] as number,
    )
  countMarket(world, trade, account, cell, 1)
}

const unlinkMarket = (world: World, trade: number, account: number): void => {
  const place = world.trades.own.place[trade] as number
  const cell = place < 0 ? cellOfTrade(world, trade, account) : (world.ledger.columns.cell[place] as number)
  countMarket(world, trade, account, cell, -1)
  if (place >= 0) world.ledger.remove(account, place)
}

/** Adds `sign` times a money operation or a closed trade to the sums of the server's day. */
const countDay = (world: World, trade: number, sign: 1 | -1): void => {
  const t = world.trades.at(trade)
  const kind = t.kind[trade] as number
  addToDay(
    world,
    {
      kind,
      account: t.account[trade] as number,
      time: timeOfBooking(kind, t.openTime[trade] as number, t.closeTime[trade] as number),
      profit: t.profit[trade] as number,
      storage: t.storage[trade] as number,
      commission: (t.commission[trade] as number) + (t.taxes[trade] as number),
      agent: t.commissionAgent[trade] as number,
    },
    sign,
  )
}

/** Takes a trade that was just written into the sums and lists it belongs to. */
export const linkTrade = (world: World, trade: number): void => {
  if (world.unlinked) return
  const t = world.trades.at(trade)
  const account = world.users.slotOf(t.login[trade] as number)
  if (account < 0) world.orphans.add(t.login[trade] as number)
  const kind = kindOf(t.cmd[trade] as number, t.closeTime[trade] as number)
  t.account[trade] = account
  t.place[trade] = -1
  t.kind[trade] = kind
  if (kind === TradeKind.MARKET) linkMarket(world, trade, account)
  else if (kind === TradeKind.PENDING) world.pendings++
  else if (kind !== TradeKind.NONE) countDay(world, trade, 1)
}

/** Takes a trade out before it is overwritten or removed. */
export const unlinkTrade = (world: World, trade: number): void => {
  if (world.unlinked) return
  const t = world.trades.at(trade)
  switch (t.kind[trade]) {
    case TradeKind.MARKET:
      unlinkMarket(world, trade, t.account[trade] as number)
      break
    case TradeKind.PENDING:
      world.pendings--
      break
    case TradeKind.MONEY:
    case TradeKind.CLOSED:
      countDay(world, trade, -1)
      break
    default:
  }
  t.kind[trade] = TradeKind.NONE
  t.place[trade] = -1
}

/** What an account has of its group, by the code of the group's name. */
type GroupFacts = { readonly slot: number; readonly currencyId: number; readonly desk: Desk }

const factsOfGroup = (world: World, code: number): GroupFacts => {
  const name = world.pool.text(code)
  const slot = world.groups.slotOf(name)
  return {
    slot,
    currencyId: slot < 0 ? -1 : (world.groups.columns.currencyId[slot] as number),
    desk: name === COVERAGE_GROUP ? Desk.COVERAGE : world.isABook(name) ? Desk.A_BOOK : Desk.B_BOOK,
  }
}

const takeGroup = (world: World, account: number, { slot, currencyId: currency, desk }: GroupFacts): void => {
  const u = world.users.columns
  u.groupSlot[account] = slot
  u.currencyId[account] = currency
  u.desk[account] = desk
}

const groupFacts = (world: World, account: number): void =>
  takeGroup(world, account, factsOfGroup(world, world.users.columns.group[account] as number))

const linkUsers = (world: World): void => {
  const { group } = world.users.columns
  const alive = world.users.alive()
  const known = new Map<number, GroupFacts>()
  for (let a = 0; a < world.users.high(); a++) {
    if (alive[a] !== 1) continue
    const code = group[a] as number
    let facts = known.get(code)
    if (!facts) {
      facts = factsOfGroup(world, code)
      known.set(code, facts)
    }
    takeGroup(world, a, facts)
  }
}

/** A new account: no positions yet, unless trades came before it. */
export const linkNewUser = (world: World, account: number): void => {
  if (world.unlinked) return
  const u = world.users.columns
  world.ledger.ensureAccounts(account + 1)
  groupFacts(world, account)
  if (world.orphans.has(u.login[account] as number)) world.unlinked = true
}

/** An account was overwritten. Another deposit currency or desk means new cells for its positions: then all is linked anew. */
export const relinkUser = (world: World, account: number): void => {
  if (world.unlinked) return
  const { currencyId: currency, desk } = world.users.columns
  const before = [currency[account], desk[account]]
  groupFacts(world, account)
  if (currency[account] !== before[0] || desk[account] !== before[1]) world.unlinked = true
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

export type Overrides = (secMargins: string) => readonly SecMargin[]

/**
 * Forgets all pointers and sums and links symbols, groups and accounts; trades and `finishAnew` come next. `overrides`
 * reads the group's JSON, which was checked when it came in.
 */
export const beginAnew = (world: World, overrides: Overrides): void => {
  world.cells = createCells()
  world.orphans = new Set()
  world.staleAccounts = []
  world.positions = 0
  world.nobodys = { positions: 0, volume: 0 }
  world.blankMargins = 0
  world.fundsVersion++
  world.pendings = 0
  linkSymbols(world)
  linkGroups(world, overrides)
  prepareCells(world)
  const u = world.users.columns
  for (const sums of [
    u.lots,
    u.moneyUnits,
    u.realisedUnits,
    u.swapUnits,
    u.commissionUnits,
    u.agentUnits,
    u.marginStale,
  ])
    sums.fill(0)
  linkUsers(world)
}

/** All open positions are linked, and the server's clock is known. From now on changes keep the world linked. */
export const finishAnew = (world: World): void => {
  world.unlinked = false
  world.dayStart = dayStartOf(world)
  world.fundsVersion++
}

/** Makes all pointers and sums anew. */
export const linkAll = (world: World, overrides: Overrides): void => {
  beginAnew(world, overrides)
  world.trades.own.kind.fill(TradeKind.NONE)
  const others = linkPositions(world)
  finishAnew(world)
  for (const trade of others) linkTrade(world, trade)
  const alive = world.users.alive()
  for (let a = 0; a < world.users.high(); a++) if (alive[a] === 1) markMarginStale(world, a)
}

/** Newest server-local ms known; quotes may rest while money is booked. */
export const newestServerTime = (world: World): number => Math.max(world.quotes.newest, world.newestBooking)

const dayStartOf = (world: World): number =>
  tradingDayStart(Math.floor(newestServerTime(world) / 1000), world.decisions)

/** Starts the sums of a new server day when the clock has passed into one. */
export const turnDay = (world: World): void => {
  const dayStart = dayStartOf(world)
  if (dayStart === world.dayStart) return
  world.dayStart = dayStart
  world.fundsVersion++
  const u = world.users.columns
  for (const sums of [u.moneyUnits, u.realisedUnits, u.swapUnits, u.commissionUnits, u.agentUnits])
    sums.fill(0)
  const { kind } = world.trades.own
  for (let t = 0; t < world.trades.high(); t++)
    if (world.trades.alive()[t] && (kind[t] === TradeKind.MONEY || kind[t] === TradeKind.CLOSED))
      countDay(world, t, 1)
}
