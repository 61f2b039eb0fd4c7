import { ProfitMode } from '../../../shared/mt4/enums.ts'
import { type Deciding, decisions } from './decisions.ts'

/**
 * Conversion of money between currencies through quoted pairs (facts: MT4 Administrator help, profit and margin
 * calculation). A *plan* says which quotes are read and how; it depends on the symbol list only, is resolved once per
 * symbol set and evaluated on quotes as often as they move.
 */

/** Which price of the quote: by direction (bid for BUY, ask for SELL), always bid, or the middle. */
export type RateSide = 'direction' | 'bid' | 'mid'
/** `symbol` is `SymbolRecord.index`; `inverse` divides by the price instead of multiplying. */
export type ConversionStep = { readonly symbol: number; readonly side: RateSide; readonly inverse: boolean }
/** No steps: the rate is 1. `null`: there is no path, the figure is not computable. */
export type ConversionPlan = readonly ConversionStep[] | null

/** The part of a symbol that conversion needs. */
export type PlanSymbol = {
  readonly symbol: string
  readonly index: number
  readonly profitMode: number
  readonly currency: string
}

/** Answers the index of the Forex symbol that quotes `base` in `quote`, or undefined. */
export type PairLookup = (base: string, quote: string) => number | undefined

/** Forex pairs of a symbol set, by exact suffix (`find`) or, for figures that belong to no symbol, by any (`findAny`). */
export type PairIndex = {
  readonly find: (suffix: string) => PairLookup
  readonly findAny: PairLookup
}

const HUB = 'USD'
const PAIR_LETTERS = 6

/** Base and profit currency and suffix of a Forex symbol's name (3 + 3 letters and the rest). */
export const splitPair = (name: string): { base: string; quote: string; suffix: string } => ({
  base: name.slice(0, 3),
  quote: name.slice(3, PAIR_LETTERS),
  suffix: name.slice(PAIR_LETTERS),
})

/** Currency in which a symbol's result arises: second triplet of a Forex name, else the symbol's currency. */
export const profitCurrency = (s: Pick<PlanSymbol, 'symbol' | 'profitMode' | 'currency'>): string =>
  s.profitMode === ProfitMode.FOREX ? splitPair(s.symbol).quote : s.currency

/** Suffix of the pairs that convert for a symbol: that of a Forex symbol's own name, none for others. */
export const suffixOf = (s: Pick<PlanSymbol, 'symbol' | 'profitMode'>): string =>
  s.profitMode === ProfitMode.FOREX ? splitPair(s.symbol).suffix : ''

/**
 * Indexes the pairs of a symbol set. Only symbols whose profit mode is Forex take part in conversions. `findAny`
 * prefers the pair without suffix, then the lowest index, so that the answer does not depend on the order of the list.
 */
export const indexPairs = (symbols: Iterable<PlanSymbol>): PairIndex => {
  const exact = new Map<string, number>()
  const any = new Map<string, number>()
  for (const s of symbols) {
    if (s.profitMode !== ProfitMode.FOREX || s.symbol.length < PAIR_LETTERS) continue
    exact.set(s.symbol, s.index)
    const pair = s.symbol.slice(0, PAIR_LETTERS)
    const known = any.get(pair)
    if (known === undefined || s.index < known) any.set(pair, s.index)
  }
  return {
    find: (suffix) => (base, quote) => exact.get(base + quote + suffix),
    findAny: (base, quote) => exact.get(base + quote) ?? any.get(base + quote),
  }
}

const step = (symbol: number, side: RateSide, inverse: boolean): ConversionStep => ({ symbol, side, inverse })

/** One pair that leads `from` → `to`; the order in which the two spellings are tried is the caller's. */
const onePair = (
  find: PairLookup,
  from: string,
  to: string,
  side: RateSide,
  inverseFirst: boolean,
): ConversionStep | undefined => {
  const direct = find(from, to)
  const reversed = find(to, from)
  if (inverseFirst && reversed !== undefined) return step(reversed, side, true)
  if (direct !== undefined) return step(direct, side, false)
  return reversed === undefined ? undefined : step(reversed, side, true)
}

