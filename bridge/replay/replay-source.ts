import { readFile } from 'node:fs/promises'
import type { ChartData, Command } from '../../shared/bridge/protocol.ts'
import type { Quote } from '../../shared/bridge/tables.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import { utcMsToServerSeconds } from '../../shared/mt4/server-time.ts'
import type { Clock, Log, Timers } from '../../shared/runtime/ports.ts'
import type { Change, Source, SourceAnswer, SourceSink } from '../source.ts'
import { digitsOf, marketSymbols } from './market-symbols.ts'
import { barsUntil } from './replay-bars.ts'
import { createReplayWorld, type ReplayWorld } from './replay-world.ts'
import { type PlannedTrade, planTrades } from './schedule.ts'
import { parseSymbols } from './specs.ts'
import { readStatements } from './statement-files.ts'
import { filesBelow, readTickFiles } from './tick-files.ts'
import { buildTimeline, busiestSession, type Timeline } from './timeline.ts'

export type ReplayOptions = {
  /** File or folder of ticks: MT4 market-watch or day CSV (plain, gz, zip), `.hst` bars. */
  ticks: string
  /** File or folder of MT4 statements (HTML); none = a market without accounts. */
  statements?: string
  /** File or folder of symbol lists (`*_symbols.csv`); none = plain specifications. */
  specs?: string
  /** 1 = as fast as it was; 10 = ten times as fast. */
  speed?: number
  clock: Clock
  timers: Timers
  log: Log
}

const STEP_MS = 50
/** The first part of a recording is not played but stands behind the charts as their history. */
const HISTORY_PART = 0.25
const HISTORY_MAX_MS = 4 * 3_600_000

const readSpecs = async (path: string | undefined, log: Log) => {
  if (path === undefined) return []
  const lists = []
  for (const file of await filesBelow(path))
    if (file.endsWith('_symbols.csv')) {
      const { symbols, skipped } = parseSymbols(await readFile(file, 'utf8'))
      if (skipped > 0) log.warn({ skipped }, 'rows of a symbol list were left out')
      lists.push(symbols)
    }
  return lists
}

/** Digits of each symbol of a timeline, from its first thousand prices. */
const timelineDigits = (line: Timeline): number[] => {
  const seen: number[][] = line.symbols.map(() => [])
  for (let i = 0; i < line.symbol.length; i++) {
    const prices = seen[line.symbol[i] as number] as number[]
    if (prices.length < 1000) prices.push(line.bid[i] as number, line.ask[i] as number)
  }
  return seen.map(digitsOf)
}

/** The last quote of each symbol before tick `until`, told to the world too. */
const lastQuotes = (
  line: Timeline,
  until: number,
  world: ReplayWorld,
  begun: number,
  speed: number,
): Quote[] => {
  const quotes = new Map<number, Quote>()
  for (let i = 0; i < until; i++) {
    const symbol = line.symbol[i] as number
    const [bid, ask] = [line.bid[i] as number, line.ask[i] as number]
    const before = quotes.get(symbol)
    quotes.set(symbol, {
      symbol,
      bid,
      ask,
      high: Math.max(before?.high ?? bid, bid),
      low: Math.min(before?.low ?? bid, bid),
      time: begun + (line.at[i] as number) / speed,
    })
  }
  for (const { symbol, bid, ask } of quotes.values()) world.quote(symbol, bid, ask)
  return [...quotes.values()]
}

/**
 * Plays a recorded market with real clients' trades on it. Recorded times are moved to now, so that ages and lags are
 * true; the market begins again when it is over (quotes jump there, as over a weekend). Orders are not taken.
 * @throws ReplayError when the ticks cannot be read
 */
