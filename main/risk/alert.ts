import type { Alert, BreachFigures, PlRule } from '../../shared/api/models.ts'
import { currencyDigits, roundTo } from '../../shared/money/rounding.ts'
import type { AccountFacts, Marks } from '../book/types.ts'
import type { Breach, Side } from './pl-rule.ts'

/**
 * The id of an alert says everything that makes it one: a rule, an account, a side, and since when that side had been
 * armed (UTC ms; 0 = never fired before). Whoever raises it again gets the same id.
 */
export const alertId = (ruleId: string, login: number, side: Side, armedSince: number): string =>
  `${ruleId}:${login}:${side}:${armedSince}`

/** A breach with the figures of its valuation, taken out of the columns at once: the next marks replace them. */
export type CaughtBreach = {
  readonly rule: PlRule
  readonly breach: Breach
  readonly figures: Omit<BreachFigures, 'currency' | 'base'>
}

export const catchBreach = (rule: PlRule, breach: Breach, marks: Marks): CaughtBreach => {
  const { columns } = marks.data
  const at = (column: ArrayLike<number>): number => column[breach.row] as number
  const level = at(columns.marginLevel)
  return {
    rule,
    breach,
    figures: {
      value: breach.value,
      valueBase: breach.valueBase,
      share: breach.funds > 0 ? breach.value / breach.funds : null,
      funds: breach.funds,
      balance: at(columns.balance),
      credit: at(columns.credit),
      equity: at(columns.equity),
      floating: at(columns.floating),
      dayPl: at(columns.dayPl),
      margin: at(columns.margin),
      marginLevel: Number.isFinite(level) ? level : null,
      positions: at(columns.positions),
      at: marks.valuedAt,
      serverTime: marks.serverTime,
    },
  }
}

/**
 * The alert for a breach. Money is rounded to the cents of its currency (half away from zero). A figure the
 * breach does not rest on and that could not be computed, such as the margin without a conversion rate, is stored as 0;
 * the margin level is then null.
 */
export const alertOf = (
  caught: CaughtBreach,
  armedSince: number,
  facts: AccountFacts,
  base: string,
  raisedAt: number,
): Alert => {
  const { rule, breach, figures } = caught
  const money = (value: number, currency = facts.currency): number =>
    Number.isFinite(value) ? roundTo(value, currencyDigits(currency)) : 0
  return {
    id: alertId(rule.id, breach.login, breach.side, armedSince),
    ruleId: rule.id,
    ruleName: rule.name,
    severity: rule.severity,
    measure: rule.measure,
    side: breach.side,
    limitKind: breach.limitKind,
    limit: breach.limit,
    login: breach.login,
    name: facts.user.name.slice(0, 200),
    group: facts.user.group.slice(0, 15),
    country: facts.user.country.slice(0, 64),
    figures: {
      ...figures,
      currency: facts.currency,
      base,
      value: money(figures.value),
      valueBase: money(figures.valueBase, base),
      funds: money(figures.funds),
      balance: money(figures.balance),
      credit: money(figures.credit),
      equity: money(figures.equity),
      floating: money(figures.floating),
      dayPl: money(figures.dayPl),
      margin: money(figures.margin),
    },
    state: 'new',
    raisedAt,
    seenAt: null,
    seenBy: null,
    calls: [],
    outcome: null,
    note: '',
    callBackAt: null,
    closedAt: null,
    closedBy: null,
  }
}
