import { currencyDigits, scaleOf } from '../../../shared/money/rounding.ts'
import { LevelType } from '../../../shared/mt4/enums.ts'
import { dayResult, equityOf, freeMarginOf, levelTypeOf, marginLevelOf } from '../formulas/account.ts'
import { midPlan, planRate } from '../formulas/conversion.ts'
import type { World } from '../world/world.ts'

/** Rates of all deposit currencies to base currency, at middle prices; NaN without a path or quote. */
export const valueCurrencies = (world: World, base: string): void => {
  for (let i = 0; i < world.currencies.length; i++) {
    const plan = midPlan(world.currencies[i] as string, base, world.pairs.findAny)
    const rate = planRate(plan, false, world.quotes)
    world.ratesToBase[i] = Number.isFinite(rate) ? rate : Number.NaN
  }
}

/** Rate of any currency to base currency now. */
export const rateToBase = (world: World, currency: string, base: string): number =>
  planRate(midPlan(currency, base, world.pairs.findAny), false, world.quotes)

/** Totals, level and state of every account (reference §3.7, §3.8) from the open results and rates of the pass. */
export const valueAccounts = (world: World): void => {
  const u = world.users.columns
  const g = world.groups.columns
  const alive = world.users.alive()
  const digitsOf = world.currencies.map(currencyDigits)
  const rules = Array.from({ length: world.groups.high() }, (_, i) => ({
    marginType: g.marginType[i] as number,
    marginCall: g.marginCall[i] as number,
    marginStopout: g.marginStopout[i] as number,
    stopoutSkipHedged: g.stopoutSkipHedged[i] as number,
    mode: g.marginMode[i] as number,
  }))
  for (let a = 0; a < world.users.high(); a++) {
    if (alive[a] !== 1) continue
    const currency = u.currencyId[a] as number
    const digits = digitsOf[currency] ?? 2
    const scale = scaleOf(digits)
    const balance = u.balance[a] as number
    const credit = u.credit[a] as number
    const margin = u.margin[a] as number
    const floating = (u.floatUnits[a] as number) / scale + 0
    const equity = equityOf(balance, credit, floating, digits)
    const dayPl = dayResult(equity, u.prevEquity[a] as number, (u.moneyUnits[a] as number) / scale, digits)
    const rule = rules[u.groupSlot[a] as number]
    u.floating[a] = floating
    u.equity[a] = equity
    u.dayPl[a] = dayPl
    u.freeMargin[a] = freeMarginOf(rule?.mode ?? 0, balance, credit, floating, margin, digits)
    u.marginLevel[a] = marginLevelOf(rule?.marginType ?? 0, equity, margin)
    u.levelType[a] = rule ? levelTypeOf(rule, equity, margin, u.positions[a] as number) : LevelType.OK
  }
}