/** `from` → USD → `to`. Into USD the pair USD+from is tried first, out of USD the pair USD+to (steps 5a and 5b). */
const overHub = (find: PairLookup, from: string, to: string, side: RateSide): ConversionPlan => {
  const into = onePair(find, from, HUB, side, true)
  const out = onePair(find, HUB, to, side, false)
  return into && out ? [into, out] : null
}

/**
 * Plan that turns profit of `symbol` into `deposit` currency (reference §3.3). Forex symbols use pairs of their own
 * suffix and the side of the direction; CFDs and futures use pairs without suffix and the bid, through USD the side
 * of the direction.
 */
export const profitPlan = (symbol: PlanSymbol, deposit: string, pairs: PairIndex): ConversionPlan => {
  const from = profitCurrency(symbol)
  if (from === deposit) return []
  if (symbol.profitMode !== ProfitMode.FOREX) {
    const find = pairs.find('')
    const pair = onePair(find, from, deposit, 'bid', true)
    return pair ? [pair] : overHub(find, from, deposit, 'direction')
  }
  const { base, suffix } = splitPair(symbol.symbol)
  if (base === deposit) return [step(symbol.index, 'direction', true)]
  const find = pairs.find(suffix)
  const pair = onePair(find, from, deposit, 'direction', true)
  return pair ? [pair] : overHub(find, from, deposit, 'direction')
}

/** Plan at middle prices: the pair, the reversed pair (decision U6), then both through USD (reference §3.5). */
export const midPlan = (
  from: string,
  to: string,
  find: PairLookup,
  d: Deciding<'reversedPairs'> = decisions,
): ConversionPlan => {
  if (from === to) return []
  const pair = onePair(find, from, to, 'mid', false)
  return pair && !(pair.inverse && d.reversedPairs === 'ignore') ? [pair] : overHub(find, from, to, 'mid')
}

/** Latest prices by `SymbolRecord.index`; anything not above zero counts as no quote. */
export type Quotes = { readonly bid: ArrayLike<number>; readonly ask: ArrayLike<number> }

/** Price of one step, NaN when there is no quote. `sell` is the direction of the position. */
export const stepPrice = (s: ConversionStep, sell: boolean, quotes: Quotes): number => {
  const bid = quotes.bid[s.symbol] ?? Number.NaN
  const ask = quotes.ask[s.symbol] ?? Number.NaN
  if (!(bid > 0 && ask > 0)) return Number.NaN
  if (s.side === 'mid') return (bid + ask) / 2
  return s.side === 'direction' && sell ? ask : bid
}

/** A rate, or NaN where there is none; extreme quotes never become an infinite one. */
const rateOrNone = (rate: number): number => (rate > 0 && rate < Number.POSITIVE_INFINITY ? rate : Number.NaN)

/** Rate of a plan on the quotes of the moment; NaN when there is no path or a quote is missing. */
export const planRate = (plan: ConversionPlan, sell: boolean, quotes: Quotes): number => {
  if (plan === null) return Number.NaN
  let rate = 1
  for (const s of plan) {
    const price = stepPrice(s, sell, quotes)
    rate = s.inverse ? rate / price : rate * price
  }
  return rateOrNone(rate)
}

/**
 * Rate for a close at `closePrice`: like `planRate`, but wherever the traded symbol itself is read, the closing price
 * stands in (step 2 of §3.3 for a trade that was not closed exactly at the market). NaN without path, quote or price.
 */
export const closingRate = (
  plan: ConversionPlan,
  sell: boolean,
  quotes: Quotes,
  ownSymbol: number,
  closePrice: number,
): number => {
  if (plan === null) return Number.NaN
  let rate = 1
  for (const s of plan) {
    const price = s.symbol === ownSymbol ? closePrice : stepPrice(s, sell, quotes)
    rate = s.inverse ? rate / price : rate * price
  }
  return rateOrNone(rate)
}
