import { ProfitMode } from '../../../shared/mt4/enums.ts'
import { splitPair } from './conversion.ts'
import { finite } from './finite.ts'
import type { ProfitSymbol } from './profit.ts'

/** Currency in which the worth of a lot stands: the base currency of a Forex pair, the symbol's currency of others. */
export const valueCurrency = (s: {
  readonly symbol: string
  readonly profitMode: number
  readonly currency: string
}): string => (s.profitMode === ProfitMode.FOREX ? splitPair(s.symbol).base : s.currency)

/**
 * Worth of one lot in deposit currency, unrounded (`V` of reference §3.10): the contract of a Forex pair, contract ×
 * price of a CFD, that × tick value / tick size of a future. NaN when it is not computable: no rate, no price of a CFD
 * or future, a future without tick size.
 *
 * @param price only read for CFDs and futures
 * @param rate `valueCurrency` → deposit currency at middle prices
 */
export const lotValue = (s: ProfitSymbol, price: number, rate: number): number => {
  if (!(rate > 0)) return Number.NaN
  if (s.profitMode === ProfitMode.FOREX) return finite(s.contractSize * rate)
  if (!(price > 0)) return Number.NaN
  const value = s.contractSize * price * rate
  if (s.profitMode !== ProfitMode.FUTURES) return finite(value)
  return s.tickSize > 0 && s.tickValue > 0 ? finite((value * s.tickValue) / s.tickSize) : Number.NaN
}
