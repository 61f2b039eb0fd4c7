import { Cmd } from '../../shared/mt4/enums.ts'
import { closeAtMarket, extreme, openAtMarket, placeStop, resultNow, trail } from './client-moves.ts'
import { remove } from './engine.ts'
import { between, chance, cumulate, int, pick, weighted } from './random.ts'
import { type Account, type Style, type SymbolState, secondsOf, type World } from './world.ts'

/** One look of a client at the screen and what comes of it. `closing` leans the whole broker towards fewer positions. */
type Habit = (world: World, account: Account, closing: boolean) => void

const weights = new WeakMap<World, number[]>()

/** A symbol, popular ones more often. */
export const anySymbol = (world: World): SymbolState => {
  let cumulative = weights.get(world)
  if (!cumulative) {
    cumulative = cumulate(world.symbols.map((symbol) => symbol.instrument.weight))
    weights.set(world, cumulative)
  }
  return world.symbols[weighted(world.random, cumulative)] as SymbolState
}

/** Whether the price fell over the last half hour. */
const fell = (world: World, symbol: SymbolState): boolean =>
  (world.quotes.bid[symbol.index] as number) < world.history.mid(symbol.instrument, secondsOf(world) - 1800)

const coin = (world: World): boolean => chance(world.random, 0.5)

const scalper: Habit = (world, account, closing) => {
  const { random } = world
  const oldest = account.positions[0]
  if (closing && oldest) return closeAtMarket(world, oldest)
  const position = openAtMarket(world, account, {
    symbol: anySymbol(world),
    sell: coin(world),
    leverage: between(random, 2, 8),
    slAway: 25,
    tpAway: 15,
  })
  if (position)
    world.agenda.add(world.now + between(random, 8_000, 90_000), { kind: 'close', order: position.row.order })
}

const trend: Habit = (world, account, closing) => {
  const { random } = world
  const best = extreme(world, account, 1)
  if (best && resultNow(world, best) > 0) {
    const mood = random()
    if (mood < 0.45) return trail(world, best, between(random, 40, 120))
    if (mood < 0.65 && best.row.volume > 1) return closeAtMarket(world, best, Math.ceil(best.row.volume / 2))
  }
  const worst = extreme(world, account, -1)
  if (closing && worst) return closeAtMarket(world, worst)
  const symbol = anySymbol(world)
  openAtMarket(world, account, {
    symbol,
    sell: fell(world, symbol),
    leverage: between(random, 0.5, 2),
    slAway: 150,
  })
}

/** Doublings after which even a martingale player has no more to put in. */
const DOUBLED_TOO_OFTEN = 6

const martingale: Habit = (world, account, closing) => {
  const worst = extreme(world, account, -1)
  if (!worst) {
    const leverage = between(world.random, 0.3, 1)
    openAtMarket(world, account, { symbol: anySymbol(world), sell: coin(world), leverage })
    return
  }
  const total = account.positions.reduce((sum, position) => sum + resultNow(world, position), 0)
  if (total > 0 || closing) {
    for (const position of account.positions.slice(0, 3)) closeAtMarket(world, position)
    return
  }
  if (account.positions.length >= DOUBLED_TOO_OFTEN) return
  const { symbol, row } = worst
  openAtMarket(world, account, { symbol, sell: row.cmd === Cmd.SELL, leverage: 0, volume: row.volume * 2 })
}

const newsTrader: Habit = (world, account, closing) => {
  const waiting = account.pendings[0]
  if (waiting && (closing || coin(world))) {
    remove(world, waiting)
    return
  }
  const held = account.positions[0]
  if (held && closing) return closeAtMarket(world, held)
  if (account.user.balance <= 0) return
  const symbol = anySymbol(world)
  const minutes = 5 + int(world.random, 40)
  for (const sell of [true, false]) {
    const expiration = secondsOf(world) + minutes * 60
    const placed = placeStop(world, account, symbol, sell, expiration)
    if (placed) world.agenda.add(expiration * 1000, { kind: 'expire', order: placed.row.order })
  }
}

/** Takes profits early, lets the rest run small. */
const winner: Habit = (world, account, closing) => {
  const best = extreme(world, account, 1)
  if (best && (closing || coin(world)) && resultNow(world, best) > 0) return closeAtMarket(world, best)
  const symbol = anySymbol(world)
  openAtMarket(world, account, {
    symbol,
    sell: !fell(world, symbol),
    leverage: between(world.random, 0.5, 1.5),
    tpAway: 30,
  })
}

/** Gives up at a loss and comes back larger, the other way. */
const loser: Habit = (world, account, closing) => {
  const worst = extreme(world, account, -1)
  if (!worst || resultNow(world, worst) >= 0) {
    openAtMarket(world, account, {
      symbol: anySymbol(world),
      sell: coin(world),
      leverage: between(world.random, 1, 5),
    })
    return
  }
  const { symbol, row } = worst
  closeAtMarket(world, worst)
  if (!closing)
    openAtMarket(world, account, {
      symbol,
      sell: row.cmd === Cmd.BUY,
      leverage: 0,
      volume: Math.ceil(row.volume * 1.3),
    })
}

/** Buys or sells for weeks; in between moves a stop now and then. */
const holder: Habit = (world, account, closing) => {
  if (account.positions.length > 0 && (closing || chance(world.random, 0.3)))
    return trail(world, pick(world.random, account.positions), between(world.random, 100, 400))
  openAtMarket(world, account, {
    symbol: anySymbol(world),
    sell: coin(world),
    leverage: between(world.random, 0.3, 1.2),
  })
}

export const habits: Readonly<Record<Style, Habit>> = {
  holder,
  scalper,
  trend,
  martingale,
  news: newsTrader,
  winner,
  loser,
}
