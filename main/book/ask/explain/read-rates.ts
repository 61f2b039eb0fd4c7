import type { ExplainedRate } from '../../../../shared/api/explain.ts'
import { type ConversionPlan, midPlan, planRate, stepPrice } from '../../formulas/conversion.ts'
import type { World } from '../../world/world.ts'

/** The answer is JSON, which knows no NaN. */
export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** A price of the board, null where nothing was quoted. */
const quoted = (price: number | undefined): number | null =>
  price !== undefined && price > 0 ? orNull(price) : null

/** Bid, ask and time (server-local ms) of a symbol by its index. */
export const readQuote = (
  world: World,
  index: number,
): { bid: number | null; ask: number | null; time: number } => ({
  bid: quoted(world.quotes.bid[index]),
  ask: quoted(world.quotes.ask[index]),
  time: world.quotes.time[index] ?? 0,
})

const nameOf = (world: World, index: number): string => {
  const { index: indices, symbol } = world.symbols.columns
  for (let s = 0; s < world.symbols.high(); s++)
    if (world.symbols.alive()[s] === 1 && indices[s] === index) return symbol[s] as string
  return ''
}

/** A conversion as it was read on the quotes of the moment. */
export const explainRate = (
  world: World,
  from: string,
  to: string,
  plan: ConversionPlan,
  sell: boolean,
): ExplainedRate => ({
  from,
  to,
  steps:
    plan?.map((step) => ({
      pair: nameOf(world, step.symbol),
      side: step.side === 'direction' ? (sell ? 'ask' : 'bid') : step.side,
      ...readQuote(world, step.symbol),
      price: orNull(stepPrice(step, sell, world.quotes)),
      inverse: step.inverse,
    })) ?? null,
  rate: orNull(planRate(plan, sell, world.quotes)),
})

/** Rate of a deposit currency to base currency at middle prices; an account without a currency has none. */
export const explainToBase = (world: World, currency: string, base: string): ExplainedRate =>
  explainRate(
    world,
    currency,
    base,
    currency === '' ? null : midPlan(currency, base, world.pairs.findAny),
    false,
  )

/** What of a conversion is missing, in words; null when nothing is. */
export const missingRate = ({ from, to, steps, rate }: ExplainedRate): string | null => {
  if (rate !== null) return null
  if (to === '' || from === '') return 'the account’s group is not known, so it has no currency'
  if (steps === null) return `no pairs lead from ${from} to ${to}`
  const silent = steps.filter(({ price }) => price === null).map(({ pair }) => pair)
  return silent.length > 0
    ? `${silent.join(' and ')} ${silent.length > 1 ? 'have' : 'has'} no quote to convert ${from} to ${to}`
    : `the rate from ${from} to ${to} is out of range`
}
