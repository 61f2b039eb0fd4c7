import type { MarginSymbol } from '../formulas/margin.ts'
import type { World } from '../world/world.ts'

/** Terms of a symbol's margin. */
export const marginTerms = (world: World, symbol: number): MarginSymbol => {
  const c = world.symbols.columns
  return {
    marginMode: c.marginMode[symbol] as number,
    contractSize: c.contractSize[symbol] as number,
    tickSize: c.tickSize[symbol] as number,
    tickValue: c.tickValue[symbol] as number,
    marginInitial: c.marginInitial[symbol] as number,
    marginMaintenance: c.marginMaintenance[symbol] as number,
    marginHedged: c.marginHedged[symbol] as number,
  }
}

/** Divider of a symbol for an account: the group's own where it has one. */
export const marginDivider = (world: World, account: number, symbol: number): number =>
  world.dividers[world.users.columns.groupSlot[account] as number]?.get(symbol) ??
  (world.symbols.columns.marginDivider[symbol] as number)
