import { currencyDigits, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { isMarketCmd } from '../../../shared/mt4/enums.ts'
import { addToCell, cellOf, Desk } from './cells.ts'
import { TradeKind, type World } from './world.ts'

/**
 * Taking in all open positions at once, as after a snapshot: what `linkTrade` does one by one, in two loops over the
 * columns without a call or an object for each position.
 */

const isOpenPosition = (world: World, trade: number): boolean => {
  const { cmd, closeTime } = world.trades.columns
  return world.trades.alive()[trade] === 1 && closeTime[trade] === 0 && isMarketCmd(cmd[trade] as number)
}

/** Finds the account of every open position; answers how many each has. */
const findAccounts = (world: World): Uint32Array => {
  const counts = new Uint32Array(world.users.high())
  const { login, account, kind } = world.trades.columns
  for (let t = 0; t < world.trades.high(); t++) {
    if (!isOpenPosition(world, t)) continue
    const a = world.users.slotOf(login[t] as number)
    account[t] = a
    kind[t] = TradeKind.MARKET
    if (a >= 0) counts[a] = (counts[a] as number) + 1
    else world.orphans.add(login[t] as number)
  }
  return counts
}

/** Gives the ledger its segments and every open position its place, cell and sums. Other trades are left alone. */
export const linkPositions = (world: World): void => {
  world.ledger.reset(findAccounts(world))
  const t = world.trades.columns
  const u = world.users.columns
  const { cells, symbolByCode } = world
  const { cell, lots, open, cost, trade, start, count, costs, results } = world.ledger.columns
  const scales = Float64Array.from(world.currencies, (currency) => scaleOf(currencyDigits(currency)))
  const { account, kind, place, symbol, cmd, volume, openPrice, storage, commission, taxes } = t
  const { gwVolume, gwOrder } = t
  for (let i = 0; i < world.trades.high(); i++) {
    if (kind[i] !== TradeKind.MARKET) continue
    const a = account[i] as number
    const currency = a < 0 ? -1 : (u.currencyId[a] as number)
    let desk = (a < 0 ? Desk.B_BOOK : u.desk[a]) as Desk
    if (desk === Desk.B_BOOK && (gwVolume[i] !== 0 || gwOrder[i] !== 0)) desk = Desk.A_BOOK
    const c = cellOf(world, symbolByCode[symbol[i] as number] ?? -1, currency, cmd[i] === 1, desk)
    const size = volume[i] as number
    const price = openPrice[i] as number
    let units = 0
    if (a >= 0) {
      const extra = (storage[i] as number) + (commission[i] as number) + (taxes[i] as number)
      units = extra === 0 ? 0 : toUnits(extra, scales[currency] ?? 100)
      const at = (start[a] as number) + (count[a] as number)
      count[a] = (count[a] as number) + 1
      cell[at] = c
      lots[at] = size / 100
      open[at] = price
      cost[at] = units
      trade[at] = i
      results[at] = Number.NaN
      place[i] = at
      costs[a] = (costs[a] as number) + units
      u.lots[a] = (u.lots[a] as number) + size
    } else place[i] = -1
    addToCell(cells, c, size, price, units, 1)
    world.positions++
  }
  world.ledger.recount()
}
