import { pointOf } from '../../../shared/money/rounding.ts'
import { SwapType } from '../../../shared/mt4/enums.ts'
import {
  type ConversionPlan,
  midPlan,
  type PairIndex,
  type PlanSymbol,
  profitPlan,
  suffixOf,
} from './conversion.ts'
import { type Deciding, decisions } from './decisions.ts'
import { roundFinite } from './finite.ts'
import { lotValue, valueCurrency } from './lot-value.ts'
import { type ProfitSymbol, unitValue } from './profit.ts'

/** The part of a symbol that its swap depends on. */
export type SwapSymbol = ProfitSymbol &
  PlanSymbol & {
    readonly digits: number
    readonly marginCurrency: string
    readonly swapType: number
    readonly swapLong: number
    readonly swapShort: number
    readonly swapEnable: number
    readonly swapRollover3Days: number
    readonly swapOpenPrice: number
  }

const SATURDAY = 6
const WEEK = 7
/** Days of a banking year (interest swaps; stated by the Administrator help). */
const BANKING_YEAR = 360

/** Swap value of a direction, the group's own (`secMargins`) before the symbol's. Unit by `swapType`. */
export const swapRate = (
  symbol: Pick<SwapSymbol, 'swapLong' | 'swapShort'>,
  sell: boolean,
  override?: { readonly swapLong: number; readonly swapShort: number },
): number => {
  const from = override ?? symbol
  return sell ? from.swapShort : from.swapLong
}

/** Weekday (0 = Sunday) that a symbol's `swapRollover3Days` means (decision U1). */
export const tripleWeekday = (raw: number, d: Deciding<'tripleDayBase'> = decisions): number =>
  (raw + (d.tripleDayBase === 'monday' ? 1 : 0)) % WEEK

/**
 * Days of swap charged at the end of a trading day: 3 on the triple day, 1 on others, none when the day that ends is a
 * Saturday or Sunday, the symbol has swaps off or the group takes none (reference §3.10).
 *
 * @param weekday of the day that ends, 0 = Sunday
 */
export const swapDays = (
  symbol: Pick<SwapSymbol, 'swapEnable' | 'swapRollover3Days'>,
  useSwap: number,
  weekday: number,
  d: Deciding<'tripleDayBase'> = decisions,
): 0 | 1 | 3 => {
  if (useSwap === 0 || symbol.swapEnable === 0 || weekday === 0 || weekday === SATURDAY) return 0
  return weekday === tripleWeekday(symbol.swapRollover3Days, d) ? 3 : 1
}

const swapCurrency = (s: SwapSymbol, d: Deciding<'swapMoney'>): string => {
  if (s.swapType === SwapType.MARGIN_CURRENCY) return s.marginCurrency
  return s.swapType === SwapType.DOLLARS && d.swapMoney === 'usd' ? 'USD' : valueCurrency(s)
}

/**
 * How swap becomes deposit currency: points as the profit of a BUY, all others at middle prices from the currency of the
 * swap, through pairs of the symbol's own suffix. Evaluate with `planRate(plan, false, quotes)`.
 */
export const swapPlan = (
  symbol: SwapSymbol,
  deposit: string,
  pairs: PairIndex,
  d: Deciding<'swapMoney' | 'reversedPairs'> = decisions,
): ConversionPlan =>
  symbol.swapType === SwapType.POINTS
    ? profitPlan(symbol, deposit, pairs)
    : midPlan(swapCurrency(symbol, d), deposit, pairs.find(suffixOf(symbol)), d)

export type SwapTerms = {
  readonly lots: number
  /** `swapRate` of the direction. */
  readonly swap: number
  /** Current close-side price; read for interest on CFDs and futures. */
  readonly price: number
  /** Read instead where the symbol says so (`swapOpenPrice`). */
  readonly openPrice: number
  /** Rate of `swapPlan`. */
  readonly rate: number
}

/** Swap of one day in deposit currency, unrounded; positive is credited. NaN when not computable (reference §3.10). */
export const swapOfDay = (symbol: SwapSymbol, terms: SwapTerms): number => {
  const { lots, swap, rate } = terms
  if (swap === 0 || lots === 0) return 0
  switch (symbol.swapType) {
    case SwapType.POINTS:
      return lots * swap * pointOf(symbol.digits) * unitValue(symbol, rate)
    case SwapType.INTEREST: {
      const price = symbol.swapOpenPrice === 1 ? terms.openPrice : terms.price
      return (lotValue(symbol, price, rate) * lots * (swap / 100)) / BANKING_YEAR
    }
    case SwapType.DOLLARS:
    case SwapType.MARGIN_CURRENCY:
      return rate > 0 ? lots * swap * rate : Number.NaN
    default:
      return Number.NaN
  }
}

/**
 * Swap charged for `days` in deposit currency, rounded once to `digits` (decision U11; yen accounts on real
 * statements show sums that no rounded day gives three times). NaN when not computable.
 */
export const swapCharge = (
  symbol: SwapSymbol,
  terms: SwapTerms,
  days: number,
  digits: number,
  d: Deciding<'swapRounding'> = decisions,
): number => {
  if (days === 0) return 0
  const day = swapOfDay(symbol, terms)
  return d.swapRounding === 'day'
    ? roundFinite(roundFinite(day, digits) * days, digits)
    : roundFinite(day * days, digits)
}
