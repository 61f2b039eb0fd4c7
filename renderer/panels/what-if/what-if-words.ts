import type { Shock, WhatIf, WhatIfHit } from '../../../shared/api/what-if.ts'
import { BLANK, formatAmount, formatNumber, formatPercent } from '../../ui/format.ts'

/** "EURUSD −2.00 %": the question in a few words. */
export const shockWords = ({ scope, percent }: Shock, base: string): string => {
  const by = formatPercent(percent / 100, 2, true)
  if (scope.kind === 'symbol') return `${scope.symbol} ${by}`
  return scope.kind === 'currency' ? `${scope.currency} ${by} against all` : `All ${by} against ${base}`
}

/** A mark that is not colour, and the word. */
export const hitWords = (kind: WhatIfHit['kind']): string =>
  kind === 'call' ? '▲ margin call' : '■ stop-out'

/** Margin level of a hit: money for groups whose levels are money, which is where level and equity are one. */
export const levelText = (level: number | null, equity: number, currency: string): string => {
  if (level === null) return BLANK
  return level === equity ? formatAmount(level, currency) : formatPercent(level / 100, 1)
}

/** What to do at coverage: "buy 12.50". Nothing where the broker is flat. */
export const hedgeWords = (lots: number): string =>
  lots === 0 ? 'flat' : `${lots > 0 ? 'buy' : 'sell'} ${formatNumber(Math.abs(lots), 2)}`

/** How many accounts are named of how many, for the foot line. */
export const hitCount = ({ hits, met }: WhatIf): string => {
  const all = met.calls + met.stopOuts
  return hits.length < all
    ? `first ${formatNumber(hits.length)} of ${formatNumber(all)} hits`
    : `${formatNumber(hits.length)} ${hits.length === 1 ? 'hit' : 'hits'}`
}
