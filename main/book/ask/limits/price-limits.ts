import type { PriceLimit } from '../../../../shared/api/limits.ts'
import { pointOf, roundTo } from '../../../../shared/money/rounding.ts'
import { evaluateCell } from '../../world/cells.ts'
import type { World } from '../../world/world.ts'
import { accountCells, accountUnits, levelAt } from '../account-at.ts'

/**
 * Distances that are looked at, each a constant factor farther. In one price the result goes one way, however it is
 * converted; what turns it are cents of rounding and positions on both sides of the spread.
 */
const GRID = 64
/** The way up ends at so many times the price. */
const FARTHEST = 10
const PRICE_DIGITS = 8

/** One symbol of one account: what its price would do. */
type Probe = {
  readonly account: number
  /** Open result (units) with the price moved by so many points. */
  readonly units: (points: number) => number
  readonly level: (points: number) => number
  readonly at: (points: number) => { bid: number; ask: number }
  readonly mid: number
  readonly point: number
}

/** Null when the symbol has no quote. `values`: a copy of the ledger's cell values, written over. */
export const probeSymbol = (
  world: World,
  account: number,
  symbol: number,
  values: Float64Array,
): Probe | null => {
  const index = world.symbols.columns.index[symbol] as number
  const bid = world.quotes.bid[index] ?? 0
  const ask = world.quotes.ask[index] ?? 0
  if (!(bid > 0 && ask > 0)) return null
  const point = pointOf(world.symbols.columns.digits[symbol] as number)
  const quotes = { bid: world.quotes.bid.slice(), ask: world.quotes.ask.slice() }
  const market = { quotes, ratesToBase: world.ratesToBase }
  const moved = accountCells(world, account).filter(
    (c) =>
      world.cells.symbol[c] === symbol ||
      (world.cells.plan[c]?.some((step) => step.symbol === index) ?? false),
  )
  values.set(world.ledger.columns.cells.subarray(0, values.length))
  const at = (points: number) => ({
    bid: roundTo(bid + points * point, PRICE_DIGITS),
    ask: roundTo(ask + points * point, PRICE_DIGITS),
  })
  const units = (points: number): number => {
    const price = at(points)
    quotes.bid[index] = price.bid
    quotes.ask[index] = price.ask
    for (const cell of moved) evaluateCell(world, market, values, cell)
    return accountUnits(world, account, values)
  }
  return {
    account,
    units,
    level: (points) => levelAt(world, account, units(points)),
    at,
    mid: (bid + ask) / 2,
    point,
  }
}

/** How many points the price can go. */
const reach = ({ at, mid, point }: Probe, sign: 1 | -1): number => {
  if (sign > 0) return Math.floor(((FARTHEST - 1) * mid) / point)
  const { bid, ask } = at(0)
  return Math.max(0, Math.ceil(Math.min(bid, ask) / point) - 1)
}

const gridOf = (farthest: number): number[] => {
  const points = new Set<number>()
  for (let i = 0; i <= GRID; i++) points.add(Math.min(farthest, Math.ceil(farthest ** (i / GRID))))
  return [...points].filter((p) => p >= 1)
}

/**
 * The first price on the way up (`sign` 1) or down (−1) at which the account stands at a level (1 margin call, 2
 * stop-out): one point before it does not. Null when there is none on the way.
 */
export const firstPrice = (probe: Probe, level: number, sign: 1 | -1): PriceLimit | null => {
  let before = 0
  for (const far of gridOf(reach(probe, sign))) {
    if (probe.level(far * sign) < level) {
      before = far
      continue
    }
    let [low, high] = [before, far]
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (probe.level(middle * sign) >= level) high = middle
      else low = middle
    }
    const points = high * sign
    return { ...probe.at(points), points, percent: ((points * probe.point) / probe.mid) * 100 }
  }
  return null
}
