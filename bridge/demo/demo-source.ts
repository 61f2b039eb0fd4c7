import type { Quote, TradeRecord } from '../../shared/bridge/tables.ts'
import { type Clock, systemClock, systemTimers, type Timers } from '../../shared/runtime/ports.ts'
import type { Source, SourceSink, SourceState } from '../source.ts'
import { runCommand } from './commands.ts'
import { createWorld } from './create-world.ts'
import { groupLimits } from './groups.ts'
import { symbolLimits } from './instruments.ts'
import type { Seed } from './random.ts'
import { QUANTUM_MS, step } from './step.ts'
import type { World, WorldOptions } from './world.ts'

export type DemoOptions = {
  /** Equal seeds, started at equal times, give equal worlds. */
  readonly seed?: Seed
  /** At least a quarter of the accounts, at most as many. */
  readonly clients?: number
  readonly accounts?: number
  readonly positions?: number
  /** 9…500. */
  readonly groups?: number
  /** 7…40. */
  readonly symbols?: number
  /** Average over all symbols. */
  readonly ticksPerSecond?: number
  /** Server-local time minus UTC, seconds. */
  readonly serverTimeOffset?: number
  readonly historyDays?: number
  /** How much faster than usual the clients act; 1 is about two trade events a second and 3,000 accounts. */
  readonly speed?: number
  readonly clock?: Clock
  readonly timers?: Timers
}

/** A pause longer than this is not played: prices gap, as after a weekend. */
const PAUSE_MS = 30_000
/** At most this much is played in one go, so that a late timer does not block the process for long. */
const CATCH_UP_MS = 1_000

const within = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, Math.round(Number.isFinite(value) ? value : low)))

/** Fills in the defaults and brings every figure into its range. */
export const worldOptions = (options: DemoOptions): WorldOptions => ({
  seed: options.seed ?? 'deskline',
  clients: within(options.clients ?? 2000, 1, 500_000),
  accounts: within(options.accounts ?? 3000, 10, 500_000),
  positions: within(options.positions ?? 6000, 0, 1_500_000),
  groups: within(options.groups ?? 40, groupLimits.min, groupLimits.max),
  symbols: within(options.symbols ?? 30, symbolLimits.min, symbolLimits.max),
  ticksPerSecond: within(options.ticksPerSecond ?? 150, 1, 1_000_000),
  serverTimeOffset: within(options.serverTimeOffset ?? 7200, -86_400, 86_400),
  historyDays: within(options.historyDays ?? 365, 1, 3650),
  speed: Math.min(1000, Math.max(0, options.speed ?? 1)),
})

const quoteOf = (world: World, i: number): Quote => {
  const symbol = world.symbols[i] as World['symbols'][number]
  return {
    symbol: i,
    bid: world.quotes.bid[i] as number,
    ask: world.quotes.ask[i] as number,
    high: symbol.high,
    low: symbol.low,
    time: symbol.time,
  }
}

function* tradesOf(world: World): Generator<TradeRecord> {
  for (const position of world.open.values()) yield position.row
  for (const account of world.accounts) yield* account.today
}

function* usersOf(world: World): Generator<World['accounts'][number]['user']> {
  for (const account of world.accounts) yield account.user
}

/** The world as a hub loads it. */
export const stateOf = (world: World): SourceState => ({
  symbols: world.symbols.map((symbol) => symbol.row),
  groups: world.groups.map((group) => group.row),
  users: { [Symbol.iterator]: () => usersOf(world) },
  trades: { [Symbol.iterator]: () => tradesOf(world) },
  quotes: world.symbols.map((_, i) => quoteOf(world, i)),
})

/**
 * The demo broker: a whole dealing day out of a seed. Its market is always open, at night and at weekends too, because
 * a demo starts at any hour; activity keeps the shape of the day with a floor, so figures always move. The `sessions`
 * of its symbols are those of a real server and are not enforced.
 */
export const createDemoSource = (options: DemoOptions = {}): Source => {
  const settings = worldOptions(options)
  const clock = options.clock ?? systemClock
  const timers = options.timers ?? systemTimers
  const serverMs = (): number => clock.now() + settings.serverTimeOffset * 1000
  let world: World | undefined
  let timer: unknown

  const advance = (): void => {
    if (!world) return
    const now = serverMs()
    if (now - world.now > PAUSE_MS) step(world, now - QUANTUM_MS, now)
    else step(world, world.now, Math.min(now, world.now + CATCH_UP_MS))
    timer = timers.setTimeout(advance, QUANTUM_MS)
  }

  return {
    name: 'demo',
    serverTimeOffset: settings.serverTimeOffset,
    start: async (sink: SourceSink) => {
      if (world) throw new Error('the demo source was already started')
      world = createWorld(settings, serverMs())
      sink.load(stateOf(world))
      world.emit = sink.transaction
      world.tick = sink.tick
      sink.status({
        direct: true,
        pumping: true,
        dealing: false,
        detail: `demo broker, seed ${settings.seed}`,
      })
      timer = timers.setTimeout(advance, QUANTUM_MS)
    },
    command: async (command) => {
      if (!world) return { code: 6, message: 'the demo broker is not running' }
      return runCommand(world, command)
    },
    close: async () => {
      if (timer !== undefined) timers.clearTimeout(timer)
      world = undefined
    },
  }
}
