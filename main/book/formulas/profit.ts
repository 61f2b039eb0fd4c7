import { scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { ProfitMode } from '../../../shared/mt4/enums.ts'
import { type Deciding, decisions } from './decisions.ts'
import { finite, roundFinite } from './finite.ts'

/** Decimals of a result in profit currency, before it is converted (only where decision U4 is `after-rounding`). */
const PROFIT_DIGITS = 2

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
  if (symbol.profitMode !== ProfitMode.FUTURES) return finite(symbol.contractSize * conversionRate)
  if (!(symbol.tickSize > 0 && symbol.tickValue > 0)) return Number.NaN
  return finite((symbol.tickValue / symbol.tickSize) * conversionRate)
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

/**
 * Price result of `volume` (1/100 lot) of a symbol; see `priceProfit` and `unitValue`. With decision U4 the other way
 * (`after-rounding`) a Forex result is rounded in its own currency, leg by leg, and then converted.
 */
export const positionProfit = (
  symbol: ProfitSymbol,
  sell: boolean,
  volume: number,
  openPrice: number,
  closePrice: number,
  conversionRate: number,
  digits: number,
  d: Deciding<'profitConversion'> = decisions,
): number => {
  const lots = volume / 100
  const { profitMode } = symbol
  if (profitMode !== ProfitMode.FOREX || d.profitConversion === 'inside-legs') {
    const value = unitValue(symbol, conversionRate) * lots
    return priceProfit(profitMode, sell, openPrice, closePrice, value, digits)
  }
  const own = priceProfit(profitMode, sell, openPrice, closePrice, unitValue(symbol, 1) * lots, PROFIT_DIGITS)
  return roundFinite(own * conversionRate, digits)
}
