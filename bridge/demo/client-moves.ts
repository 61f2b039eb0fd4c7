import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd } from '../../shared/mt4/enums.ts'
import { dealPrices } from './deal-price.ts'
import { origin, priceDeviation, volumeFor } from './drafts.ts'
import { close, modify, open } from './engine.ts'
import { affords } from './margin-check.ts'
import { between } from './random.ts'
import { charges, openProfit } from './valuation.ts'
import type { Account, Position, SymbolState, World } from './world.ts'

/** What a client can do with a click; every style is made of these. */

export type Wish = {
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

/** Opens at the market if the account can pay for it. */
export const openAtMarket = (world: World, account: Account, wish: Wish): Position | undefined => {
  const { symbol, sell } = wish
  const { bid, ask } = dealPrices(world, account.group, symbol)
  const price = sell ? bid : ask
  const { balance, credit } = account.user
  const volume = wish.volume ?? volumeFor(world, account, symbol, (balance + credit) * wish.leverage)
  const cmd = sell ? Cmd.SELL : Cmd.BUY
  const limit = account.group.row.maxPositions
  if (limit > 0 && account.positions.length + account.pendings.length >= limit) return undefined
  if (balance + credit <= 0 || !affords(world, account, symbol, cmd, volume, price)) return undefined
  const second = priceDeviation(world, symbol, 1)
  const away = (distance: number | undefined, side: number): number =>
    distance ? roundTo(price + side * Math.max(distance * second, ask - bid), symbol.row.digits) : 0
  const up = sell ? -1 : 1
  return open(world, account, {
    symbol,
    cmd,
    volume,
    price,
    sl: away(wish.slAway, -up),
    tp: away(wish.tpAway, up),
    ...origin(world.random),
  })
}

/** Places a stop order away from the market in one direction. */
export const placeStop = (
  world: World,
  account: Account,
  symbol: SymbolState,
  sell: boolean,
  expiration: number,
): Position => {
  const { bid, ask } = dealPrices(world, account.group, symbol)
  const second = priceDeviation(world, symbol, 1)
  const distance = second * between(world.random, 12, 40)
  const { digits } = symbol.row
  const price = roundTo(sell ? bid - distance : ask + distance, digits)
  return open(world, account, {
    symbol,
    cmd: sell ? Cmd.SELL_STOP : Cmd.BUY_STOP,
    volume: volumeFor(world, account, symbol, account.user.balance * between(world.random, 0.5, 2)),
    price,
    sl: roundTo(price + (sell ? 1 : -1) * distance, digits),
    tp: roundTo(price + (sell ? -2 : 2) * distance, digits),
    ...origin(world.random),
    expiration,
  })
}

/** Closes at the market, all of it or a volume. */
export const closeAtMarket = (world: World, position: Position, volume = position.row.volume): void => {
  const { bid, ask } = dealPrices(world, position.account.group, position.symbol)
  close(world, position, volume, position.row.cmd === Cmd.SELL ? ask : bid)
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
