import type { AccountExplanation, AccountFigure } from '../../../shared/api/explain.ts'
import { cmdName, FreeMarginMode, MarginType } from '../../../shared/mt4/enums.ts'
import { BLANK, formatAmount, formatNumber, formatPercent, formatPrice } from '../../ui/format.ts'
import { levelWords } from '../accounts/margin-level.ts'
import { amount, dated, fact, gain, type Line, rateLines, rateText } from './line.ts'

/** Positions that are written one by one; the others are one line. */
const SHOWN = 8

const many = (n: number, word: string): string => `${formatNumber(n)} ${word}${n === 1 ? '' : 's'}`

const positionLine = (e: AccountExplanation, p: AccountExplanation['counted'][number]): Line =>
  gain(
    `${cmdName(p.cmd)} ${formatNumber(p.lots, 2)} ${p.symbol}`,
    p.profit === null
      ? 'no quote or conversion: costs only'
      : `${formatPrice(p.openPrice, p.digits)} → ${formatPrice(p.closePrice ?? Number.NaN, p.digits)}, costs ${formatNumber(p.costs, e.moneyDigits, true)}`,
    (p.profit ?? 0) + p.costs,
    e.currency,
  )

const floatingLines = (e: AccountExplanation): Line[] => {
  const shown = e.counted.slice(0, SHOWN)
  const others = e.counted.slice(SHOWN)
  const rest = others.reduce((sum, { profit, costs }) => sum + (profit ?? 0) + costs, e.rest.sum)
  const count = others.length + e.rest.positions
  return [
    ...shown.map((p) => dated(positionLine(e, p), String(p.order), p.closeTime)),
    ...(count === 0 ? [] : [gain('Others', many(count, 'position'), rest, e.currency)]),
    gain(`Floating ${e.currency}`, many(e.positions, 'position'), e.figures.floating, e.currency, 'sum'),
  ]
}

const equityLines = (e: AccountExplanation): Line[] => [
  amount('Balance', '', e.balance, e.currency),
  amount('Credit', '', e.credit, e.currency),
  gain('Floating', many(e.positions, 'position'), e.figures.floating, e.currency),
  amount(`Equity ${e.currency}`, '', e.figures.equity, e.currency, 'sum'),
]

const marginLines = (e: AccountExplanation): Line[] => [
  ...e.margins.map((m) => {
    const divider =
      m.divider === 1
        ? ''
        : ` · divider ${rateText(m.divider)}${m.dividerOf === 'group' ? ' of the group' : ''}`
    const covered = m.covered > 0 ? ` · covered ${formatNumber(m.covered, 2)}` : ''
    return fact(
      m.symbol,
      `buy ${formatNumber(m.buy.lots, 2)} · sell ${formatNumber(m.sell.lots, 2)} lots${covered}${divider}`,
      formatNumber(m.exact ?? Number.NaN, e.moneyDigits + 2),
    )
  }),
  fact('Leverage', e.hedgeLargeLeg === 1 ? 'the larger leg pays' : '', `1:${e.leverage}`),
  amount(`Margin ${e.currency}`, '', e.figures.margin, e.currency, 'sum'),
]

const countedWords: Readonly<Record<number, string>> = {
  [FreeMarginMode.DONT_USE]: 'the group counts none of it',
  [FreeMarginMode.USE_ALL]: 'the group counts all of it',
  [FreeMarginMode.USE_PROFIT]: 'the group counts gains only',
  [FreeMarginMode.USE_LOSS]: 'the group counts losses only',
}

const freeMarginLines = (e: AccountExplanation): Line[] => [
  amount('Balance', '', e.balance, e.currency),
  amount('Credit', '', e.credit, e.currency),
  gain('Floating', countedWords[e.freeMarginMode] ?? '', e.figures.floating, e.currency),
  gain('Margin', 'bound by open positions', e.figures.margin === null ? null : -e.figures.margin, e.currency),
  amount(`Free margin ${e.currency}`, '', e.figures.freeMargin, e.currency, 'sum'),
]

const levelLines = (e: AccountExplanation): Line[] => {
  const inMoney = e.marginType === MarginType.CURRENCY
  const level = (value: number | null): string =>
    value === null ? BLANK : inMoney ? formatAmount(value, e.currency) : formatPercent(value / 100, 2)
  const state = levelWords(e.figures.levelType)
  return [
    amount('Equity', 'balance + credit + floating', e.figures.equity, e.currency),
    amount('Margin', '', e.figures.margin, e.currency),
    {
      ...fact('Margin level', inMoney ? 'equity, in money' : 'equity / margin', level(e.figures.marginLevel)),
      kind: 'step',
    },
    fact('Margin call', 'at or below', level(e.marginCall)),
    fact('Stop-out', 'below', level(e.marginStopout)),
    { ...fact('State', e.group, state ? `${state.mark} ${state.words}` : 'no call'), kind: 'sum' },
  ]
}

const dayLines = (e: AccountExplanation): Line[] => [
  amount('Equity', 'now', e.figures.equity, e.currency),
  gain('Equity', 'at the start of the server’s day', -e.prevEquity, e.currency),
  gain('Money moved', 'deposits, withdrawals, credit today', -e.moneyToday, e.currency),
  gain(`Day P&L ${e.currency}`, '', e.figures.dayPl, e.currency, 'sum'),
  gain('Realised', 'price results of trades closed today', e.figures.dayRealised, e.currency, 'fact'),
  gain('Swap', 'of these', e.figures.daySwap, e.currency, 'fact'),
  gain('Commission', 'of these, with taxes', e.figures.dayCommission, e.currency, 'fact'),
  gain('Unrealised', 'what is left: change of the open result', e.figures.dayUnrealised, e.currency, 'fact'),
  gain('Agent', 'earned by the agent, not the client’s', e.figures.dayAgent, e.currency, 'fact'),
]

const baseLines = (
  e: AccountExplanation,
  own: Line[],
  name: string,
  value: number | null,
  signed: boolean,
): Line[] =>
  e.base === e.currency
    ? own
    : [
        ...own,
        ...rateLines(e.toBase, 'Rate to base'),
        (signed ? gain : amount)(`${name} ${e.base}`, '', value, e.base, 'sum'),
      ]

/** The calculation behind an account's figure, line by line. */
export const accountLines = (e: AccountExplanation, figure: AccountFigure): readonly Line[] => {
  switch (figure) {
    case 'floating':
      return floatingLines(e)
    case 'floatingBase':
      return baseLines(e, floatingLines(e), 'Floating', e.figures.floatingBase, true)
    case 'equity':
      return equityLines(e)
    case 'equityBase':
      return baseLines(e, equityLines(e), 'Equity', e.figures.equityBase, false)
    case 'margin':
      return marginLines(e)
    case 'freeMargin':
      return freeMarginLines(e)
    case 'marginLevel':
    case 'levelType':
      return levelLines(e)
    case 'dayPlBase':
      return baseLines(e, dayLines(e), 'Day P&L', e.figures.dayPlBase, true)
    default:
      return dayLines(e)
  }
}
