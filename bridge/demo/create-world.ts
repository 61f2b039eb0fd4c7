import {
  indexPairs,
  midPlan,
  type PairIndex,
  profitPlan,
  suffixOf,
} from '../../main/book/formulas/conversion.ts'
import { valueCurrency } from '../../main/book/formulas/lot-value.ts'
import { marginRatePlan } from '../../main/book/formulas/margin.ts'
import { swapPlan } from '../../main/book/formulas/swap.ts'
import { secGroupsSchema, secMarginsSchema } from '../../shared/bridge/nested.ts'
import type { GroupRecord, SymbolRecord } from '../../shared/bridge/tables.ts'
import { currencyDigits, pointOf, roundTo } from '../../shared/money/rounding.ts'
import { createAccounts } from './accounts.ts'
import { createAgenda } from './agenda.ts'
import { actorsByStyle, scheduleBehaviours } from './behaviours.ts'
import { type DepositCurrency, depositCurrencies, groupRecords } from './groups.ts'
import { instruments } from './instruments.ts'
import { createLiveBars } from './live-bars.ts'
import { createMarket } from './market.ts'
import { populate } from './populate.ts'
import { createPriceHistory, startLogs } from './price-history.ts'
import { createRandom } from './random.ts'
import { symbolRecord } from './symbols.ts'
import { createTriggers } from './triggers.ts'
import { refreshRates } from './valuation.ts'
import type { Group, SymbolState, World, WorldOptions } from './world.ts'

const symbolStates = (rows: readonly SymbolRecord[], pairs: PairIndex): SymbolState[] =>
  rows.map((row, index) => ({
    row,
    instrument: instruments[index] as (typeof instruments)[number],
    index,
    point: pointOf(row.digits),
    triggers: createTriggers(),
    profitPlans: depositCurrencies.map((currency) => profitPlan(row, currency, pairs)),
    marginPlans: depositCurrencies.map((currency) => marginRatePlan(row, currency, pairs)),
    swapPlans: depositCurrencies.map((currency) => swapPlan(row, currency, pairs)),
    valuePlans: depositCurrencies.map((currency) =>
      midPlan(valueCurrency(row), currency, pairs.find(suffixOf(row))),
    ),
    bars: createLiveBars(),
    high: 0,
    low: 0,
    time: 0,
  }))

const groupState = (row: GroupRecord): Group => {
  const currency = row.currency as DepositCurrency
  return {
    row,
    sec: secGroupsSchema.parse(JSON.parse(row.secGroups)),
    margins: new Map(secMarginsSchema.parse(JSON.parse(row.secMargins)).map((m) => [m.symbol, m])),
    currency,
    currencyIndex: depositCurrencies.indexOf(currency),
    digits: currencyDigits(currency),
  }
}

/** The first quote of every symbol: the level at the start with the usual spread; the day's range begins with it. */
const firstQuotes = (world: World): void => {
  for (const symbol of world.symbols) {
    const { digits } = symbol.row
    const mid = world.market.mid(symbol.index, 1)
    const bid = roundTo(mid - (symbol.instrument.spread * symbol.point) / 2, digits)
    world.quotes.bid[symbol.index] = bid
    world.quotes.ask[symbol.index] = roundTo(bid + symbol.instrument.spread * symbol.point, digits)
    symbol.high = bid
    symbol.low = bid
    symbol.time = world.now
    symbol.bars.add(bid, world.now)
  }
  refreshRates(world)
}

/**
 * Builds the whole world of a seed as it stands at a moment.
 *
 * @param now server-local ms; a part of what is built (ages, what happened today) depends on it
 */
export const createWorld = (options: WorldOptions, now: number): World => {
  const { seed } = options
  const rows = instruments.slice(0, options.symbols).map(symbolRecord)
  const pairs = indexPairs(rows)
  const symbols = symbolStates(rows, pairs)
  const groups = groupRecords(options.groups).map(groupState)
  const start = startLogs(seed)
  const size = symbols.length * depositCurrencies.length
  const used = symbols.map((symbol) => symbol.instrument)
  const accounts = createAccounts(options, groups, now / 1000)
  const world: World = {
    options,
    now,
    startedAt: now,
    symbols,
    symbolByName: new Map(symbols.map((symbol) => [symbol.row.symbol, symbol])),
    findPair: pairs.find(''),
    groups,
    accounts,
    accountByLogin: new Map(accounts.map((account) => [account.user.login, account])),
    open: new Map(),
    quotes: { bid: new Float64Array(symbols.length), ask: new Float64Array(symbols.length) },
    rates: { buy: new Float64Array(size), sell: new Float64Array(size) },
    market: createMarket(seed, used, start, now, options.serverTimeOffset),
    history: createPriceHistory(seed, start, Math.floor(now / 1000), options.historyDays),
    agenda: createAgenda(),
    random: createRandom(seed, 'behaviour'),
    actors: actorsByStyle(accounts),
    hot: new Set(),
    counters: {
      ticks: 0,
      opened: 0,
      closed: 0,
      modified: 0,
      activated: 0,
      marginCalls: 0,
      stopOuts: 0,
      deposits: 0,
      withdrawals: 0,
      news: 0,
    },
    lastOrder: 0,
    tickDebt: 0,
    watchAt: 0,
    rollAt: null,
    lastNews: null,
    emit: () => {},
    tick: () => {},
  }
  firstQuotes(world)
  populate(world)
  scheduleBehaviours(world)
  return world
}
