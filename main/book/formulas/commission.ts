import { pointOf } from '../../../shared/money/rounding.ts'
import { type Deciding, decisions } from './decisions.ts'
import { finite, roundFinite } from './finite.ts'
import { type ProfitSymbol, unitValue } from './profit.ts'

/** `ConGroupSec.commType` (and, without PERCENT, `commAgentType`). */
export const CommissionType = { MONEY: 0, PIPS: 1, PERCENT: 2 } as const
/** `ConGroupSec.commLots`, `commAgentLots`. */
export const CommissionLots = { PER_LOT: 0, PER_DEAL: 1 } as const

/** The commission settings of a group for a security (ConGroupSec). */
export type CommissionTerms = {
  readonly commBase: number
  readonly commType: number
  readonly commLots: number
}
export type AgentTerms = {
  readonly commAgent: number
  readonly commAgentType: number
  readonly commAgentLots: number
}

/** What a commission is reckoned from, per lot and in deposit currency of the client. */
export type CommissionBasis = {
  readonly lots: number
  /** Value of one point (`pointValue`). */
  readonly point: number
  /** Worth of one lot (`commissionValue`). */
  readonly value: number
}

/** Value of one point of one lot in deposit currency, unrounded; NaN when not computable. */
export const pointValue = (symbol: ProfitSymbol, digits: number, rate: number): number =>
  finite(unitValue(symbol, rate) * pointOf(digits))

/** The profit rate that prices a point of commission: the BUY side's, or that of the position's direction (U8). */
export const commissionRate = (
  buyRate: number,
  sellRate: number,
  sell: boolean,
  d: Deciding<'commissionPoint'> = decisions,
): number => (d.commissionPoint === 'direction' && sell ? sellRate : buyRate)

/** Worth of a lot that PERCENT commission is a part of (U8). `lot` is `lotValue`, `rate` the profit rate. */
export const commissionValue = (
  symbol: ProfitSymbol,
  openPrice: number,
  rate: number,
  lot: number,
  d: Deciding<'commissionValue'> = decisions,
): number => (d.commissionValue === 'open-price' ? unitValue(symbol, rate) * openPrice : lot)

const amountOf = (
  base: number,
  type: number,
  mode: number,
  { lots, point, value }: CommissionBasis,
): number => {
  const times = mode === CommissionLots.PER_DEAL ? 1 : lots
  if (base === 0 || lots === 0) return 0
  switch (type) {
    case CommissionType.MONEY:
      return base * times
    case CommissionType.PIPS:
      return base * point * times
    case CommissionType.PERCENT:
      return (value * lots * base) / 100
    default:
      return Number.NaN
  }
}

/**
 * Client commission of a position that opens, in deposit currency, rounded; negative = charged (reference §3.11,
 * decision U8). MONEY: amount a lot or deal; PIPS: points a lot or deal; PERCENT: part of the position's value. NaN when
 * not computable.
 */
export const clientCommission = (terms: CommissionTerms, basis: CommissionBasis, digits: number): number =>
  roundFinite(-amountOf(terms.commBase, terms.commType, terms.commLots, basis), digits)

/**
 * What the client's agent earns on a trade that closes, in the client's deposit currency, rounded; goes into
 * `commissionAgent` and does not touch the client's equity. MONEY or PIPS, a lot or deal. NaN when not computable.
 */
export const agentCommission = (terms: AgentTerms, basis: CommissionBasis, digits: number): number =>
  terms.commAgentType === CommissionType.PERCENT
    ? Number.NaN
    : roundFinite(amountOf(terms.commAgent, terms.commAgentType, terms.commAgentLots, basis), digits)

/**
 * The agent's commission as it is paid: converted at the current middle rate into the agent's deposit currency and
 * rounded to its digits. NaN without a rate.
 */
export const agentPayment = (commissionAgent: number, rate: number, agentDigits: number): number =>
  commissionAgent === 0 ? 0 : rate > 0 ? roundFinite(commissionAgent * rate, agentDigits) : Number.NaN

/** Whether the agent is paid with each close or for the whole day at its end (decision U9). */
export const paysAgentNow = (
  moment: 'close' | 'end-of-day',
  d: Deciding<'agentPayout'> = decisions,
): boolean => d.agentPayout === moment

/**
 * Tax on a commission, deposit currency, rounded, signed like the commission (negative = charged); 0 unless taxes are
 * written at this moment (decision U8).
 */
export const commissionTax = (
  commission: number,
  percent: number,
  digits: number,
  moment: 'open' | 'close',
  d: Deciding<'taxWhen'> = decisions,
): number =>
  d.taxWhen !== moment || percent === 0 || commission === 0
    ? 0
    : roundFinite((commission * percent) / 100, digits)
