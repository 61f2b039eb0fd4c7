import { currencyDigits, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { Cmd, ProfitMode } from '../../../shared/mt4/enums.ts'
import { priceProfit, unitValue } from '../../book/formulas/profit.ts'
import type { StatementTrade } from '../types.ts'
import { customaryContract, type PairName, pairOf } from './pair-name.ts'
import { simplestWithin } from './simplest.ts'

/** A symbol as a symbol list gives it: contract size, profit mode and the currency its result arises in. */
export type KnownSymbol = { contractSize: number; profitMode: number; currency: string }

/**
 * What a recomputation needs to know of a symbol, and where it is from: `given` by a symbol list, the `custom` of the
 * field, or `inferred` from the statement's own trades. `unknown`: no contract size reproduces them.
 */
export type SymbolFacts = {
  symbol: string
  pair: PairName | null
  contractSize: number
  profitMode: number
  source: 'given' | 'custom' | 'inferred' | 'unknown'
  /** How the result becomes deposit currency: not at all, by the closing price, or by a rate the statement lacks. */
  conversion: 'none' | 'by close' | 'missing'
  /** Trades with a price move, and how many of them the contract size reproduces to the cent. */
  trades: number
  exact: number
}

/** Proposals are taken from this many trades: those whose prices tell the most. */
const PROPOSERS = 24
/** From this share of exact trades on, an inferred contract size is believed. */
const BELIEVED = 0.5
/** An odd contract size (more than one digit that counts) must reproduce this share, of at least three trades. */
const BELIEVED_ODD = 0.9

const conversionOf = (
  symbol: string,
  deposit: string,
  given: KnownSymbol | undefined,
): SymbolFacts['conversion'] => {
  const pair = pairOf(symbol)
  const quote = given !== undefined && given.profitMode !== ProfitMode.FOREX ? given.currency : pair?.quote
  // A CFD whose name tells no currency: the trades themselves show whether its result is in deposit currency.
  if (quote === undefined || quote === deposit) return 'none'
  return pair?.base === deposit && given?.profitMode !== ProfitMode.CFD ? 'by close' : 'missing'
}

/** Conversion rate of a trade's result into deposit currency; NaN when the statement does not hold it. */
export const rateOf = (facts: Pick<SymbolFacts, 'conversion'>, trade: StatementTrade): number =>
  facts.conversion === 'none' ? 1 : facts.conversion === 'by close' ? 1 / trade.closePrice : Number.NaN

/** Price result of a trade at a rate, by the formulas of the book. */
export const resultAt = (
  facts: Pick<SymbolFacts, 'contractSize' | 'profitMode'>,
  trade: StatementTrade,
  rate: number,
  digits: number,
): number =>
  priceProfit(
    facts.profitMode,
    trade.cmd === Cmd.SELL,
    trade.openPrice,
    trade.closePrice,
    unitValue({ ...facts, tickSize: 0, tickValue: 0 }, rate) * trade.lots,
    digits,
  )

export const sameMoney = (a: number, b: number, digits: number): boolean =>
  toUnits(a, scaleOf(digits)) === toUnits(b, scaleOf(digits))

const moved = (trade: StatementTrade): boolean =>
  trade.openPrice > 0 && trade.closePrice > 0 && trade.openPrice !== trade.closePrice && trade.lots > 0

/** Contract sizes that single trades speak for, the surest first. */
const proposals = (
  trades: readonly StatementTrade[],
  facts: Pick<SymbolFacts, 'conversion'>,
  digits: number,
): number[] => {
  const unit = 1 / scaleOf(digits)
  const sure = trades
    .map((t) => ({ t, worth: Math.abs(t.closePrice - t.openPrice) * t.lots * rateOf(facts, t) }))
    .filter(({ t }) => Math.abs(t.profit) > unit)
    .sort((a, b) => Math.abs(b.t.profit) - Math.abs(a.t.profit))
    .slice(0, PROPOSERS)
  return sure.map(({ t, worth }) =>
    simplestWithin((Math.abs(t.profit) - unit) / worth, (Math.abs(t.profit) + unit) / worth),
  )
}

const isEnough = (contractSize: number, exact: number, of: number): boolean => {
  const round = contractSize / 10 ** Math.floor(Math.log10(contractSize) + 1e-9)
  const odd = Math.abs(round - Math.round(round)) > 1e-9
  return odd ? exact >= 3 && exact >= of * BELIEVED_ODD : exact >= 2 && exact >= of * BELIEVED
}

/**
 * What the trades of one symbol say about it. A contract size taken from one trade must reproduce the others: it is
 * believed only when at least two trades, and half of all, come out to the cent with it.
 */
export const symbolFacts = (
  symbol: string,
  all: readonly StatementTrade[],
  deposit: string,
  digits: number,
  given?: KnownSymbol,
): SymbolFacts => {
  const pair = pairOf(symbol)
  const trades = all.filter(moved)
  const conversion = conversionOf(symbol, deposit, given)
  const facts = { symbol, pair, conversion, trades: trades.length }
  const custom = pair === null ? 0 : customaryContract(pair)
  const modes = pair === null ? [ProfitMode.CFD, ProfitMode.FOREX] : [ProfitMode.FOREX, ProfitMode.CFD]
  const count = (contractSize: number, profitMode: number): number =>
    trades.filter((t) =>
      sameMoney(resultAt({ contractSize, profitMode }, t, rateOf(facts, t), digits), t.profit, digits),
    ).length
  if (given !== undefined) {
    const { contractSize, profitMode } = given
    const exact = conversion === 'missing' ? 0 : count(contractSize, profitMode)
    return { ...facts, contractSize, profitMode, source: 'given', exact }
  }
  const fallback = { ...facts, contractSize: custom, profitMode: modes[0] as number, exact: 0 }
  const best: SymbolFacts = { ...fallback, source: custom > 0 ? 'custom' : 'unknown' }
  if (conversion === 'missing') return best
  const offer = (contractSize: number, source: SymbolFacts['source']): void => {
    for (const profitMode of modes) {
      const exact = count(contractSize, profitMode)
      if (exact > best.exact && (source === 'custom' || isEnough(contractSize, exact, trades.length)))
        Object.assign(best, { contractSize, profitMode, exact, source })
    }
  }
  if (custom > 0) offer(custom, 'custom')
  if (custom > 0 && best.exact === trades.length) return best
  for (const contractSize of new Set(proposals(trades, facts, digits)))
    if (contractSize > 0) offer(contractSize, 'inferred')
  return best
}

/** Trades of a statement by symbol. */
export const bySymbol = (trades: readonly StatementTrade[]): Map<string, StatementTrade[]> => {
  const map = new Map<string, StatementTrade[]>()
  for (const t of trades) {
    const list = map.get(t.symbol)
    if (list === undefined) map.set(t.symbol, [t])
    else list.push(t)
  }
  return map
}

/**
 * The deposit currency where the report does not say it: the one in which most pairs come out to the cent at the
 * customary contract; empty when no currency does for at least half of its trades.
 */
export const inferCurrency = (trades: readonly StatementTrade[]): string => {
  const groups = bySymbol(trades)
  const candidates = new Set([...groups.keys()].flatMap((s) => Object.values(pairOf(s) ?? {})))
  let best = { currency: '', exact: 0 }
  for (const currency of candidates) {
    let exact = 0
    let tried = 0
    for (const [symbol, list] of groups) {
      const pair = pairOf(symbol)
      if (pair === null || (pair.quote !== currency && pair.base !== currency)) continue
      const facts = symbolFacts(symbol, list, currency, currencyDigits(currency))
      if (facts.source !== 'custom') continue
      exact += facts.exact
      tried += facts.trades
    }
    if (exact > best.exact && exact >= tried * BELIEVED) best = { currency, exact }
  }
  return best.exact >= 2 ? best.currency : ''
}
