import type { BookChanges, WhatIfSymbol } from '../../../../shared/api/what-if.ts'
import { currencyDigits, roundTo, scaleOf } from '../../../../shared/money/rounding.ts'
import type { Quotes } from '../../formulas/conversion.ts'
import { allCells, type Side, symbolExposures } from '../../views/exposure-sums.ts'
import { Desk } from '../../world/cells.ts'
import type { World } from '../../world/world.ts'
import type { DeskResults } from './desk-results.ts'

const none: DeskResults = [0, 0, 0]

const changesOf = (now: DeskResults, then: DeskResults, scale: number): BookChanges => {
  const by = (desk: Desk): number => (then[desk] - now[desk]) / scale + 0
  const [b, a, coverage] = [by(Desk.B_BOOK), by(Desk.A_BOOK), by(Desk.COVERAGE)]
  return {
    clients: (then[0] + then[1] - now[0] - now[1]) / scale + 0,
    bBook: b,
    aBook: a,
    coverage,
    broker: (then[2] - now[2] - (then[0] - now[0])) / scale + 0,
  }
}

const price = (value: number | undefined): number | null => (value !== undefined && value > 0 ? value : null)
const netLots = ({ buy, sell }: Side): number => roundTo((buy - sell) / 100, 2)

/**
 * One row a symbol that something is open in: how its results change, and what would make the broker flat. The broker
 * is the other side of its B-book and holds its coverage; so it carries coverage − B-book, and must buy the difference.
 */
export const symbolRows = (
  world: World,
  base: string,
  shownAs: readonly number[],
  now: readonly DeskResults[],
  then: readonly DeskResults[],
  shocked: Quotes,
): WhatIfSymbol[] => {
  const scale = scaleOf(currencyDigits(base))
  const c = world.symbols.columns
  const rows: WhatIfSymbol[] = []
  for (const row of symbolExposures(world, base, allCells(world), shownAs)) {
    if (!row) continue
    const index = c.index[row.symbol] as number
    const [b, , coverage] = row.desks
    const [bNetLots, coverageNetLots] = [netLots(b), netLots(coverage)]
    rows.push({
      symbol: c.symbol[row.symbol] as string,
      digits: c.digits[row.symbol] as number,
      bid: price(world.quotes.bid[index]),
      ask: price(world.quotes.ask[index]),
      shockedBid: price(shocked.bid[index]),
      shockedAsk: price(shocked.ask[index]),
      ...changesOf(now[row.symbol] ?? none, then[row.symbol] ?? none, scale),
      bNetLots,
      coverageNetLots,
      hedgeLots: roundTo(bNetLots - coverageNetLots, 2),
    })
  }
  return rows
}

/** All symbols together: sums of units, so the total is the sum of what the rows show. */
export const totalChanges = (
  base: string,
  now: readonly DeskResults[],
  then: readonly DeskResults[],
): BookChanges => {
  const sum = (all: readonly DeskResults[]): DeskResults => {
    const total: DeskResults = [0, 0, 0]
    for (const row of all) if (row) for (const desk of [0, 1, 2] as const) total[desk] += row[desk]
    return total
  }
  return changesOf(sum(now), sum(then), scaleOf(currencyDigits(base)))
}
