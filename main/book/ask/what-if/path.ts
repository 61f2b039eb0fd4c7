import type { Quotes } from '../../formulas/conversion.ts'
import type { World } from '../../world/world.ts'
import { accountOn, levelAt } from '../account-at.ts'
import type { Scratch } from './scratch.ts'

/**
 * Who meets a margin call or a stop-out on the way, and where first. The path is walked at `GRID` points, all accounts
 * at each; whoever comes into a worse state between two points is looked for by halving. A state that comes and goes
 * between two neighbouring points of the grid is not seen.
 */

/** The path in equal steps; where something is met is told to one of them. */
export const PATH_STEPS = 2 ** 20
const GRID = 16
/**
 * So many are looked for one by one; more are first parted by valuing all once more, which costs as much as this many
 * searches.
 */
const fewOf = (positions: number): number => Math.max(64, Math.floor(positions / 5000))

/** An account (slot) that reaches a level (1 margin call, 2 stop-out) at a step of the path, and not a step before. */
export type Met = { readonly account: number; readonly level: 1 | 2; readonly step: number }

/** Accounts that reach a level somewhere in (from, to]. */
type Interval = { readonly from: number; readonly to: number; readonly found: Omit<Met, 'step'>[] }

/** Walks the grid; `levels` is the state of every account now. Ends valued at the end of the path. */
const walk = (
  world: World,
  scratch: Scratch,
  levels: ArrayLike<number>,
  quotesAt: (step: number) => Quotes,
): Interval[] => {
  const reached = Uint8Array.from(levels)
  const alive = world.users.alive()
  const intervals: Interval[] = []
  for (let i = 1; i <= GRID; i++) {
    const [from, to] = [((i - 1) * PATH_STEPS) / GRID, (i * PATH_STEPS) / GRID]
    scratch.value(quotesAt(to))
    const found: Interval['found'] = []
    for (let a = 0; a < reached.length; a++) {
      const level = scratch.levels[a] as number
      if (level <= (reached[a] as number) || alive[a] !== 1) continue
      for (let l = (reached[a] as number) + 1; l <= level; l++) found.push({ account: a, level: l as 1 | 2 })
      reached[a] = level
    }
    intervals.push({ from, to, found })
  }
  return intervals
}

/** Halves until the step is found at which the account first stands at the level. */
const findStep = (
  world: World,
  { account, level }: Omit<Met, 'step'>,
  from: number,
  to: number,
  quotesAt: (step: number) => Quotes,
  values: Float64Array,
): number => {
  const unitsOn = accountOn(world, account, values)
  let [low, high] = [from, to]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (levelAt(world, account, unitsOn(quotesAt(middle))) >= level) high = middle
    else low = middle
  }
  return high
}

/**
 * The first `limit` of those who are met, in order of the path, then by login, a margin call before a stop-out; and how many
 * there are of each. An account that meets both at one step is a stop-out only.
 *
 * @param quotesAt the board at a step of the path; good until it is asked for another
 */
export const meet = (
  world: World,
  scratch: Scratch,
  levels: ArrayLike<number>,
  quotesAt: (step: number) => Quotes,
  limit: number,
): { met: Met[]; calls: number; stopOuts: number } => {
  const intervals = walk(world, scratch, levels, quotesAt)
  const values = world.ledger.columns.cells.slice()
  const few = fewOf(world.positions)
  const met: Met[] = []
  const search = ({ from, to, found }: Interval): void => {
    if (found.length === 0 || met.length >= limit * 2) return
    if (found.length <= few || to - from <= 1) {
      for (const one of found) met.push({ ...one, step: findStep(world, one, from, to, quotesAt, values) })
      return
    }
    const middle = (from + to) >> 1
    scratch.value(quotesAt(middle))
    const before: Interval['found'] = []
    const after: Interval['found'] = []
    for (const one of found) ((scratch.levels[one.account] as number) >= one.level ? before : after).push(one)
    search({ from, to: middle, found: before })
    search({ from: middle, to, found: after })
  }
  for (const interval of intervals) search(interval)
  const { login } = world.users.columns
  const stops = new Set(met.filter((m) => m.level === 2).map((m) => `${m.account} ${m.step}`))
  const all = intervals.flatMap(({ found }) => found)
  return {
    met: met
      .filter((m) => m.level === 2 || !stops.has(`${m.account} ${m.step}`))
      .sort(
        (a, b) =>
          a.step - b.step || (login[a.account] as number) - (login[b.account] as number) || a.level - b.level,
      )
      .slice(0, limit),
    calls: all.filter(({ level }) => level === 1).length,
    stopOuts: all.filter(({ level }) => level === 2).length,
  }
}
