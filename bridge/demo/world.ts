import type { ConversionPlan, PairLookup } from '../../main/book/formulas/conversion.ts'
import type { MarginRatePlan } from '../../main/book/formulas/margin.ts'
import type { SecGroup, SecMargin } from '../../shared/bridge/nested.ts'
import type { GroupRecord, SymbolRecord, TradeRecord, UserRecord } from '../../shared/bridge/tables.ts'
import type { LevelType } from '../../shared/mt4/enums.ts'
import type { Random } from '../../shared/runtime/ports.ts'
import type { Change } from '../source.ts'
import type { Agenda } from './agenda.ts'
import type { DepositCurrency } from './groups.ts'
import type { Instrument } from './instruments.ts'
import type { LiveBars } from './live-bars.ts'
import type { Market, News } from './market.ts'
import type { PriceHistory } from './price-history.ts'
import type { Seed } from './random.ts'
import type { Triggers } from './triggers.ts'

/** How a client trades. A `holder` never closes by himself. */
export const styles = ['holder', 'scalper', 'trend', 'martingale', 'news', 'winner', 'loser'] as const
export type Style = (typeof styles)[number]

export type SymbolState = {
  readonly row: SymbolRecord
  readonly instrument: Instrument
  readonly index: number
  readonly point: number
  readonly triggers: Triggers
  /** By deposit currency index. */
  readonly profitPlans: readonly ConversionPlan[]
  readonly marginPlans: readonly MarginRatePlan[]
  readonly swapPlans: readonly ConversionPlan[]
  /** Worth of a lot in its own currency → deposit currency, at middle prices. */
  readonly valuePlans: readonly ConversionPlan[]
  readonly bars: LiveBars
  high: number
  low: number
  /** Server-local ms of the last tick. */
  time: number
}

export type Group = {
  readonly row: GroupRecord
  readonly sec: readonly SecGroup[]
  readonly margins: ReadonlyMap<string, SecMargin>
  readonly currency: DepositCurrency
  readonly currencyIndex: number
  /** Decimals of money in its currency. */
  readonly digits: number
}

/** An open position or a waiting pending order. `row` is replaced by a new object at every change. */
export type Position = {
  row: TradeRecord
  readonly account: Account
  readonly symbol: SymbolState
  /** False once it is closed or removed. */
  live: boolean
}

export type Account = {
  user: UserRecord
  /** Place in `World.accounts`. */
  readonly index: number
  readonly group: Group
  readonly style: Style
  readonly positions: Position[]
  readonly pendings: Position[]
  /** Margin of the open positions; NaN = has to be computed anew. */
  margin: number
  level: LevelType
  /** Money before the day on which the demo started: what its past has to add up to. */
  start: { balance: number; monthBalance: number; credit: number }
  /** Closed or booked since the server's day began, in order of ticket. */
  today: TradeRecord[]
  /** What closed on earlier days while the demo ran. */
  archive: TradeRecord[]
}

/** Counted since the start. */
type Counters = {
  ticks: number
  opened: number
  closed: number
  modified: number
  activated: number
  marginCalls: number
  stopOuts: number
  deposits: number
  withdrawals: number
  news: number
}

export type WorldOptions = {
  readonly seed: Seed
  readonly clients: number
  readonly accounts: number
  readonly positions: number
  readonly groups: number
  readonly symbols: number
  readonly ticksPerSecond: number
  /** Server-local time minus UTC, seconds. */
  readonly serverTimeOffset: number
  readonly historyDays: number
  /** How much faster than usual the clients act. */
  readonly speed: number
}

/** Everything the demo broker knows. All times are server-local milliseconds unless a record holds them. */
export type World = {
  readonly options: WorldOptions
  /** Time up to which the world has moved. */
  now: number
  readonly startedAt: number
  readonly symbols: readonly SymbolState[]
  readonly symbolByName: ReadonlyMap<string, SymbolState>
  /** Forex pairs without suffix: what money is converted between accounts with. */
  readonly findPair: PairLookup
  readonly groups: readonly Group[]
  readonly accounts: readonly Account[]
  readonly accountByLogin: ReadonlyMap<number, Account>
  /** Open positions and pendings by ticket. */
  readonly open: Map<number, Position>
  readonly quotes: { readonly bid: Float64Array; readonly ask: Float64Array }
  /** Profit conversion rates of the moment, by symbol index × currencies + currency index. */
  readonly rates: { readonly buy: Float64Array; readonly sell: Float64Array }
  readonly market: Market
  readonly history: PriceHistory
  readonly agenda: Agenda
  /** Chance of everything clients do; prices have their own, so that no command changes the market. */
  readonly random: Random
  /** Clients who may trade, by style. */
  readonly actors: ReadonlyMap<Style, readonly Account[]>
  /** Accounts near their margin call, looked at in every step. */
  readonly hot: Set<Account>
  readonly counters: Counters
  lastOrder: number
  /** Fraction of a tick due since the last step. */
  tickDebt: number
  /** Next account of the slow margin round. */
  watchAt: number
  /** Set while the day rolls: the accounts from here on are not done yet. */
  rollAt: number | null
  lastNews: News | null
  emit: (changes: readonly Change[]) => void
  tick: (symbol: number, bid: number, ask: number, time: number) => void
}

/** Server-local whole seconds, as records have them. */
export const secondsOf = (world: { readonly now: number }): number => Math.floor(world.now / 1000)
