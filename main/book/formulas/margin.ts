import { roundTo } from '../../../shared/money/rounding.ts'
import { MarginMode } from '../../../shared/mt4/enums.ts'
import {
  type ConversionPlan,
  midPlan,
  type PairIndex,
  planRate,
  type Quotes,
  splitPair,
} from './conversion.ts'
import { type Deciding, decisions } from './decisions.ts'
import { finite } from './finite.ts'

/** The part of a symbol that its margin depends on. */
export type MarginSymbol = {
  readonly marginMode: number
  readonly contractSize: number
  readonly tickSize: number
  readonly tickValue: number
  readonly marginInitial: number
  readonly marginMaintenance: number
  readonly marginHedged: number
}

/** What one side of a symbol adds up to: lots (not 1/100), Σ open price · lots, Σ margin rate · lots. */
export type MarginLeg = { readonly lots: number; readonly openSum: number; readonly rateSum: number }

export const emptyLeg: MarginLeg = { lots: 0, openSum: 0, rateSum: 0 }

/** A leverage or divider that is not set counts as 1. */
export const orOne = (value: number): number => (value > 0 ? value : 1)

/** A margin is an amount of at least 0, or NaN where it is not computable; settings or prices below 0 ask for nothing. */
export const atLeastNothing = (margin: number): number => Math.max(0, finite(margin))

/** Value of one unit of price and contract; NaN without tick size. */
export const tickFactor = (s: MarginSymbol): number =>
  s.tickSize > 0 ? s.tickValue / s.tickSize : Number.NaN

/**
 * Margin of `lots` before hedging, in margin currency, unrounded (stages 1 and 2 of reference §3.5). Never negative; NaN
 * when not computable: an unknown mode, a CFD index without tick size.
 *
 * @param price volume-weighted open price
 * @param divider the group's `marginDivider` for this symbol where it has one, else the symbol's
 * @param opening true for the check before a trade: futures then ask the initial instead of the maintenance margin
 */
export const baseMargin = (
  s: MarginSymbol,
  lots: number,
  price: number,
  leverage: number,
  divider: number,
  opening = false,
): number => (lots === 0 ? 0 : atLeastNothing(baseFormula(s, lots, price, leverage, divider, opening)))

const baseFormula = (
  s: MarginSymbol,
  lots: number,
  price: number,
  leverage: number,
  divider: number,
  opening: boolean,
): number => {
  const lev = orOne(leverage)
  const fixed = s.marginInitial > 0
  const per = orOne(divider)
  switch (s.marginMode) {
    case MarginMode.FOREX:
      return (lots * (fixed ? s.marginInitial : s.contractSize)) / lev / per
    case MarginMode.CFD:
      return (lots * (fixed ? s.marginInitial : s.contractSize * price)) / per
    case MarginMode.FUTURES:
      return (lots * (opening && fixed ? s.marginInitial : s.marginMaintenance)) / per
    case MarginMode.CFDINDEX:
      return (lots * (fixed ? s.marginInitial : s.contractSize * price * tickFactor(s))) / per
    case MarginMode.CFDLEVERAGE:
      return (lots * (fixed ? s.marginInitial : s.contractSize * price)) / lev / per
    default:
      return Number.NaN
  }
}

/** Margin of covered lots (both legs counted), in margin currency, unrounded (reference §3.6). */
export const hedgedMargin = (
  s: MarginSymbol,
  lots: number,
  price: number,
  leverage: number,
  divider: number,
): number =>
  lots === 0 || s.marginHedged === 0 ? 0 : atLeastNothing(hedgedFormula(s, lots, price, leverage, divider))

const hedgedFormula = (
  s: MarginSymbol,
  lots: number,
  price: number,
  leverage: number,
  divider: number,
): number => {
  const plain = (lots * s.marginHedged) / orOne(divider)
  const priced = s.marginInitial > 0 ? plain : plain * price
  switch (s.marginMode) {
    case MarginMode.FOREX:
      return plain / orOne(leverage)
    case MarginMode.CFD:
      return priced
    case MarginMode.FUTURES:
      return plain
    case MarginMode.CFDINDEX:
      return s.marginInitial > 0 ? plain : priced * tickFactor(s)
    case MarginMode.CFDLEVERAGE:
      return priced / orOne(leverage)
    default:
      return Number.NaN
  }
}

/**
 * Margin of all positions of one account in one symbol, in deposit currency, unrounded: rounding happens once, over
 * the account (`accountMargin`).
 *
 * @param largeLeg the group's `hedgeLargeLeg`: the larger side pays, covered volume costs nothing
 */
