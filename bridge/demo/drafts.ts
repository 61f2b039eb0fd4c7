import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd, TradeReason } from '../../shared/mt4/enums.ts'
import type { Random } from '../../shared/runtime/ports.ts'
import { type Driver, drivers } from './instruments.ts'
import { lotWorth } from './opening.ts'
import { deviation, driverOf } from './price-history.ts'
import { between, chance, exponential, int, normal, pick, weighted } from './random.ts'
import type { Account, SymbolState, World } from './world.ts'

/** A trade of the world's past before it has its ticket. Times in server-local seconds. */
export type Draft = {
  readonly account: Account
  readonly symbol: SymbolState
  cmd: number
  volume: number
  openTime: number
  openPrice: number
  sl: number
  tp: number
  readonly comment: string
  readonly reason: number
  readonly magic: number
}

const DAY = 86_400

/** Standard deviation of a symbol's price over a time, in price units at the price of the moment. */
export const priceDeviation = (world: World, symbol: SymbolState, seconds: number): number => {
  const main = drivers[Math.max(0, driverOf(symbol.instrument.over))] as Driver
  const under = driverOf(symbol.instrument.under)
  const driver = driverOf(symbol.instrument.over) < 0 ? (drivers[under] as Driver) : main
  return deviation(driver, seconds) * (world.quotes.bid[symbol.index] as number)
}

/** Price at which a client could have opened at that time. */
export const priceThen = (world: World, symbol: SymbolState, sell: boolean, at: number): number => {
  const half = (symbol.instrument.spread * symbol.point) / 2
  return roundTo(world.history.mid(symbol.instrument, at) + (sell ? -half : half), symbol.row.digits)
}

/** Lots people type: hundredths when small, tenths and whole lots when larger. Answers 1/100 lot, at least 1. */
const niceVolume = (volume: number): number => {
  const step = volume < 50 ? 1 : volume < 500 ? 10 : volume < 5_000 ? 50 : 100
  return Math.max(1, Math.round(volume / step) * step)
}

/** Volume (1/100 lot) worth `notional` in deposit currency, within the group's limit. */
export const volumeFor = (world: World, account: Account, symbol: SymbolState, notional: number): number => {
  const one = lotWorth(world, account.group, symbol, world.quotes.bid[symbol.index] as number)
  const most = account.group.sec[symbol.row.type]?.lotMax ?? 10_000
  return Math.min(most, niceVolume(one > 0 ? (notional / one) * 100 : 1))
}

const reasons = [
  TradeReason.CLIENT,
  TradeReason.CLIENT,
  TradeReason.CLIENT,
  TradeReason.MOBILE,
  TradeReason.MOBILE,
  TradeReason.EXPERT,
  TradeReason.WEB,
  TradeReason.SIGNAL,
]
const comments: Readonly<Record<number, readonly string[]>> = {
  [TradeReason.EXPERT]: ['grid 3.1', 'trend rider', 'night scalper', 'breakout', ''],
  [TradeReason.SIGNAL]: ['copy #48213', 'copy #10377'],
}

/** Who opened it, with the comment and magic number that go with that. */
export const origin = (random: Random): Pick<Draft, 'reason' | 'comment' | 'magic'> => {
  const reason = pick(random, reasons)
  const texts = comments[reason]
  return {
    reason,
    comment: texts ? pick(random, texts) : '',
    magic: reason === TradeReason.EXPERT ? 1000 + int(random, 9000) : 0,
  }
}

/** Stop loss and take profit on the right sides of the present price, not about to be reached. */
const stopsFor = (
  world: World,
  random: Random,
  symbol: SymbolState,
  sell: boolean,
): Pick<Draft, 'sl' | 'tp'> => {
  const day = priceDeviation(world, symbol, DAY)
  const { digits } = symbol.row
  const level = (probability: number, side: number): number => {
    if (!chance(random, probability)) return 0
    const price = world.quotes.bid[symbol.index] as number
    return roundTo(price + side * day * between(random, 0.35, 3), digits)
  }
  const up = sell ? -1 : 1
  return { sl: level(0.38, -up), tp: level(0.34, up) }
}

/** How long ago positions were opened: many today, most this fortnight, some for months. */
const ageOf = (random: Random): number =>
  chance(random, 0.35) ? exponential(random, DAY / 6) : exponential(random, DAY * 6)

