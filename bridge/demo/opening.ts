import {
  clientCommission,
  commissionRate,
  commissionTax,
  commissionValue,
  pointValue,
} from '../../main/book/formulas/commission.ts'
import { planRate } from '../../main/book/formulas/conversion.ts'
import { type OpeningTerms, openingFields } from '../../main/book/formulas/lifecycle/open.ts'
import { lotValue } from '../../main/book/formulas/lot-value.ts'
import { marginRateAtOpen } from '../../main/book/formulas/margin.ts'
import { unitValue } from '../../main/book/formulas/profit.ts'
import { Cmd } from '../../shared/mt4/enums.ts'
import { depositCurrencies } from './groups.ts'
import type { Group, SymbolState, World } from './world.ts'

type Priced = Pick<World, 'quotes' | 'rates'>

/** What a position is to be charged for. */
type Deal = { readonly cmd: number; readonly volume: number; readonly price: number }

/** Margin currency → deposit currency for a position at this price, as frozen at opening. */
export const marginRate = (world: Priced, group: Group, symbol: SymbolState, price: number): number => {
  const plan = symbol.marginPlans[group.currencyIndex]
  return plan ? marginRateAtOpen(plan, price, world.quotes) || 0 : 0
}

const profitRate = (world: Priced, group: Group, symbol: SymbolState, sell: boolean): number => {
  const at = symbol.index * depositCurrencies.length + group.currencyIndex
  return commissionRate(world.rates.buy[at] as number, world.rates.sell[at] as number, sell)
}

/** What commissions of a group are reckoned from for a deal. */
export const commissionBasis = (world: Priced, group: Group, symbol: SymbolState, deal: Deal) => {
  const rate = profitRate(world, group, symbol, deal.cmd === Cmd.SELL)
  const mid = planRate(symbol.valuePlans[group.currencyIndex] ?? null, false, world.quotes)
  return {
    lots: deal.volume / 100,
    point: pointValue(symbol.row, symbol.row.digits, rate),
    value: commissionValue(symbol.row, deal.price, rate, lotValue(symbol.row, deal.price, mid)),
  }
}

/** Commission of a new position and the tax on it, deposit currency, not above zero; 0 while there is no rate. */
export const chargesOf = (
  world: Priced,
  group: Group,
  symbol: SymbolState,
  deal: Deal,
): { readonly commission: number; readonly taxes: number } => {
  const sec = group.sec[symbol.row.type]
  if (!sec || sec.commBase === 0) return noCharges
  const commission = clientCommission(sec, commissionBasis(world, group, symbol, deal), group.digits) || 0
  return { commission, taxes: commissionTax(commission, sec.commTax, group.digits, 'open') }
}

const noCharges = { commission: 0, taxes: 0 }

/** Everything that opening at `deal.price` fixes. */
export const openingTerms = (world: Priced, group: Group, symbol: SymbolState, deal: Deal): OpeningTerms => {
  const { commission, taxes } = chargesOf(world, group, symbol, deal)
  return {
    openPrice: deal.price,
    marginRate: marginRate(world, group, symbol, deal.price),
    profitRate: profitRate(world, group, symbol, deal.cmd === Cmd.SELL) || 0,
    commission,
    taxes,
  }
}

/** The record's fields for that. */
export const openedAt = (world: Priced, group: Group, symbol: SymbolState, deal: Deal) =>
  openingFields(openingTerms(world, group, symbol, deal))

/** What a lot moves in money when the price does, at the bid, in deposit currency; 0 while there is no rate. For sizing only. */
export const lotWorth = (world: Priced, group: Group, symbol: SymbolState, price: number): number => {
  const plan = symbol.profitPlans[group.currencyIndex] ?? null
  return unitValue(symbol.row, planRate(plan, false, world.quotes)) * price || 0
}

/** A pending is charged and converted when it fills. */
export const pendingFields = (price: number): ReturnType<typeof openingFields> =>
  openingFields({ openPrice: price, marginRate: 0, profitRate: 0, commission: 0, taxes: 0 })
