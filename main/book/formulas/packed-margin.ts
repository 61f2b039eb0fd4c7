import { MarginMode } from '../../../shared/mt4/enums.ts'
import { atLeastNothing, type MarginSymbol, orOne, tickFactor } from './margin.ts'

/**
 * `symbolMargin` over packed numbers, for the margins of everybody: the same to the last bit (a test holds them
 * together), without an object an account. Numbers of a symbol stand side by side, `STRIDE` of them.
 */
export const STRIDE = 8
export const SHIFT = 3

/**
 * Terms, reduced to what the symbol's mode uses. `SIZE`: margin of a lot, times price and `TICK` where `PRICED` is 1, by
 * leverage where `LEVERED` is 1; NaN for an unknown mode. `HEDGED`: the same of a covered lot.
 */
const Term = { SIZE: 0, TICK: 1, PRICED: 2, LEVERED: 3, HEDGED: 4, DIVIDER: 5 } as const

/** Sums of a symbol: Σ lots, Σ open price · lots, Σ margin rate · lots of one side, from `OTHER` on of the other. */
export const OTHER = 4

const sizeOf = (s: MarginSymbol): number => {
  if (s.marginMode > MarginMode.CFDLEVERAGE) return Number.NaN
  if (s.marginMode === MarginMode.FUTURES) return s.marginMaintenance
  return s.marginInitial > 0 ? s.marginInitial : s.contractSize
}

/** Writes a symbol's terms from `at` on. `divider`: its own. */
export const packTerms = (s: MarginSymbol, divider: number, terms: Float64Array, at: number): void => {
  const { FOREX, FUTURES, CFDINDEX, CFDLEVERAGE } = MarginMode
  const mode = s.marginMode
  const isPriced = !(s.marginInitial > 0) && mode !== FOREX && mode !== FUTURES
  terms[at + Term.SIZE] = sizeOf(s)
  terms[at + Term.TICK] = mode === CFDINDEX ? tickFactor(s) : 1
  terms[at + Term.PRICED] = isPriced ? 1 : 0
  terms[at + Term.LEVERED] = mode === FOREX || mode === CFDLEVERAGE ? 1 : 0
  terms[at + Term.HEDGED] = mode > CFDLEVERAGE && s.marginHedged !== 0 ? Number.NaN : s.marginHedged
  terms[at + Term.DIVIDER] = orOne(divider)
}

/** The symbol's own divider, 1 where it has none. */
export const packedDivider = (terms: Float64Array, at: number): number => terms[at + Term.DIVIDER] as number

const packedBase = (
  terms: Float64Array,
  at: number,
  lots: number,
  price: number,
  leverage: number,
  divider: number,
): number => {
  if (lots === 0) return 0
  let size = terms[at + Term.SIZE] as number
  if (terms[at + Term.PRICED] === 1) size = size * price * (terms[at + Term.TICK] as number)
  const whole = lots * size
  return atLeastNothing((terms[at + Term.LEVERED] === 1 ? whole / leverage : whole) / divider)
}

const packedHedged = (
  terms: Float64Array,
  at: number,
  lots: number,
  price: number,
  leverage: number,
  divider: number,
): number => {
  const each = terms[at + Term.HEDGED] as number
  if (lots === 0 || each === 0) return 0
  let whole = (lots * each) / divider
  if (terms[at + Term.PRICED] === 1) whole = whole * price * (terms[at + Term.TICK] as number)
  return atLeastNothing(terms[at + Term.LEVERED] === 1 ? whole / leverage : whole)
}

/**
 * Margin of a symbol of which one side is open, in deposit currency, unrounded, from the sums that stand from `sum` on.
 *
 * @param leverage above 0, as `divider`
 */
export const packedOneSide = (
  terms: Float64Array,
  at: number,
  sums: Float64Array,
  sum: number,
  leverage: number,
  divider: number,
): number => {
  const lots = sums[sum] as number
  if (lots === 0) return 0
  const price = (sums[sum + 1] as number) / lots
  const rate = (sums[sum + 2] as number) / lots
  return atLeastNothing(packedBase(terms, at, lots, price, leverage, divider) * rate)
}

/**
 * The same where both are open; which of them is the buys makes no difference. Apart, because V8 takes the other, which
 * is needed far more often, into its caller only as long as it is short.
 *
 * @param meanOfLegs decision U7: covered volume is priced at the mean of the legs' averages
 */
export const packedBothSides = (
  terms: Float64Array,
  at: number,
  sums: Float64Array,
  sum: number,
  leverage: number,
  divider: number,
  largeLeg: boolean,
  meanOfLegs: boolean,
): number => {
  const lots = sums[sum] as number
  const otherLots = sums[sum + OTHER] as number
  // Positions without volume open no side.
  if (otherLots === 0) return packedOneSide(terms, at, sums, sum, leverage, divider)
  if (lots === 0) return packedOneSide(terms, at, sums, sum + OTHER, leverage, divider)
  const open = sums[sum + 1] as number
  const otherOpen = sums[sum + OTHER + 1] as number
  const rate = sums[sum + 2] as number
  const otherRate = sums[sum + OTHER + 2] as number
  if (largeLeg) {
    const one = packedBase(terms, at, lots, open / lots, leverage, divider) * (rate / lots)
    const other =
      packedBase(terms, at, otherLots, otherOpen / otherLots, leverage, divider) * (otherRate / otherLots)
    return atLeastNothing(Math.max(one, other))
  }
  const all = lots + otherLots
  const net = Math.abs(lots - otherLots)
  const price = (open + otherOpen) / all
  const covered = meanOfLegs ? (open / lots + otherOpen / otherLots) / 2 : price
  const margin =
    packedBase(terms, at, net, price, leverage, divider) +
    packedHedged(terms, at, all - net, covered, leverage, divider)
  return atLeastNothing(margin * ((rate + otherRate) / all))
}