export const createReplaySource = async (options: ReplayOptions): Promise<Source> => {
  const { clock, timers, log } = options
  const speed = options.speed ?? 1
  const line = buildTimeline(busiestSession(await readTickFiles(options.ticks, log)))
  const statements = options.statements === undefined ? [] : await readStatements(options.statements, log)
  const opening = Math.min(line.length * HISTORY_PART, HISTORY_MAX_MS)
  const digits = timelineDigits(line)
  const symbols = marketSymbols(line.symbols, (i) => digits[i] as number, await readSpecs(options.specs, log))
  const { trades, unmatched } = planTrades(statements, {
    names: line.symbols,
    from: opening,
    to: line.length,
  })
  log.info(
    {
      symbols: symbols.length,
      ticks: line.at.length,
      minutes: Math.round(line.length / 60_000),
      accounts: statements.length,
      trades: trades.length,
      unmatched,
    },
    'replay is ready',
  )

  let sink: SourceSink | null = null
  let world: ReplayWorld | null = null
  let timer: unknown
  let begun = 0
  let nextTick = 0
  let nextOpen = 0
  let waiting: PlannedTrade[] = []
  let closing: { at: number; order: number }[] = []
  const seconds = (): number => utcMsToServerSeconds(clock.now(), 0)

  const emit = (changes: readonly Change[]): void => {
    if (changes.length > 0) sink?.transaction(changes)
  }
  const open = (plan: PlannedTrade, known: ReplayWorld): boolean => {
    const opened = known.open(plan, seconds())
    if (opened === null) return false
    emit(opened.changes)
    if (Number.isFinite(plan.closeAt)) closing.push({ at: plan.closeAt, order: opened.order })
    return true
  }
  /** To the place where playing starts; `begun` is when the recording's first tick would have been. */
  const rewind = (): void => {
    begun = clock.now() - opening / speed
    nextTick = line.at.findIndex((at) => at > opening)
  }
  /** Everything that is due at `at` ms of the market: ticks first, then trades at the prices they left. */
  const play = (at: number, known: ReplayWorld): void => {
    while (nextTick < line.at.length && (line.at[nextTick] as number) <= at) {
      const symbol = line.symbol[nextTick] as number
      const [bid, ask] = [line.bid[nextTick] as number, line.ask[nextTick] as number]
      known.quote(symbol, bid, ask)
      sink?.tick(symbol, bid, ask, begun + (line.at[nextTick] as number) / speed)
      nextTick += 1
    }
    while (nextOpen < trades.length && (trades[nextOpen] as PlannedTrade).openAt <= at) {
      waiting.push(trades[nextOpen] as PlannedTrade)
      nextOpen += 1
    }
    // A trade waits until its symbol has its first quote.
    waiting = waiting.filter((plan) => !open(plan, known))
    const due = closing.filter((c) => c.at <= at)
    closing = closing.filter((c) => c.at > at)
    for (const { order } of due) emit(known.close(order, seconds()))
  }
  const step = (): void => {
    if (world === null) return
    const at = (clock.now() - begun) * speed
    play(Math.min(at, line.length), world)
    if (at >= line.length) {
      rewind()
      // Positions of the statements stay open; only the played ones come again.
      nextOpen = trades.findIndex((t) => t.openAt >= 0)
      if (nextOpen < 0) nextOpen = trades.length
      for (const { order } of closing) emit(world.close(order, seconds()))
      closing = []
    }
    timer = timers.setTimeout(step, STEP_MS)
  }

  const chart = (command: Extract<Command, { type: 'chart:request' }>): SourceAnswer => {
    const symbol = symbols.find((s) => s.symbol === command.symbol)
    if (symbol === undefined) return { code: RetCode.INVALID_DATA, message: `no symbol ${command.symbol}` }
    const now = (clock.now() - begun) * speed
    const data: ChartData = {
      digits: symbol.digits,
      ...barsUntil(line, symbol.index, now, { period: command.period, count: command.count, begun, speed }),
    }
    return { code: RetCode.OK, message: '', data }
  }

  return {
    name: 'replay',
    serverTimeOffset: 0,
    start: async (given) => {
      sink = given
      rewind()
      world = createReplayWorld(statements, symbols, seconds())
      const known = world
      given.load({
        symbols,
        groups: known.groups,
        users: known.users.values(),
        trades: [],
        quotes: lastQuotes(line, nextTick, known, begun, speed),
      })
      given.status({ direct: true, pumping: true, dealing: false, detail: 'replay' })
      play(opening, known)
      timer = timers.setTimeout(step, STEP_MS)
    },
    command: async (command) => {
      if (command.type === 'chart:request') return chart(command)
      if (command.type === 'trade:history') {
        const rows = [...(world?.trades.values() ?? [])].filter(
          (t) =>
            t.login === command.login &&
            t.closeTime >= command.from &&
            t.closeTime <= command.to &&
            t.closeTime > 0,
        )
        return { code: RetCode.OK, message: '', data: rows }
      }
      return { code: RetCode.TRADE_DISABLE, message: 'a replay takes no orders' }
    },
    close: async () => {
      timers.clearTimeout(timer)
      sink = null
      world = null
    },
  }
}
