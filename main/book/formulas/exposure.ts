import { ProfitMode } from '../../../shared/mt4/enums.ts'
import { profitCurrency, splitPair } from './conversion.ts'

/** Accounts of this group hold the broker's hedges; everybody else is a client. */
export const COVERAGE_GROUP = 'coverage'

/** Uncovered lots of a symbol, as the manager's summary shows them: (buy − covered buy) − (sell − covered sell). */
export const uncovered = (buy: number, sell: number, covBuy: number, covSell: number): number =>
  buy - covBuy - (sell - covSell)

/** An amount of one currency that somebody is long (positive) or short. */
export type CurrencyAmount = { readonly currency: string; readonly amount: number }

const orNothing = (amount: number): number => (Number.isFinite(amount) ? amount : 0)

/** Money in profit currency that 1.0 of price is worth for a lot held at the market; NaN for a future without tick size. */
export const priceUnit = (symbol: {
  readonly profitMode: number
  readonly contractSize: number
  readonly tickSize: number
  readonly tickValue: number
}): number => {
  if (symbol.profitMode !== ProfitMode.FUTURES) return symbol.contractSize
  return symbol.tickSize > 0 ? symbol.tickValue / symbol.tickSize : Number.NaN
}

/**
 * Currency amounts behind a net holding in one symbol. A Forex pair is long its base currency by the net contract
 * units and short the profit currency by what was paid at open; CFDs and futures exchange no currency, only their
 * open result stands in the profit currency. At market prices the amounts add up to the open result.
 *
 * @param netLots Σ lots of buys − Σ lots of sells
 * @param netOpenSum Σ open price · lots of buys − the same of sells
 * @param price current price; NaN when there is none (then a CFD adds nothing)
 */
export const currencyAmounts = (
  symbol: {
    readonly symbol: string
    readonly profitMode: number
    readonly currency: string
    readonly contractSize: number
    readonly tickSize: number
    readonly tickValue: number
  },
  netLots: number,
  netOpenSum: number,
  price: number,
): readonly CurrencyAmount[] => {
  if (symbol.profitMode === ProfitMode.FOREX) {
    return [
      { currency: splitPair(symbol.symbol).base, amount: orNothing(netLots * symbol.contractSize) },
      { currency: profitCurrency(symbol), amount: orNothing(-netOpenSum * symbol.contractSize) },
    ]
  }
  const amount = (netLots * price - netOpenSum) * priceUnit(symbol)
  return [{ currency: profitCurrency(symbol), amount: orNothing(amount) }]
}
