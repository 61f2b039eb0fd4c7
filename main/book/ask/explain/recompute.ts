import type {
  AccountExplanation,
  AccountFigures,
  ExplainedRate,
  PositionExplanation,
  PositionFigures,
} from '../../../../shared/api/explain.ts'
import { roundTo, scaleOf, toUnits } from '../../../../shared/money/rounding.ts'
import { Cmd } from '../../../../shared/mt4/enums.ts'
import { equityOf, freeMarginOf, marginLevelOf } from '../../formulas/account.ts'
import { dayFigures } from '../../formulas/day.ts'
import { decisions } from '../../formulas/decisions.ts'
import { accountMargin, baseMargin, symbolMargin } from '../../formulas/margin.ts'
import { priceProfit, unitValue } from '../../formulas/profit.ts'
import { levelLimits } from '../../value/limits.ts'
import { orNull } from './read-rates.ts'

/**
 * Works figures out from what an explanation contains and nothing else: quotes, terms, lots and amounts, not its own
 * intermediate results. What comes out must be the figure on screen, to the last digit.
 */

const rateOf = ({ steps }: Pick<ExplainedRate, 'steps'>): number => {
  if (steps === null) return Number.NaN
  let rate = 1
  for (const { side, bid, ask, inverse } of steps) {
    if (bid === null || ask === null) return Number.NaN
    const price = side === 'mid' ? (bid + ask) / 2 : side === 'ask' ? ask : bid
    rate = inverse ? rate / price : rate * price
  }
  return rate > 0 && rate < Number.POSITIVE_INFINITY ? rate : Number.NaN
}

export const recomputePosition = (e: Omit<PositionExplanation, 'blanks' | 'figures'>): PositionFigures => {
  const sell = e.cmd === Cmd.SELL
  const known = e.symbolKnown && e.accountKnown
  const value = known
    ? unitValue({ ...e.terms, profitMode: e.profitMode }, rateOf(e.conversion)) * (e.volume / 100)
    : Number.NaN
  const price = e.closePrice ?? Number.NaN
  const profit = known
    ? priceProfit(e.profitMode, sell, e.openPrice, price, value, e.moneyDigits)
    : Number.NaN
  const scale = scaleOf(e.moneyDigits)
  const total = (toUnits(profit, scale) + toUnits(e.storage + e.commission + e.taxes, scale)) / scale
  const margin = known
    ? baseMargin(e.terms, e.volume / 100, e.openPrice, e.leverage, e.divider) * e.marginRate
    : Number.NaN
  return {
    profit: orNull(profit),
    total: orNull(total),
    totalBase: orNull(roundTo(total * rateOf(e.toBase), e.baseDigits)),
    margin: orNull(roundTo(margin, e.moneyDigits)),
  }
}

const floatingUnits = (e: Pick<AccountExplanation, 'counted' | 'rest'>, scale: number): number =>
  e.counted.reduce(
    (sum, { profit, costs }) => sum + toUnits(profit ?? 0, scale) + toUnits(costs, scale),
    toUnits(e.rest.sum, scale),
  )

/** The settings the explanation says its figures rest on. */
const settingsOf = (e: Pick<AccountExplanation, 'decisions'>): typeof decisions => {
  const given = e.decisions.filter(({ name }) => name !== 'dayEnd').map(({ name, value }) => [name, value])
  return { ...decisions, ...(Object.fromEntries(given) as Partial<typeof decisions>) }
}

const marginOf = (e: Omit<AccountExplanation, 'blanks' | 'figures'>): number => {
  let sum = 0
  for (const { terms, buy, sell, divider } of e.margins) {
    const one = symbolMargin(
      terms,
      buy,
      sell,
      e.leverage,
      divider,
      e.groupKnown && e.hedgeLargeLeg === 1,
      settingsOf(e),
    )
    if (Number.isFinite(one)) sum += one
  }
  return accountMargin(sum, e.moneyDigits)
}

const levelOf = (
  e: Omit<AccountExplanation, 'blanks' | 'figures'>,
  units: number,
  margin: number,
  scale: number,
): number => {
  if (!e.groupKnown || e.positions === 0) return 0
  const { callAt, stopAt } = levelLimits(e, e.balance + e.credit, margin, scale, settingsOf(e))
  return Number(units <= callAt) + Number(units < stopAt)
}

export const recomputeAccount = (e: Omit<AccountExplanation, 'blanks' | 'figures'>): AccountFigures => {
  const digits = e.moneyDigits
  const scale = scaleOf(digits)
  const units = floatingUnits(e, scale)
  const floating = units / scale
  const equity = equityOf(e.balance, e.credit, floating, digits)
  const margin = marginOf(e)
  const day = dayFigures(
    {
      equity,
      prevEquity: e.prevEquity,
      money: e.moneyToday,
      closedProfit: e.closedProfit,
      closedSwap: e.closedSwap,
      closedCommission: e.closedCommission,
      closedAgent: e.closedAgent,
    },
    digits,
  )
  const rate = rateOf(e.toBase)
  const inBase = (amount: number): number | null => orNull(roundTo(amount * rate, e.baseDigits))
  return {
    floating: orNull(floating),
    equity: orNull(equity),
    margin: orNull(margin),
    freeMargin: orNull(freeMarginOf(e.freeMarginMode, e.balance, e.credit, floating, margin, digits)),
    marginLevel: orNull(marginLevelOf(e.marginType, equity, margin)),
    levelType: levelOf(e, units, margin, scale),
    dayPl: orNull(day.dayPl),
    dayRealised: orNull(day.dayRealised),
    dayUnrealised: orNull(day.dayUnrealised),
    daySwap: orNull(day.daySwap),
    dayCommission: orNull(day.dayCommission),
    dayAgent: orNull(day.dayAgent),
    floatingBase: inBase(floating),
    equityBase: inBase(equity),
    dayPlBase: inBase(day.dayPl),
  }
}
