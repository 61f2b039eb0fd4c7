import type { SymbolRecord } from '../../shared/bridge/tables.ts'
import { ExecutionMode, MarginMode, ProfitMode, SwapType, SymbolTrade } from '../../shared/mt4/enums.ts'
import { baseName, isPairName } from './symbol-names.ts'

/** Decimals that a list of prices uses, at most 8. */
export const digitsOf = (prices: Iterable<number>): number => {
  let digits = 0
  for (const price of prices) {
    const text = String(price)
    const dot = text.indexOf('.')
    if (dot >= 0) digits = Math.max(digits, Math.min(8, text.length - dot - 1))
  }
  return digits
}

const always = JSON.stringify(
  Array.from({ length: 7 }, () => ({
    quote: [{ openHour: 0, openMin: 0, closeHour: 24, closeMin: 0 }],
    trade: [{ openHour: 0, openMin: 0, closeHour: 24, closeMin: 0 }],
  })),
)

/** A specification for a symbol no list knows: Forex pairs and metals by their name, everything else as a CFD in USD. */
export const plainSymbol = (symbol: string, index: number, digits: number): SymbolRecord => {
  const forex = isPairName(symbol)
  const metal = forex && /^X(?:AU|AG|PT|PD)/u.test(symbol.toUpperCase())
  const base = baseName(symbol)
  return {
    symbol,
    index,
    description: `${symbol} (specification not known)`,
    source: '',
    currency: forex ? base.slice(0, 3) : 'USD',
    type: 0,
    digits,
    trade: SymbolTrade.FULL,
    realtime: 1,
    starting: 0,
    expiration: 0,
    sessions: always,
    profitMode: forex ? ProfitMode.FOREX : ProfitMode.CFD,
    spread: 0,
    spreadBalance: 0,
    exemode: ExecutionMode.MARKET,
    swapEnable: 0,
    swapType: SwapType.POINTS,
    swapLong: 0,
    swapShort: 0,
    swapRollover3Days: 3,
    swapOpenPrice: 0,
    swapVariationMargin: 0,
    contractSize: metal ? (base.startsWith('XAG') ? 5000 : 100) : forex ? 100_000 : 1,
    tickValue: 0,
    tickSize: 0,
    stopsLevel: 0,
    gtcPendings: 1,
    marginMode: forex ? MarginMode.FOREX : MarginMode.CFD,
    marginInitial: 0,
    marginMaintenance: 0,
    marginHedged: 0,
    marginDivider: 1,
    longOnly: 0,
    instantMaxVolume: 0,
    marginCurrency: forex ? base.slice(0, 3) : 'USD',
    freezeLevel: 0,
    marginHedgedStrong: 0,
  }
}

/**
 * Specifications for the symbols of a market: from the list that knows most of them by exact name, then by base name;
 * the rest get a plain one. Answers them in the market's order with fresh indexes and the market's own names.
 */
export const marketSymbols = (
  names: readonly string[],
  digits: (symbol: number) => number,
  lists: readonly (readonly SymbolRecord[])[],
): SymbolRecord[] => {
  const score = (list: readonly SymbolRecord[]): number => {
    const known = new Set(list.map((s) => s.symbol))
    return names.filter((name) => known.has(name)).length
  }
  const ranked = lists.map((list) => ({ list, score: score(list) })).sort((a, b) => b.score - a.score)
  const exact = new Map<string, SymbolRecord>()
  const loose = new Map<string, SymbolRecord>()
  for (const { list } of ranked)
    for (const s of list) {
      if (!exact.has(s.symbol)) exact.set(s.symbol, s)
      if (s.contractSize > 0 && !loose.has(baseName(s.symbol))) loose.set(baseName(s.symbol), s)
    }
  return names.map((symbol, index) => {
    const known = exact.get(symbol) ?? loose.get(baseName(symbol))
    return known === undefined
      ? plainSymbol(symbol, index, digits(index))
      : { ...known, symbol, index, digits: Math.max(known.digits, digits(index)) }
  })
}
