import type { Shock, ShockScope } from '../../../../shared/api/what-if.ts'
import { roundTo } from '../../../../shared/money/rounding.ts'
import { ProfitMode } from '../../../../shared/mt4/enums.ts'
import { type Quotes, splitPair } from '../../formulas/conversion.ts'
import { mergedSymbols } from '../../world/merged-symbols.ts'
import type { Synonyms } from '../../world/synonyms.ts'
import type { World } from '../../world/world.ts'

/** A symbol that moves: by index, its price multiplied by 1 + x or, where what moves is the quote currency, divided. */
export type Mover = { readonly index: number; readonly digits: number; readonly inverse: boolean }

/** Prices carry up to so many decimals; taking a step away leaves no binary noise behind. */
const PRICE_DIGITS = 8

/** +1 the price rises with x, −1 it falls, 0 it stays. */
const sideOf = (
  s: { symbol: string; profitMode: number },
  scope: Exclude<ShockScope, { kind: 'symbol' }>,
  base: string,
): number => {
  if (s.profitMode !== ProfitMode.FOREX) return scope.kind === 'all' ? 1 : 0
  const { base: first, quote } = splitPair(s.symbol)
  if (first === quote) return 0
  // All against the base currency: pairs without it keep their price.
  if (scope.kind === 'all') return quote === base ? 1 : first === base ? -1 : 0
  return first === scope.currency ? 1 : quote === scope.currency ? -1 : 0
}

/** The symbols that a shock moves; null when its symbol or currency is not there. */
export const planShock = (
  world: World,
  base: string,
  { scope }: Pick<Shock, 'scope'>,
  synonyms: Synonyms = {},
): readonly Mover[] | null => {
  const c = world.symbols.columns
  const wanted = scope.kind === 'symbol' ? world.symbols.slotOf(scope.symbol) : -1
  if (scope.kind === 'symbol' && wanted < 0) return null
  const shownAs = scope.kind === 'symbol' ? mergedSymbols(world, synonyms) : []
  const movers: Mover[] = []
  for (let s = 0; s < world.symbols.high(); s++) {
    if (world.symbols.alive()[s] !== 1) continue
    const facts = { symbol: c.symbol[s] as string, profitMode: c.profitMode[s] as number }
    const side = scope.kind === 'symbol' ? Number(shownAs[s] === shownAs[wanted]) : sideOf(facts, scope, base)
    if (side !== 0)
      movers.push({ index: c.index[s] as number, digits: c.digits[s] as number, inverse: side < 0 })
  }
  return movers.length === 0 && scope.kind === 'currency' ? null : movers
}

/** A board of quotes on its way: after each move it is another. */
type MovingQuotes = {
  /** Moves the board to a part (0…1) of the whole way and answers it. */
  readonly to: (part: number) => Quotes
}

/**
 * A copy of a board that moves by parts of `percent`. The middle price moves; the step is rounded to the symbol's digits
 * and taken by bid and ask alike, so the spread stays. What has no quote gets none; a price that would not be above
 * zero is none.
 */
export const moveQuotes = (from: Quotes, movers: readonly Mover[], percent: number): MovingQuotes => {
  const quotes = { bid: new Float64Array(from.bid), ask: new Float64Array(from.ask) }
  return {
    to: (part) => {
      const factor = 1 + (percent / 100) * part
      for (const { index, digits, inverse } of movers) {
        const [bid, ask] = [from.bid[index] ?? 0, from.ask[index] ?? 0]
        if (!(bid > 0 && ask > 0)) continue
        const mid = (bid + ask) / 2
        const step = roundTo((inverse ? mid / factor : mid * factor) - mid, digits)
        const moves = step !== 0 && Number.isFinite(step)
        quotes.bid[index] = moves ? Math.max(0, roundTo(bid + step, PRICE_DIGITS)) : bid
        quotes.ask[index] = moves ? Math.max(0, roundTo(ask + step, PRICE_DIGITS)) : ask
      }
      return quotes
    },
  }
}
