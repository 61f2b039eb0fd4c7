import type { Explanation } from '../../../shared/api/models.ts'
import { cmdName, isMarketCmd } from '../../../shared/mt4/enums.ts'
import { formatGain, formatMoney, formatNumber, formatPrice } from '../../ui/format.ts'

/** One line of the calculation: what, from what, and what comes out. `sum` closes a column with a rule above. */
export type Line = {
  readonly label: string
  readonly from: string
  readonly result: string
  readonly kind: 'fact' | 'step' | 'sum'
  /** Sign of the result, for its colour; 0 where it is neither gain nor loss. */
  readonly sign: number
}

const fact = (label: string, from: string, result: string): Line => ({
  label,
  from,
  result,
  kind: 'fact',
  sign: 0,
})

const rateText = (rate: number): string => (Number.isFinite(rate) ? String(Number(rate.toPrecision(9))) : '–')

const conversionLines = (e: Explanation): Line[] => {
  if (e.profitCurrency === e.depositCurrency)
    return [fact('Conversion', `${e.profitCurrency} is the account’s own currency`, '1')]
  const steps = e.conversion.map(({ pair, side, rate, inverse }) =>
    fact(pair, inverse ? `1 / ${side}` : side, rateText(rate)),
  )
  return [...steps, fact('Rate', `${e.profitCurrency} → ${e.depositCurrency}`, rateText(e.conversionRate))]
}

/**
 * The calculation behind a position's figure, line by line, in the order a person would do it. Legs and results are
 * in the account's currency.
 */
export const explanationLines = (e: Explanation): readonly Line[] => {
  const currency = e.depositCurrency
  const volume = `${formatNumber(e.lots, 2)} lots × ${formatNumber(e.contractSize)}`
  const leg = (price: number): string => `${formatPrice(price, e.digits)} × ${volume} × rate`
  const gain = (label: string, from: string, value: number, kind: Line['kind']): Line => ({
    label,
    from,
    result: formatGain(value, currency),
    kind,
    sign: Math.sign(value) || 0,
  })
  const buy = e.cmd % 2 === 0
  return [
    fact('Open price', isMarketCmd(e.cmd) ? cmdName(e.cmd) : '', formatPrice(e.openPrice, e.digits)),
    fact('Close price', `${e.closeSide} now`, formatPrice(e.closePrice, e.digits)),
    ...conversionLines(e),
    fact('Close value', leg(e.closePrice), formatMoney(e.closeLeg, currency)),
    fact('Open value', leg(e.openPrice), formatMoney(e.openLeg, currency)),
    gain('Profit', buy ? 'close − open' : 'open − close', e.profit, 'step'),
    gain('Swap', '', e.storage, 'step'),
    gain('Commission', '', e.commission, 'step'),
    ...(e.taxes === 0 ? [] : [gain('Taxes', '', e.taxes, 'step')]),
    gain(`Total ${currency}`, '', e.total, 'sum'),
  ]
}
