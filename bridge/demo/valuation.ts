import { equityOf, freeMarginOf, levelTypeOf, marginLevelOf } from '../../main/book/formulas/account.ts'
import { closingRate, planRate } from '../../main/book/formulas/conversion.ts'
import {
  accountMargin,
  type Extra,
  emptyLeg,
  type MarginLeg,
  openingMargin,
  symbolMargin,
} from '../../main/book/formulas/margin.ts'
import { positionProfit, priceProfit, unitValue } from '../../main/book/formulas/profit.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd, type LevelType } from '../../shared/mt4/enums.ts'
import { depositCurrencies } from './groups.ts'
import type { Account, Group, Position, SymbolState, World } from './world.ts'

type Valued = Pick<World, 'quotes' | 'rates' | 'symbols'>

/** Reads all conversion rates anew from the quotes of the moment. */
export const refreshRates = ({ symbols, quotes, rates }: Valued): void => {
  for (const symbol of symbols)
    for (let c = 0; c < depositCurrencies.length; c++) {
      const at = symbol.index * depositCurrencies.length + c
      const plan = symbol.profitPlans[c] ?? null
      rates.buy[at] = planRate(plan, false, quotes)
      rates.sell[at] = planRate(plan, true, quotes)
    }
}

/** Price at which a position would close now. */
export const closeSide = (quotes: World['quotes'], symbol: number, sell: boolean): number =>
  (sell ? quotes.ask[symbol] : quotes.bid[symbol]) as number

/** Price result of an open position at the market, in deposit currency; 0 while it cannot be computed. */
export const openProfit = ({ quotes, rates }: Valued, { row, symbol, account }: Position): number => {
  const sell = row.cmd === Cmd.SELL
  const at = symbol.index * depositCurrencies.length + account.group.currencyIndex
  const rate = (sell ? rates.sell[at] : rates.buy[at]) as number
  const value = unitValue(symbol.row, rate) * (row.volume / 100)
  const price = closeSide(quotes, symbol.index, sell)
  const { digits } = account.group
  return priceProfit(symbol.row.profitMode, sell, row.openPrice, price, value, digits) || 0
}

/** Price result of closing `volume` at `price`, with the conversion of that moment. */
export const closeProfit = (
  { quotes }: Valued,
  position: Position,
  volume: number,
  price: number,
): number => {
  const { row, symbol, account } = position
  const sell = row.cmd === Cmd.SELL
  const plan = symbol.profitPlans[account.group.currencyIndex] ?? null
  const rate = closingRate(plan, sell, quotes, symbol.index, price)
  return positionProfit(symbol.row, sell, volume, row.openPrice, price, rate, account.group.digits) || 0
}

/** What a position brings or costs beyond its price result. */
export const charges = ({
  commission,
  storage,
  taxes,
}: Pick<Position['row'], 'commission' | 'storage' | 'taxes'>): number => commission + storage + taxes

type Legs = { buy: MarginLeg; sell: MarginLeg }

const addToLeg = (leg: MarginLeg, lots: number, price: number, rate: number): MarginLeg => ({
  lots: leg.lots + lots,
  openSum: leg.openSum + lots * price,
  rateSum: leg.rateSum + lots * rate,
})

const dividerOf = (group: Group, symbol: SymbolState): number =>
  group.margins.get(symbol.row.symbol)?.marginDivider ?? symbol.row.marginDivider

/** Used margin of an account, or as the check before a trade sees it, with the position that is to open. */
export const marginOf = (account: Account, opening?: Extra & { readonly symbol: SymbolState }): number => {
  const legs = new Map<SymbolState, Legs>()
  const add = (symbol: SymbolState, sell: boolean, lots: number, price: number, rate: number): void => {
    const known = legs.get(symbol) ?? { buy: emptyLeg, sell: emptyLeg }
    if (sell) known.sell = addToLeg(known.sell, lots, price, rate)
    else known.buy = addToLeg(known.buy, lots, price, rate)
    legs.set(symbol, known)
  }
  for (const { row, symbol } of account.positions)
    add(symbol, row.cmd === Cmd.SELL, row.volume / 100, row.openPrice, row.marginRate)
  const { group, user } = account
  const largeLeg = group.row.hedgeLargeLeg === 1
  const { leverage } = user
  let sum = 0
  for (const [symbol, { buy, sell }] of legs)
    if (symbol !== opening?.symbol)
      sum += symbolMargin(symbol.row, buy, sell, leverage, dividerOf(group, symbol), largeLeg)
  if (opening) {
    const { symbol } = opening
    const { buy, sell } = legs.get(symbol) ?? { buy: emptyLeg, sell: emptyLeg }
    sum += openingMargin(symbol.row, buy, sell, opening, leverage, dividerOf(group, symbol), largeLeg)
  }
  return accountMargin(sum, group.digits)
}

export type Figures = {
  readonly floating: number
  readonly equity: number
  readonly margin: number
  readonly free: number
  /** Per cent or money by the group's margin type; NaN without margin. */
  readonly level: number
  readonly levelType: LevelType
}

export const figuresOf = (world: Valued, account: Account): Figures => {
  let floating = 0
  for (const position of account.positions) floating += openProfit(world, position) + charges(position.row)
  return figuresWith(account, roundTo(floating, account.group.digits))
}

/** The figures of an account whose floating result is known. */
export const figuresWith = (account: Account, floating: number): Figures => {
  const { user, group, positions } = account
  if (Number.isNaN(account.margin)) account.margin = marginOf(account)
  const { margin } = account
  const equity = equityOf(user.balance, user.credit, floating, group.digits)
  return {
    floating,
    equity,
    margin,
    free: freeMarginOf(group.row.marginMode, user.balance, user.credit, floating, margin, group.digits),
    level: marginLevelOf(group.row.marginType, equity, margin),
    levelType: levelTypeOf(group.row, equity, margin, positions.length),
  }
}
