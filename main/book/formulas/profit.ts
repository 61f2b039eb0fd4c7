import { scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { ProfitMode } from '../../../shared/mt4/enums.ts'

/** The part of a symbol that its result depends on. */
export type ProfitSymbol = {
  readonly profitMode: number
  readonly contractSize: number
  readonly tickSize: number
  readonly tickValue: number
}

/**
 * Money a move of 1.0 in price is worth for one lot, in deposit currency (`k` of reference §3.2). NaN when it cannot
 * be computed: no conversion rate, or a future without tick size or value.
 */
export const unitValue = (symbol: ProfitSymbol, conversionRate: number): number => {
  if (symbol.profitMode !== ProfitMode.FUTURES) return symbol.contractSize * conversionRate
  if (!(symbol.tickSize > 0 && symbol.tickValue > 0)) return Number.NaN
  return (symbol.tickValue / symbol.tickSize) * conversionRate
}

/**
 * Price result of a position, in deposit currency, rounded to `digits` decimals. Forex rounds each leg, the others
 * round the difference once (proved to the cent on real statements). NaN when a factor is not computable.
 *
 * @param value `unitValue` × lots (lots = volume / 100)
 */
export const priceProfit = (
  profitMode: number,
  sell: boolean,
  openPrice: number,
  closePrice: number,
  value: number,
  digits: number,
): number => {
  if (!(closePrice > 0)) return Number.NaN
  const scale = scaleOf(digits)
  const from = sell ? closePrice : openPrice
  const to = sell ? openPrice : closePrice
  const units =
    profitMode === ProfitMode.FOREX
      ? toUnits(to * value, scale) - toUnits(from * value, scale)
      : toUnits((to - from) * value, scale)
  return Number.isFinite(units) ? units / scale : Number.NaN
}

/** Price result of `volume` (1/100 lot) of a symbol; see `priceProfit` and `unitValue`. */
export const positionProfit = (
  symbol: ProfitSymbol,
  sell: boolean,
  volume: number,
  openPrice: number,
  closePrice: number,
  conversionRate: number,
  digits: number,
): number =>
  priceProfit(
    symbol.profitMode,
    sell,
    openPrice,
    closePrice,
    unitValue(symbol, conversionRate) * (volume / 100),
    digits,
  )
