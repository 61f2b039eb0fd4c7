import { closeByAllowed, closeByCode } from '../../main/book/formulas/lifecycle/close-by.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd } from '../../shared/mt4/enums.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import { checkClose, checkOpen } from './command-checks.ts'
import { dealPrices } from './deal-price.ts'
import { origin, priceDeviation, volumeFor } from './drafts.ts'
import { close, closeAgainst, modify, open } from './engine.ts'
import { between, chance } from './random.ts'
import { charges, openProfit } from './valuation.ts'
import type { Account, Position, SymbolState, World } from './world.ts'

/** What a client can do with a click; every style is made of these. */

type Wish = {
  readonly symbol: SymbolState
  readonly sell: boolean
  /** Volume as notional in multiples of the account's funds. */
  readonly leverage: number
  /** Fixed volume (1/100 lot) instead. */
  readonly volume?: number
  /** Distance of SL and TP in standard deviations of one second; 0 = none. */
  readonly slAway?: number
  readonly tpAway?: number
}

/** Opens at the market if the server allows it. */
export const openAtMarket = (world: World, account: Account, wish: Wish): Position | undefined => {
  const { symbol, sell } = wish
  const { bid, ask } = dealPrices(world, account.group, symbol)
  const price = sell ? bid : ask
  const { balance, credit } = account.user
  const volume = wish.volume ?? volumeFor(world, account, symbol, (balance + credit) * wish.leverage)
  if (balance + credit <= 0) return undefined
  const second = priceDeviation(world, symbol, 1)
  const least = 2 * (ask - bid) + symbol.row.stopsLevel * symbol.point
  const away = (distance: number | undefined, side: number): number =>
    distance ? roundTo(price + side * Math.max(distance * second, least), symbol.row.digits) : 0
  const up = sell ? -1 : 1
  const order = {
    symbol,
    cmd: sell ? Cmd.SELL : Cmd.BUY,
    volume,
    price,
    sl: away(wish.slAway, -up),
    tp: away(wish.tpAway, up),
    ...origin(world.random),
  }
  return checkOpen(world, account, order) ? undefined : open(world, account, order)
}

/** Places a stop order away from the market in one direction, if the server allows it. */
export const placeStop = (
  world: World,
  account: Account,
  symbol: SymbolState,
  sell: boolean,
  expiration: number,
): Position | undefined => {
  const { bid, ask } = dealPrices(world, account.group, symbol)
  const second = priceDeviation(world, symbol, 1)
  const least = 2 * (ask - bid) + symbol.row.stopsLevel * symbol.point
  const distance = Math.max(least, second * between(world.random, 12, 40))
  const { digits } = symbol.row
  const price = roundTo(sell ? bid - distance : ask + distance, digits)
  const order = {
    symbol,
    cmd: sell ? Cmd.SELL_STOP : Cmd.BUY_STOP,
    volume: volumeFor(world, account, symbol, account.user.balance * between(world.random, 0.5, 2)),
    price,
    sl: roundTo(price + (sell ? 1 : -1) * distance, digits),
    tp: roundTo(price + (sell ? -2 : 2) * distance, digits),
    ...origin(world.random),
    expiration,
  }
  return checkOpen(world, account, order) ? undefined : open(world, account, order)
}

/** An opposite position of the same account and symbol that it may be closed by. */
const oppositeOf = ({ account, symbol, row }: Position): Position | undefined =>
  closeByAllowed(account.group.sec[symbol.row.type]?.tradeRights ?? 0, false)
    ? account.positions.find((other) => closeByCode(row, other.row) === RetCode.OK)
    : undefined

/** How often somebody who could close by an opposite position does. */
const CLOSES_BY = 0.3

/** Closes at the market, all of it or a volume, or by an opposite position, if the server allows it. */
export const closeAtMarket = (world: World, position: Position, volume = position.row.volume): void => {
  const opposite = oppositeOf(position)
  if (opposite && volume === position.row.volume && chance(world.random, CLOSES_BY)) {
    closeAgainst(world, position, opposite)
    return
  }
  const { bid, ask } = dealPrices(world, position.account.group, position.symbol)
  const price = position.row.cmd === Cmd.SELL ? ask : bid
  if (!checkClose(world, position, volume, price)) close(world, position, volume, price)
}

/** Result of a position if it closed now. */
export const resultNow = (world: World, position: Position): number =>
  openProfit(world, position) + charges(position.row)

/** The position that stands best (`sign` 1) or worst (−1). */
export const extreme = (world: World, account: Account, sign: 1 | -1): Position | undefined => {
  let found: Position | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const position of account.positions) {
    const result = sign * resultNow(world, position)
    if (result > most) {
      most = result
      found = position
    }
  }
  return found
}

/** Draws the stop loss behind a position towards the market, never back. */
export const trail = (world: World, position: Position, away: number): void => {
  const { row, symbol } = position
  const sell = row.cmd === Cmd.SELL
  const market = (sell ? world.quotes.ask : world.quotes.bid)[symbol.index] as number
  const distance = Math.max(away * priceDeviation(world, symbol, 1), symbol.row.stopsLevel * symbol.point)
  const sl = roundTo(market + (sell ? distance : -distance), symbol.row.digits)
  const better = row.sl === 0 || (sell ? sl < row.sl : sl > row.sl)
  if (better) modify(world, position, { sl })
}
