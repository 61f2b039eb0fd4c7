import type { AccountExplanation } from '../../../../shared/api/explain.ts'
import { currencyDigits, scaleOf, toUnits } from '../../../../shared/money/rounding.ts'
import { decisions } from '../../formulas/decisions.ts'
import { accountDay, moneyToday } from '../../value/figures.ts'
import { isBlankCell } from '../../world/cells.ts'
import { newestServerTime } from '../../world/links.ts'
import { accountCurrency, type World } from '../../world/world.ts'
import { explainMargins } from './explain-margins.ts'
import { accountFormulas, decided } from './formula-words.ts'
import { explainToBase, missingRate, orNull, readQuote } from './read-rates.ts'
import { recomputeAccount } from './recompute.ts'

/** Positions that are named one by one; the others are one sum. */
const COUNTED = 25

type Counted = AccountExplanation['counted'][number]

/** The positions of an account as they count in its open result, in the order of the ledger. */
const countPositions = (world: World, account: number, scale: number): Counted[] => {
  const { start, count, cell, cells, lots, open, results, trade } = world.ledger.columns
  const s = world.symbols.columns
  const from = start[account] as number
  return Array.from({ length: count[account] as number }, (_, i) => {
    const p = from + i
    const c = cell[p] as number
    const slot = trade[p] as number
    const t = world.trades.at(slot)
    const symbol = world.cells.symbol[c] as number
    const sell = t.cmd[slot] === 1
    const quote = readQuote(world, symbol < 0 ? -1 : (s.index[symbol] as number))
    const storage = t.storage[slot] as number
    return {
      order: t.order[slot] as number,
      symbol: world.pool.text(t.symbol[slot] as number),
      cmd: t.cmd[slot] as number,
      lots: lots[p] as number,
      digits: symbol < 0 ? (t.digits[slot] as number) : (s.digits[symbol] as number),
      openPrice: open[p] as number,
      closePrice: symbol < 0 ? null : sell ? quote.ask : quote.bid,
      closeTime: quote.time,
      profit: isBlankCell(cells, c) ? null : orNull((results[p] as number) / scale + 0),
      costs: toUnits(storage + (t.commission[slot] as number) + (t.taxes[slot] as number), scale) / scale,
    }
  })
}

const size = ({ profit, costs }: Counted): number => Math.abs((profit ?? 0) + costs)

const groupRules = (world: World, group: number) => {
  const g = world.groups.columns
  const of = (column: { readonly [slot: number]: number }): number =>
    group < 0 ? 0 : (column[group] as number)
  return {
    groupKnown: group >= 0,
    freeMarginMode: of(g.marginMode),
    marginType: of(g.marginType),
    marginCall: of(g.marginCall),
    marginStopout: of(g.marginStopout),
    stopoutSkipHedged: of(g.stopoutSkipHedged),
    hedgeLargeLeg: of(g.hedgeLargeLeg),
  }
}

/**
 * How the figures of an account come about on the quotes of the moment; null when it is not there.
 *
 * @param valuedAt UTC ms of the valuation
 */
export const explainAccount = (
  world: World,
  base: string,
  valuedAt: number,
  login: number,
): AccountExplanation | null => {
  const account = world.users.slotOf(login)
  if (account < 0) return null
  const u = world.users.columns
  const currency = accountCurrency(world, account)
  const moneyDigits = currencyDigits(currency)
  const scale = scaleOf(moneyDigits)
  const all = countPositions(world, account, scale)
  const times = all.map(({ closeTime }) => closeTime).filter((time) => time > 0)
  const sorted = all.toSorted((a, b) => size(b) - size(a) || a.order - b.order)
  const rest = sorted.slice(COUNTED)
  const restUnits = rest.reduce(
    (sum, { profit, costs }) => sum + toUnits(profit ?? 0, scale) + toUnits(costs, scale),
    0,
  )
  const rules = groupRules(world, u.groupSlot[account] as number)
  const day = accountDay(world, account)
  const toBase = explainToBase(world, currency, base)
  const margins = explainMargins(world, account)
  const head = {
    kind: 'account' as const,
    serverTime: newestServerTime(world),
    valuedAt,
    base,
    baseDigits: currencyDigits(base),
    currency,
    moneyDigits,
    toBase,
    formulas: [...accountFormulas(rules.freeMarginMode, rules.marginType, rules.hedgeLargeLeg === 1)],
    decisions: decided(
      { ...decisions, ...world.decisions },
      'profitConversion',
      'coveredPrice',
      'marginCallAt',
      'stopOutAt',
      'reversedPairs',
      'dayEnd',
    ),
    login,
    name: u.name.at(account),
    group: world.pool.text(u.group[account] as number),
    ...rules,
    leverage: u.leverage[account] as number,
    balance: u.balance[account] as number,
    credit: u.credit[account] as number,
    prevEquity: u.prevEquity[account] as number,
    dayStart: world.dayStart,
    moneyToday: moneyToday(world, account),
    closedProfit: day.dayRealised,
    closedSwap: day.daySwap,
    closedCommission: day.dayCommission,
    closedAgent: day.dayAgent,
    positions: all.length,
    counted: sorted.slice(0, COUNTED),
    rest: {
      positions: rest.length,
      blank: rest.filter(({ profit }) => profit === null).length,
      sum: restUnits / scale,
    },
    oldestQuote: times.length === 0 ? 0 : Math.min(...times),
    newestQuote: times.length === 0 ? 0 : Math.max(...times),
    margins: margins.symbols,
  }
  const figures = recomputeAccount(head)
  const blankResults = all.filter(({ profit }) => profit === null).length
  const blankMargins = margins.symbols.filter(({ exact }) => exact === null)
  const positions = (n: number): string => (n === 1 ? '1 position' : `${n} positions`)
  const blanks = [
    rules.groupKnown ? null : `group ${head.group} is not in the server’s list`,
    blankResults === 0
      ? null
      : `${positions(blankResults)} cannot be valued (no quote or no conversion) and count with swap, commission and taxes only`,
    margins.unknown === 0
      ? null
      : `${positions(margins.unknown)} of a symbol that is not in the server’s list: no margin`,
    ...blankMargins.map(({ symbol }) => `the margin of ${symbol} is not computable from its settings`),
    figures.marginLevel === null ? 'there is no margin, so there is no margin level in per cent' : null,
    currency === '' ? null : missingRate(toBase),
  ].filter((reason) => reason !== null)
  return { ...head, blanks, figures }
}
