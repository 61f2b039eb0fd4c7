import type { Explanation } from '../../../shared/api/models.ts'
import { currencyDigits, roundTo } from '../../../shared/money/rounding.ts'
import { Cmd, MarginMode, ProfitMode } from '../../../shared/mt4/enums.ts'
import {
  type ConversionPlan,
  planRate,
  profitCurrency,
  profitPlan,
  stepPrice,
} from '../formulas/conversion.ts'
import { baseMargin } from '../formulas/margin.ts'
import { priceProfit, unitValue } from '../formulas/profit.ts'
import { marginDivider, marginTerms } from '../value/margins.ts'
import { accountCurrency, symbolOfTrade, TradeKind, type World } from '../world/world.ts'

/** The answer is JSON, which knows no NaN. */
const orZero = (value: number): number => (Number.isFinite(value) ? value : 0)

const profitWords = (mode: number, sell: boolean): string => {
  const value =
    mode === ProfitMode.FUTURES ? 'tick value / tick size × rate × lots' : 'contract size × rate × lots'
  const [from, to] = sell ? ['close', 'open'] : ['open', 'close']
  return mode === ProfitMode.FOREX
    ? `profit = round(${to} price × ${value}) − round(${from} price × ${value})`
    : `profit = round((${to} price − ${from} price) × ${value})`
}

const marginWords: Readonly<Record<number, string>> = {
  [MarginMode.FOREX]: 'lots × contract size / leverage / divider × margin rate',
  [MarginMode.CFD]: 'lots × contract size × open price / divider × margin rate',
  [MarginMode.FUTURES]: 'lots × maintenance margin / divider × margin rate',
  [MarginMode.CFDINDEX]: 'lots × contract size × open price × tick value / tick size / divider × margin rate',
  [MarginMode.CFDLEVERAGE]: 'lots × contract size × open price / leverage / divider × margin rate',
}

const stepsOf = (world: World, plan: ConversionPlan, sell: boolean): Explanation['conversion'] =>
  (plan ?? []).map((step) => {
    const { index, symbol } = world.symbols.columns
    let pair = ''
    for (let s = 0; s < world.symbols.high(); s++)
      if (world.symbols.alive()[s] === 1 && index[s] === step.symbol) pair = symbol[s] as string
    const side = step.side === 'direction' ? (sell ? 'ask' : 'bid') : step.side
    return { pair, side, rate: orZero(stepPrice(step, sell, world.quotes)), inverse: step.inverse }
  })

/**
 * How the figures of an open position come about on the quotes of the moment, step by step; null when there is no such
 * position. Legs are those of the price formula in account currency (for CFDs and futures unrounded: there only the
 * difference is rounded). What cannot be computed is 0 and said so in `formula`. The margin is what the position would need alone; hedged volume makes the account's less.
 */
export const explainPosition = (world: World, order: number): Explanation | null => {
  const trade = world.trades.slotOf(order)
  const t = world.trades.columns
  if (trade < 0 || t.kind[trade] !== TradeKind.MARKET) return null
  const symbol = symbolOfTrade(world, trade)
  const account = t.account[trade] as number
  if (symbol < 0 || account < 0) return null
  const c = world.symbols.columns
  const deposit = accountCurrency(world, account)
  const digits = currencyDigits(deposit)
  const sell = t.cmd[trade] === Cmd.SELL
  const facts = {
    symbol: c.symbol[symbol] as string,
    index: c.index[symbol] as number,
    profitMode: c.profitMode[symbol] as number,
    currency: world.pool.text(c.currency[symbol] as number),
    contractSize: c.contractSize[symbol] as number,
    tickSize: c.tickSize[symbol] as number,
    tickValue: c.tickValue[symbol] as number,
  }
  const plan = profitPlan(facts, deposit, world.pairs)
  const rate = planRate(plan, sell, world.quotes)
  const lots = (t.volume[trade] as number) / 100
  const value = unitValue(facts, rate) * lots
  const openPrice = t.openPrice[trade] as number
  const closePrice = (sell ? world.quotes.ask : world.quotes.bid)[facts.index] || Number.NaN
  const leg = (price: number): number =>
    facts.profitMode === ProfitMode.FOREX ? roundTo(price * value, digits) : price * value
  const profit = priceProfit(facts.profitMode, sell, openPrice, closePrice, value, digits)
  const storage = t.storage[trade] as number
  const commission = t.commission[trade] as number
  const taxes = t.taxes[trade] as number
  const leverage = world.users.columns.leverage[account] as number
  const marginRate = t.marginRate[trade] as number
  const terms = marginTerms(world, symbol)
  const divider = marginDivider(world, account, symbol)
  const fixed = terms.marginInitial > 0 && terms.marginMode !== MarginMode.FUTURES
  const marginText = fixed
    ? 'lots × initial margin (/ leverage where the mode has it) / divider × margin rate'
    : (marginWords[terms.marginMode] ?? 'unknown margin mode')
  const blank = Number.isNaN(profit) ? 'not computable: a quote or a conversion path is missing; ' : ''
  return {
    order,
    login: t.login[trade] as number,
    symbol: facts.symbol,
    cmd: t.cmd[trade] as number,
    lots,
    contractSize: facts.contractSize,
    digits: c.digits[symbol] as number,
    profitMode: facts.profitMode,
    openPrice,
    closePrice: orZero(closePrice),
    closeSide: sell ? 'ask' : 'bid',
    profitCurrency: profitCurrency(facts),
    depositCurrency: deposit,
    conversion: stepsOf(world, plan, sell),
    conversionRate: orZero(rate),
    openLeg: orZero(leg(openPrice)),
    closeLeg: orZero(leg(closePrice)),
    profit: orZero(profit),
    storage,
    commission,
    taxes,
    total: orZero(roundTo(profit + roundTo(storage + commission + taxes, digits), digits)),
    margin: orZero(roundTo(baseMargin(terms, lots, openPrice, leverage, divider) * marginRate, digits)),
    marginRate,
    formula: `${blank}${profitWords(facts.profitMode, sell)}; total = profit + storage + commission + taxes; margin = ${marginText}`,
  }
}
