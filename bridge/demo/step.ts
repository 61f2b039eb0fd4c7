import { roundTo } from '../../shared/money/rounding.ts'
import { serverDayStart } from '../../shared/mt4/server-time.ts'
import { reactToNews, runPlan } from './behaviours.ts'
import { continueRoll, startRoll } from './day-roll.ts'
import { checkMargins } from './margin-watch.ts'
import { int } from './random.ts'
import { fireTriggers } from './trigger-desk.ts'
import { refreshRates } from './valuation.ts'
import { type SymbolState, secondsOf, type World } from './world.ts'

/** The world moves in steps of this many milliseconds, however it is called. */
export const QUANTUM_MS = 50
/** A quote this far (in spreads) from where it should be is renewed at once: triangles hold within the spread. */
const STALE_SPREADS = 0.35

const quote = (world: World, symbol: SymbolState, mid: number, at: number): void => {
  const { index, point, row } = symbol
  const { bid: bids, ask: asks } = world.quotes
  const spread = Math.max(1, Math.round(world.market.spread(index, at) / point)) * point
  const jitter = (int(world.market.random, 3) - 1) * (spread >= 6 * point ? point : 0)
  let bid = roundTo(mid - spread / 2 + jitter, row.digits)
  const ask = roundTo(bid + spread, row.digits)
  if (bid === bids[index] && ask === asks[index]) {
    bid = roundTo(bid - point, row.digits)
  }
  bids[index] = bid
  asks[index] = ask
  symbol.time = at
  if (bid > symbol.high) symbol.high = bid
  if (bid < symbol.low) symbol.low = bid
  symbol.bars.add(bid, at)
  world.counters.ticks++
  world.tick(index, bid, ask, at)
  fireTriggers(world, symbol)
}

const tickAll = (world: World, from: number, to: number): void => {
  const { market } = world
  world.tickDebt += (world.options.ticksPerSecond * market.pace(to) * (to - from)) / 1000
  const count = Math.floor(world.tickDebt)
  world.tickDebt -= count
  for (let i = 0; i < count; i++) {
    const part = (i + 1) / count
    const symbol = world.symbols[market.nextSymbol()] as SymbolState
    quote(world, symbol, market.mid(symbol.index, part), Math.floor(from + part * (to - from)))
  }
  for (const symbol of world.symbols) {
    const mid = market.mid(symbol.index, 1)
    const bid = world.quotes.bid[symbol.index] as number
    const ask = world.quotes.ask[symbol.index] as number
    if (Math.abs((bid + ask) / 2 - mid) > STALE_SPREADS * (ask - bid)) quote(world, symbol, mid, to)
  }
}

const quantum = (world: World, to: number): void => {
  const from = world.now
  if (world.rollAt !== null) {
    world.now = to
    continueRoll(world)
    return
  }
  const dayEnds = serverDayStart(Math.floor(to / 1000)) > secondsOf(world)
  const news = world.market.advance(from, to)
  world.now = to
  if (news) {
    world.lastNews = news
    world.counters.news++
  }
  tickAll(world, Math.max(from, to - QUANTUM_MS), to)
  refreshRates(world)
  checkMargins(world)
  for (let plan = world.agenda.due(to); plan; plan = world.agenda.due(to)) runPlan(world, plan)
  if (news) reactToNews(world, news)
  if (dayEnds) startRoll(world)
}

/**
 * Moves the world from one moment to another, in whole quanta: what is left over waits for the next call, so the records
 * depend on the time reached and not on how it was cut. Server-local ms; `fromMs` is where the caller believes the world
 * stands, and time before the world's own is never played twice.
 */
export const step = (world: World, fromMs: number, toMs: number): void => {
  if (fromMs > world.now + QUANTUM_MS) jump(world, fromMs)
  while (world.now + QUANTUM_MS <= toMs) quantum(world, world.now + QUANTUM_MS)
}

/**
 * Skips time that nobody lived through (the machine slept): prices gap to where they would be, days roll, and nothing in
 * between is played.
 */
export const jump = (world: World, toMs: number): void => {
  const aligned = toMs - ((toMs - world.now) % QUANTUM_MS)
  quantum(world, aligned)
}
