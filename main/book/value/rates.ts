import { midPlan, planRate, type Quotes } from '../formulas/conversion.ts'
import type { World } from '../world/world.ts'

/** Rate of any currency to base currency now, at middle prices; NaN without a path or quote. */
export const rateToBase = (
  world: Pick<World, 'pairs'> & { readonly quotes: Quotes },
  currency: string,
  base: string,
): number => {
  const rate = planRate(midPlan(currency, base, world.pairs.findAny), false, world.quotes)
  return Number.isFinite(rate) ? rate : Number.NaN
}

/** Rates of all deposit currencies to base currency. */
export const valueCurrencies = (world: World, base: string): void => {
  for (let i = 0; i < world.currencies.length; i++)
    world.ratesToBase[i] = rateToBase(world, world.currencies[i] as string, base)
}
