import { planRate } from '../../main/book/formulas/conversion.ts'
import { marginRateAtOpen } from '../../main/book/formulas/margin.ts'
import { unitValue } from '../../main/book/formulas/profit.ts'
import type { TradeRecord } from '../../shared/bridge/tables.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import { depositCurrencies } from './groups.ts'
import type { Group, SymbolState, World } from './world.ts'

type Priced = Pick<World, 'quotes' | 'rates'>

/** Margin currency → deposit currency for a position at this price, as frozen at opening. */
export const marginRate = (world: Priced, group: Group, symbol: SymbolState, price: number): number => {
  const plan = symbol.marginPlans[group.currencyIndex]
  return plan ? marginRateAtOpen(plan, price, world.quotes) || 0 : 0
}

/**
 * Commission of a new position, in deposit currency, not above zero (§3.11). MONEY: amount a lot; PIPS: points;
 * PERCENT: part of the value of the position. Rounded to the currency.
 */
export const commissionOf = (
  world: Priced,
  group: Group,
  symbol: SymbolState,
  volume: number,
  price: number,
): number => {
  const sec = group.sec[symbol.row.type]
  if (!sec || sec.commBase === 0) return 0
  const lots = sec.commLots === 1 ? 1 : volume / 100
  const rate = world.rates.buy[symbol.index * depositCurrencies.length + group.currencyIndex] as number
  const unit = unitValue(symbol.row, rate)
  const amount =
    sec.commType === 0
      ? sec.commBase * lots
      : sec.commType === 1
        ? sec.commBase * unit * symbol.point * lots
        : ((unit * price * volume) / 100) * (sec.commBase / 100)
  return -roundTo(amount, group.digits) || 0
}

/** Fields of a position that are fixed by opening it at `price`. */
export const openingFields = (
  world: Priced,
  group: Group,
  symbol: SymbolState,
  volume: number,
  price: number,
): Pick<TradeRecord, 'openPrice' | 'marginRate' | 'convRateOpen' | 'commission'> => {
  const rate = marginRate(world, group, symbol, price)
  return {
    openPrice: price,
    marginRate: rate,
    convRateOpen: rate,
    commission: commissionOf(world, group, symbol, volume, price),
  }
}

/** Worth of one lot at a price, in deposit currency at the bid; 0 while there is no rate. Sizing and percentages refer to it. */
export const lotValue = (world: Priced, group: Group, symbol: SymbolState, price: number): number => {
  const plan = symbol.profitPlans[group.currencyIndex] ?? null
  return unitValue(symbol.row, planRate(plan, false, world.quotes)) * price || 0
}
