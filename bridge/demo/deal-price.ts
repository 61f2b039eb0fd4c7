import { roundTo } from '../../shared/money/rounding.ts'
import type { Group, SymbolState, World } from './world.ts'

/** Bid and ask for a group: the market's, wider by the group's `spreadDiff` points (§2.6 step 3). */
export const dealPrices = (
  world: Pick<World, 'quotes'>,
  group: Group,
  symbol: SymbolState,
): { bid: number; ask: number } => {
  const bid = world.quotes.bid[symbol.index] as number
  const ask = world.quotes.ask[symbol.index] as number
  const points = group.sec[symbol.row.type]?.spreadDiff ?? 0
  if (points === 0) return { bid, ask }
  const { digits } = symbol.row
  const lower = roundTo(bid - (symbol.point * points) / 2, digits)
  return { bid: lower, ask: roundTo(lower + (ask - bid) + symbol.point * points, digits) }
}
