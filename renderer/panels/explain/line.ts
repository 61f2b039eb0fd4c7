import type { ExplainedRate } from '../../../shared/api/explain.ts'
import { BLANK, formatGain, formatMoney } from '../../ui/format.ts'

/** One line of a calculation: what, from what, and what comes out. `sum` closes a column with a rule above. */
export type Line = {
  /** Tells lines apart; labels may come twice. */
  readonly id: string
  readonly label: string
  readonly from: string
  readonly result: string
  readonly kind: 'fact' | 'step' | 'sum'
  /** Sign of the result, for its colour; 0 where it is neither gain nor loss. */
  readonly sign: number
  /** Server-local ms at which the price was quoted; 0 where the line is no price. */
  readonly quotedAt: number
}

export const fact = (label: string, from: string, result: string, quotedAt = 0): Line => ({
  id: `${label} ${from}`,
  label,
  from,
  result,
  kind: 'fact',
  sign: 0,
  quotedAt,
})

const orNaN = (value: number | null): number => value ?? Number.NaN

/** The same line as that of a thing with an id of its own, at a price of some time. */
export const dated = (line: Line, id: string, quotedAt: number): Line => ({ ...line, id, quotedAt })

/** An amount in a currency that is neither gain nor loss. */
export const amount = (
  label: string,
  from: string,
  value: number | null,
  currency: string,
  kind: Line['kind'] = 'fact',
): Line => ({ ...fact(label, from, formatMoney(orNaN(value), currency)), kind })

/** A gain or loss. */
export const gain = (
  label: string,
  from: string,
  value: number | null,
  currency: string,
  kind: Line['kind'] = 'step',
): Line => ({
  ...fact(label, from, formatGain(orNaN(value), currency)),
  kind,
  sign: Math.sign(value ?? 0),
})

/** Nine digits, as long as a rate needs to be read; a dash where there is none. */
export const rateText = (rate: number | null): string =>
  rate === null ? BLANK : String(Number(rate.toPrecision(9)))

/** The pairs of a conversion, each with its side and time, and the rate that comes out. */
export const rateLines = (rate: ExplainedRate, name: string): Line[] => {
  if (rate.from === rate.to && rate.from !== '')
    return [fact(name, `${rate.from} is the currency already`, '1')]
  const path = `${rate.from || '?'} → ${rate.to || '?'}`
  if (rate.steps === null) return [fact(name, path, BLANK)]
  const steps = rate.steps.map(({ pair, side, price, inverse, time }) =>
    dated(fact(pair, inverse ? `1 / ${side}` : side, rateText(price)), `${name} ${pair}`, time),
  )
  return [...steps, fact(name, path, rateText(rate.rate))]
}
