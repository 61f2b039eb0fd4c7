import { currencyDigits, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { isMarketCmd } from '../../../shared/mt4/enums.ts'
import { addToCell, cellOf, Desk } from './cells.ts'
import { TradeKind, type World } from './world.ts'

/**
 * Taking in all open positions at once, as after a snapshot: what `linkTrade` does one by one. Trades come in the order
 * of tickets and go to the places of their accounts; done directly, every position would wait for a dozen places of
 * memory. So they are dealt into bins of neighbouring accounts first, and each bin's places stay in the cache.
 */

const BINS = 64
/** Trades dealt at once. */
const BATCH = 1 << 19

/** Finds the account of every open position; answers how many each has. */
const findAccounts = (world: World): Uint32Array => {
  const counts = new Uint32Array(world.users.high())
  const { login, account, kind, cmd, closeTime } = world.trades.columns
  const alive = world.trades.alive()
  const high = world.trades.high()
  for (let t = 0; t < high; t++) {
    if (alive[t] !== 1 || closeTime[t] !== 0 || !isMarketCmd(cmd[t] as number)) continue
    const a = world.users.slotOf(login[t] as number)
    account[t] = a
    kind[t] = TradeKind.MARKET
    if (a >= 0) counts[a] = (counts[a] as number) + 1
    else world.orphans.add(login[t] as number)
  }
  return counts
}

type Bins = ReturnType<typeof createBins>

const createBins = (length: number) => ({
  /** Where the next entry of each bin goes. */
  next: new Uint32Array(BINS),
  account: new Int32Array(length),
  trade: new Int32Array(length),
  cell: new Uint32Array(length),
  lots: new Float64Array(length),
  open: new Float64Array(length),
  cost: new Float64Array(length),
  rate: new Float64Array(length),
})

/** Currency id and desk of each account in one small number, so that the dealing finds them in the cache. */
const accountFacts = (world: World): Int16Array => {
  const { currencyId, desk } = world.users.columns
  return Int16Array.from(
    { length: world.users.high() },
    (_, a) => (currencyId[a] as number) * 4 + (desk[a] as number),
  )
}

/** Deals the positions among `from`…`to` into the bins; positions of nobody are counted and left out. Answers how many. */
const deal = (
  world: World,
  bins: Bins,
  facts: Int16Array,
  accountsABin: number,
  from: number,
  to: number,
): number => {
  const t = world.trades.columns
  const { account, kind, place, symbol, cmd, volume, openPrice, storage, commission, taxes } = t
  const { gwVolume, gwOrder, marginRate } = t
  const { cells, symbolByCode } = world
  const { next } = bins
  const scales = Float64Array.from(world.currencies, (currency) => scaleOf(currencyDigits(currency)))
  next.fill(0)
  for (let i = from; i < to; i++) {
    if (kind[i] !== TradeKind.MARKET || (account[i] as number) < 0) continue
    const bin = Math.floor((account[i] as number) / accountsABin)
    next[bin] = (next[bin] as number) + 1
  }
  let n = 0
  for (let bin = 0; bin < BINS; bin++) {
    const size = next[bin] as number
    next[bin] = n
    n += size
  }
  for (let i = from; i < to; i++) {
    if (kind[i] !== TradeKind.MARKET) continue
    const a = account[i] as number
    const fact = a < 0 ? -4 + Desk.B_BOOK : (facts[a] as number)
    const currency = fact >> 2
    let desk = (fact & 3) as Desk
    if (desk === Desk.B_BOOK && (gwVolume[i] !== 0 || gwOrder[i] !== 0)) desk = Desk.A_BOOK
    const c = cellOf(world, symbolByCode[symbol[i] as number] ?? -1, currency, cmd[i] === 1, desk)
    const size = volume[i] as number
    const price = openPrice[i] as number
    const extra = (storage[i] as number) + (commission[i] as number) + (taxes[i] as number)
    const units = a < 0 || extra === 0 ? 0 : toUnits(extra, scales[currency] ?? 100)
    addToCell(cells, c, size, price, units, 1)
    world.positions++
    place[i] = -1
    if (a < 0) {
      world.nobodys.positions++
      world.nobodys.volume += size
      continue
    }
    const bin = Math.floor(a / accountsABin)
    const at = next[bin] as number
    next[bin] = at + 1
    bins.account[at] = a
    bins.trade[at] = i
    bins.cell[at] = c
    bins.lots[at] = size / 100
    bins.open[at] = price
    bins.cost[at] = units
    bins.rate[at] = marginRate[i] as number
  }
  return n
}

/** Puts what was dealt into the segments of the accounts. */
const place = (world: World, bins: Bins, n: number): void => {
  const { cell, lots, open, cost, rate, trade, start, count, costs } = world.ledger.columns
  const { place: places } = world.trades.columns
  const { lots: volume } = world.users.columns
  for (let k = 0; k < n; k++) {
    const a = bins.account[k] as number
    const at = (start[a] as number) + (count[a] as number)
    count[a] = (count[a] as number) + 1
    cell[at] = bins.cell[k] as number
    lots[at] = bins.lots[k] as number
    open[at] = bins.open[k] as number
    cost[at] = bins.cost[k] as number
    rate[at] = bins.rate[k] as number
    trade[at] = bins.trade[k] as number
    places[bins.trade[k] as number] = at
    costs[a] = (costs[a] as number) + (bins.cost[k] as number)
    volume[a] = (volume[a] as number) + Math.round((bins.lots[k] as number) * 100)
  }
}

/** Gives the ledger its segments and every open position its place, cell and sums. Other trades are left alone. */
export const linkPositions = (world: World): void => {
  world.ledger.reset(findAccounts(world))
  const high = world.trades.high()
  const bins = createBins(Math.min(high, BATCH))
  const facts = accountFacts(world)
  const accountsABin = Math.max(1, Math.ceil(world.users.high() / BINS))
  for (let from = 0; from < high; from += BATCH)
    place(world, bins, deal(world, bins, facts, accountsABin, from, Math.min(from + BATCH, high)))
  world.ledger.recount()
}
