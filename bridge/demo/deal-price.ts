import { markedUp, type Prices } from '../../main/book/formulas/markup.ts'
import type { Group, SymbolState, World } from './world.ts'

/** Bid and ask as a group sees them: the market's with the group's markup. */
export const dealPrices = (world: Pick<World, 'quotes'>, group: Group, symbol: SymbolState): Prices =>
  markedUp(
    world.quotes.bid[symbol.index] as number,
    world.quotes.ask[symbol.index] as number,
    group.sec[symbol.row.type]?.spreadDiff ?? 0,
    symbol.row.digits,
  )