export const symbolMargin = (
  s: MarginSymbol,
  buy: MarginLeg,
  sell: MarginLeg,
  leverage: number,
  divider: number,
  largeLeg: boolean,
  d: Deciding<'coveredPrice'> = decisions,
): number => {
  const all = buy.lots + sell.lots
  if (all === 0) return 0
  const side = (leg: MarginLeg): number =>
    baseMargin(s, leg.lots, leg.openSum / leg.lots, leverage, divider) * (leg.rateSum / leg.lots)
  if (largeLeg && buy.lots > 0 && sell.lots > 0) return atLeastNothing(Math.max(side(buy), side(sell)))
  const net = Math.abs(buy.lots - sell.lots)
  const price = (buy.openSum + sell.openSum) / all
  const rate = (buy.rateSum + sell.rateSum) / all
  const covered =
    d.coveredPrice === 'mean-of-legs' && buy.lots > 0 && sell.lots > 0
      ? (buy.openSum / buy.lots + sell.openSum / sell.lots) / 2
      : price
  const margin =
    baseMargin(s, net, price, leverage, divider) + hedgedMargin(s, all - net, covered, leverage, divider)
  return atLeastNothing(margin * rate)
}

/** A position that is thought in addition to what is open. */
export type Extra = {
  readonly sell: boolean
  readonly lots: number
  readonly openPrice: number
  readonly marginRate: number
}

const addTo = (leg: MarginLeg, { lots, openPrice, marginRate }: Extra): MarginLeg => ({
  lots: leg.lots + lots,
  openSum: leg.openSum + lots * openPrice,
  rateSum: leg.rateSum + lots * marginRate,
})

/** Lots that pay in full: the uncovered ones, or the larger side. */
const payingLots = (buy: MarginLeg, sell: MarginLeg, largeLeg: boolean): number =>
  largeLeg ? Math.max(buy.lots, sell.lots) : Math.abs(buy.lots - sell.lots)

/**
 * Margin of a symbol as the check before a trade sees it, with the new position, in deposit currency, unrounded. As
 * `symbolMargin`, but a future asks its initial margin for the lots that the trade adds to those paying in full; what
 * was open stays on maintenance (reference §3.5, §3.9).
 */
export const openingMargin = (
  s: MarginSymbol,
  buy: MarginLeg,
  sell: MarginLeg,
  extra: Extra,
  leverage: number,
  divider: number,
  largeLeg: boolean,
  d: Deciding<'coveredPrice'> = decisions,
): number => {
  const [buyAfter, sellAfter] = extra.sell ? [buy, addTo(sell, extra)] : [addTo(buy, extra), sell]
  const after = symbolMargin(s, buyAfter, sellAfter, leverage, divider, largeLeg, d)
  if (s.marginMode !== MarginMode.FUTURES) return after
  const grown = payingLots(buyAfter, sellAfter, largeLeg) - payingLots(buy, sell, largeLeg)
  if (grown <= 0) return after
  const initial = baseMargin(s, grown, extra.openPrice, leverage, divider, true)
  const held = baseMargin(s, grown, extra.openPrice, leverage, divider)
  return atLeastNothing(after + (initial - held) * extra.marginRate)
}

/** Account margin: the one rounding at the end. */
export const accountMargin = (sumOverSymbols: number, digits: number): number =>
  roundTo(sumOverSymbols, digits)

/** Where the margin rate of a new position comes from: its own open price (or 1 / it), or middle prices. */
export type MarginRatePlan =
  | { readonly kind: 'open' }
  | { readonly kind: 'open-inverse' }
  | { readonly kind: 'mid'; readonly plan: ConversionPlan }

/**
 * How margin currency becomes deposit currency for a position that opens now (reference §3.5, reversed pairs by
 * decision U6). Symbols of the Forex margin mode use pairs of their own suffix, others pairs without.
 */
export const marginRatePlan = (
  symbol: { readonly symbol: string; readonly marginMode: number; readonly marginCurrency: string },
  deposit: string,
  pairs: PairIndex,
  d: Deciding<'reversedPairs'> = decisions,
): MarginRatePlan => {
  const from = symbol.marginCurrency
  if (symbol.marginMode === MarginMode.FOREX && from !== deposit) {
    const { suffix } = splitPair(symbol.symbol)
    if (symbol.symbol === from + deposit + suffix) return { kind: 'open' }
    if (d.reversedPairs === 'try' && symbol.symbol === deposit + from + suffix)
      return { kind: 'open-inverse' }
    return { kind: 'mid', plan: midPlan(from, deposit, pairs.find(suffix), d) }
  }
  return { kind: 'mid', plan: midPlan(from, deposit, pairs.find(''), d) }
}

/** Evaluates a margin rate at opening; NaN when a quote or path is missing. */
export const marginRateAtOpen = (plan: MarginRatePlan, openPrice: number, quotes: Quotes): number => {
  if (plan.kind === 'mid') return planRate(plan.plan, false, quotes)
  if (!(openPrice > 0)) return Number.NaN
  const rate = plan.kind === 'open' ? openPrice : 1 / openPrice
  return finite(rate)
}
