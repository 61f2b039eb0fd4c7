import { toUnits } from '../../../shared/money/rounding.ts'
import { isMarketCmd } from '../../../shared/mt4/enums.ts'
import { addToCell, cellOf, countNobodys, Desk, deskBehind } from './cells.ts'
import { currencyScales } from './currency-scales.ts'
import { createDeck, type Deck, ENTRY, eachRun, nextEntry } from './deck.ts'
import { TradeKind, type World } from './world.ts'

/**
 * Taking in all open positions at once, in whatever order their records stand: what `linkTrade` does one by one. They go
 * to the places of their accounts; done directly, every position would wait for a dozen places of memory. So they are
 * dealt into bins of neighbouring accounts first, and each bin's places stay in the cache.
 */
type Dealing = {
  readonly deck: Deck
  readonly accountsABin: number
  /** Currency id and desk of each account in one small number, so that the dealing finds them in the cache. */
  readonly facts: Int16Array
  /** Positions of each account so far. */
  readonly counts: Uint32Array
  /** Scale of each currency id. */
  readonly scales: Float64Array
}

const BINS = 64

const beginDealing = (world: World): Dealing => {
  const { currencyId, desk } = world.users.columns
  const accounts = world.users.high()
  const facts = new Int16Array(accounts)
  for (let a = 0; a < accounts; a++) facts[a] = (currencyId[a] as number) * 4 + (desk[a] as number)
  return {
    deck: createDeck(BINS, world.trades.size()),
    accountsABin: Math.max(1, Math.ceil(accounts / BINS)),
    facts,
    counts: new Uint32Array(accounts),
    scales: currencyScales(world.currencies),
  }
}

/**
 * Finds the account of every open position and counts how many each has; answers the other trades. A loop of its own: it
 * waits for memory, and a short loop can wait for many places of it at once.
 */
const findAccounts = (world: World, counts: Uint32Array): number[] => {
  const { login, account, kind, place, cmd, closeTime } = world.trades.columns
  const alive = world.trades.alive()
  const others: number[] = []
  for (let i = 0; i < world.trades.high(); i++) {
    place[i] = -1
    if (alive[i] !== 1) continue
    if (closeTime[i] !== 0 || !isMarketCmd(cmd[i] as number)) {
      others.push(i)
      continue
    }
    const a = world.users.slotOf(login[i] as number)
    account[i] = a
    kind[i] = TradeKind.MARKET
    if (a >= 0) counts[a] = (counts[a] as number) + 1
  }
  return others
}

/** Deals the open positions: finds their cells, adds the sums up. */
const dealTrades = (world: World, { deck, accountsABin, facts, scales }: Dealing): void => {
  const t = world.trades.columns
  const { login, account, kind, symbol, cmd, volume, openPrice, storage, commission, taxes } = t
  const { gwVolume, gwOrder, marginRate } = t
  const { cells, symbolByCode } = world
  for (let i = 0; i < world.trades.high(); i++) {
    if (kind[i] !== TradeKind.MARKET) continue
    const a = account[i] as number
    const fact = a < 0 ? -4 + Desk.B_BOOK : (facts[a] as number)
    const currency = fact >> 2
    const desk = deskBehind((fact & 3) as Desk, gwVolume[i] as number, gwOrder[i] as number)
    const c = cellOf(world, symbolByCode[symbol[i] as number] ?? -1, currency, cmd[i] === 1, desk)
    const size = volume[i] as number
    const price = openPrice[i] as number
    const extra = (storage[i] as number) + (commission[i] as number) + (taxes[i] as number)
    const units = a < 0 || extra === 0 ? 0 : toUnits(extra, scales[currency + 1] as number)
    addToCell(cells, c, size, price, units, 1)
    world.positions++
    if (a < 0) {
      countNobodys(world, login[i] as number, size)
      continue
    }
    const bin = Math.floor(a / accountsABin)
    const at = nextEntry(deck, bin)
    const entries = deck.memory[bin] as Float64Array
    entries[at] = a
    entries[at + 1] = i
    entries[at + 2] = c
    entries[at + 3] = size
    entries[at + 4] = price
    entries[at + 5] = units
    entries[at + 6] = marginRate[i] as number
  }
}

const placeEntries = (world: World, entries: Float64Array, from: number, to: number): void => {
  const { cell, lots, open, cost, rate, trade, start, count, costs } = world.ledger.columns
  const { place: places } = world.trades.columns
  const { lots: volume } = world.users.columns
  for (let k = from; k < to; k += ENTRY) {
    const a = entries[k] as number
    const t = entries[k + 1] as number
    const size = entries[k + 3] as number
    const units = entries[k + 5] as number
    const at = (start[a] as number) + (count[a] as number)
    count[a] = (count[a] as number) + 1
    cell[at] = entries[k + 2] as number
    lots[at] = size / 100
    open[at] = entries[k + 4] as number
    cost[at] = units
    rate[at] = entries[k + 6] as number
    trade[at] = t
    places[t] = at
    costs[a] = (costs[a] as number) + units
    volume[a] = (volume[a] as number) + size
  }
}

/** Takes in all open positions; accounts, symbols and groups are linked already. Answers the slots of all other trades. */
export const linkPositions = (world: World): number[] => {
  const dealing = beginDealing(world)
  const others = findAccounts(world, dealing.counts)
  dealTrades(world, dealing)
  world.ledger.reset(dealing.counts)
  eachRun(dealing.deck, (entries, from, to) => placeEntries(world, entries, from, to))
  world.ledger.recount()
  return others
}
