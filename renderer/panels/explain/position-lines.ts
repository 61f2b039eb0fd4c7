import type { PositionExplanation } from '../../../shared/api/explain.ts'
import { cmdName, isMarketCmd, ProfitMode } from '../../../shared/mt4/enums.ts'
import { formatMoney, formatNumber, formatPrice } from '../../ui/format.ts'
import { amount, fact, gain, type Line, rateLines, rateText } from './line.ts'

export type PositionFigure = 'total' | 'profit' | 'totalBase' | 'margin'

const marginLines = (e: PositionExplanation): Line[] => [
  fact('Volume', `${formatNumber(e.lots, 2)} lots × ${formatNumber(e.terms.contractSize)}`, ''),
  fact('Open price', '', formatPrice(e.openPrice, e.digits)),
  fact('Leverage', '', `1:${e.leverage}`),
  fact('Divider', 'margin divider', rateText(e.divider)),
  fact('Margin rate', 'fixed when it was opened', rateText(e.marginRate)),
  amount(`Margin ${e.currency}`, 'alone, without cover', e.figures.margin, e.currency, 'sum'),
]

const profitLines = (e: PositionExplanation): Line[] => {
  const { currency } = e
  const future = e.profitMode === ProfitMode.FUTURES
  const size = future
    ? `${rateText(e.terms.tickValue)} / ${rateText(e.terms.tickSize)}`
    : formatNumber(e.terms.contractSize)
  const volume = `${formatNumber(e.lots, 2)} lots × ${size}`
  const leg = (
    label: string,
    price: number | null,
    { exact, rounded }: PositionExplanation['openLeg'],
  ): Line =>
    fact(
      label,
      `${formatPrice(price ?? Number.NaN, e.digits)} × ${volume} × rate${rounded === null ? '' : `, from ${formatNumber(exact ?? Number.NaN, e.moneyDigits + 4)}`}`,
      rounded === null
        ? formatNumber(exact ?? Number.NaN, e.moneyDigits + 4)
        : formatMoney(rounded, currency),
    )
  return [
    fact('Open price', isMarketCmd(e.cmd) ? cmdName(e.cmd) : '', formatPrice(e.openPrice, e.digits)),
    fact('Close price', e.closeSide, formatPrice(e.closePrice ?? Number.NaN, e.digits), e.closeTime),
    ...rateLines(e.conversion, 'Rate'),
    leg('Close value', e.closePrice, e.closeLeg),
    leg('Open value', e.openPrice, e.openLeg),
    gain(
      'Profit',
      `${e.cmd % 2 === 0 ? 'close − open' : 'open − close'}${e.profitMode === ProfitMode.FOREX ? '' : ', rounded once'}`,
      e.figures.profit,
      currency,
    ),
  ]
}

/**
 * The calculation behind a position's figure, line by line, in the order a person would do it. Legs and results are
 * in the account's currency.
 */
export const positionLines = (e: PositionExplanation, figure: PositionFigure = 'total'): readonly Line[] => {
  if (figure === 'margin') return marginLines(e)
  const total = [
    gain('Swap', '', e.storage, e.currency),
    gain('Commission', '', e.commission, e.currency),
    ...(e.taxes === 0 ? [] : [gain('Taxes', '', e.taxes, e.currency)]),
    gain(`Total ${e.currency}`, '', e.figures.total, e.currency, 'sum'),
  ]
  if (figure !== 'totalBase' || e.base === e.currency) return [...profitLines(e), ...total]
  return [
    ...profitLines(e),
    ...total,
    ...rateLines(e.toBase, 'Rate to base'),
    gain(`Total ${e.base}`, '', e.figures.totalBase, e.base, 'sum'),
  ]
}