/** A moment between the account's registration (or the start of history) and now. */
export const openTimeFor = (world: World, random: Random, account: Account): number => {
  const now = Math.floor(world.now / 1000)
  const earliest = Math.max(account.user.registrationDate + 600, world.history.from)
  return Math.floor(Math.min(now - 5, Math.max(earliest, now - ageOf(random))))
}

/** Positions of one account: favourite symbols, a leaning to one side, sizes that fit its funds. */
export const draftPositions = (
  world: World,
  random: Random,
  account: Account,
  count: number,
  popularity: readonly number[],
): Draft[] => {
  const favourites = [0, 1, 2].map(() => world.symbols[weighted(random, popularity)] as SymbolState)
  const leaning = between(random, 0.15, 0.85)
  const reach = Math.min(0.2 * account.user.leverage, 2.2 * Math.exp(0.9 * normal(random)))
  const budget = (account.user.balance + account.user.credit) * reach
  return Array.from({ length: count }, () => {
    const symbol = chance(random, 0.8)
      ? pick(random, favourites)
      : (world.symbols[weighted(random, popularity)] as SymbolState)
    const either = chance(random, leaning)
    const sell = account.group.row.hedgeProhibited === 1 ? symbol.index % 2 === account.index % 2 : either
    const openTime = openTimeFor(world, random, account)
    return {
      account,
      symbol,
      cmd: sell ? Cmd.SELL : Cmd.BUY,
      volume: volumeFor(world, account, symbol, (budget / count) * between(random, 0.4, 1.6)),
      openTime,
      openPrice: priceThen(world, symbol, sell, openTime),
      ...stopsFor(world, random, symbol, sell),
      ...origin(random),
    }
  })
}

/** A pending order some way off the market. */
export const draftPending = (
  world: World,
  random: Random,
  account: Account,
  popularity: readonly number[],
): Draft => {
  const symbol = world.symbols[weighted(random, popularity)] as SymbolState
  const cmd = pick(random, [Cmd.BUY_LIMIT, Cmd.SELL_LIMIT, Cmd.BUY_STOP, Cmd.SELL_STOP])
  const above = cmd === Cmd.SELL_LIMIT || cmd === Cmd.BUY_STOP ? 1 : -1
  const away = priceDeviation(world, symbol, DAY) * between(random, 0.15, 1.5)
  const price = roundTo((world.quotes.bid[symbol.index] as number) + above * away, symbol.row.digits)
  const stop = cmd % 2 === 0 ? -1 : 1
  const guard = priceDeviation(world, symbol, DAY)
  return {
    account,
    symbol,
    cmd,
    volume: volumeFor(world, account, symbol, account.user.balance * between(random, 0.5, 2)),
    openTime: openTimeFor(world, random, account),
    openPrice: price,
    sl: chance(random, 0.5) ? roundTo(price + stop * guard, symbol.row.digits) : 0,
    tp: chance(random, 0.5) ? roundTo(price - stop * guard * 1.5, symbol.row.digits) : 0,
    ...origin(random),
  }
}

/**
 * One position that is far in profit or loss: opened when the market stood elsewhere, sized so that the open result is
 * about `share` of the balance.
 */
export const draftBig = (
  world: World,
  random: Random,
  account: Account,
  share: number,
  popularity: readonly number[],
): Draft => {
  const now = Math.floor(world.now / 1000)
  const earliest = Math.max(account.user.registrationDate + 600, world.history.from)
  let best: { symbol: SymbolState; openTime: number; move: number } | undefined
  for (let attempt = 0; attempt < 6; attempt++) {
    const symbol = world.symbols[weighted(random, popularity)] as SymbolState
    const openTime = Math.max(earliest, now - Math.floor(between(random, 2, 25) * DAY))
    const then = world.history.mid(symbol.instrument, openTime)
    const move = (world.quotes.bid[symbol.index] as number) / then - 1
    if (!best || Math.abs(move) > Math.abs(best.move)) best = { symbol, openTime, move }
  }
  const { symbol, openTime, move } = best as NonNullable<typeof best>
  const sell = move > 0 !== share > 0
  const notional = (account.user.balance * Math.abs(share)) / Math.max(Math.abs(move), 1e-4)
  return {
    account,
    symbol,
    cmd: sell ? Cmd.SELL : Cmd.BUY,
    volume: volumeFor(world, account, symbol, notional),
    openTime,
    openPrice: priceThen(world, symbol, sell, openTime),
    sl: 0,
    tp: 0,
    ...origin(random),
  }
}
