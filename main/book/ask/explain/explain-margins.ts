import type { ExplainedMargin } from '../../../../shared/api/explain.ts'
import { symbolMargin } from '../../formulas/margin.ts'
import { marginDivider, marginTerms } from '../../value/margin-terms.ts'
import type { World } from '../../world/world.ts'
import { orNull } from './read-rates.ts'

type Leg = { lots: number; openSum: number; rateSum: number }

const noLeg = (): Leg => ({ lots: 0, openSum: 0, rateSum: 0 })

/**
 * Margin of an account symbol by symbol, in the order and with the sums that the valuation uses, so that it adds up to
 * the same last bit. `unknown`: positions of symbols that are not in the list.
 */
export const explainMargins = (
  world: World,
  account: number,
): { symbols: ExplainedMargin[]; unknown: number } => {
  const { start, count, cell, lots, open, trade } = world.ledger.columns
  const legs = new Map<number, { buy: Leg; sell: Leg }>()
  let unknown = 0
  const first = start[account] as number
  for (let p = first; p < first + (count[account] as number); p++) {
    const c = cell[p] as number
    const symbol = world.cells.symbol[c] as number
    if (symbol < 0) {
      unknown++
      continue
    }
    const held = legs.get(symbol) ?? { buy: noLeg(), sell: noLeg() }
    legs.set(symbol, held)
    const leg = world.cells.sell[c] ? held.sell : held.buy
    const size = lots[p] as number
    leg.lots += size
    leg.openSum += size * (open[p] as number)
    const slot = trade[p] as number
    leg.rateSum += size * (world.trades.at(slot).marginRate[slot] as number)
  }
  const group = world.users.columns.groupSlot[account] as number
  const leverage = world.users.columns.leverage[account] as number
  const largeLeg = group >= 0 && world.groups.columns.hedgeLargeLeg[group] === 1
  const symbols = [...legs].map(([symbol, { buy, sell }]) => {
    const terms = marginTerms(world, symbol)
    const divider = marginDivider(world, account, symbol)
    return {
      symbol: world.symbols.columns.symbol[symbol] as string,
      terms,
      divider,
      dividerOf: world.dividers[group]?.has(symbol) ? ('group' as const) : ('symbol' as const),
      buy,
      sell,
      covered: buy.lots + sell.lots - Math.abs(buy.lots - sell.lots),
      exact: orNull(symbolMargin(terms, buy, sell, leverage, divider, largeLeg, world.decisions)),
    }
  })
  return { symbols, unknown }
}
