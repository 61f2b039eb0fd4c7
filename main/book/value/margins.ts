import { currencyDigits } from '../../../shared/money/rounding.ts'
import {
  accountMargin,
  type MarginLeg,
  type MarginSymbol,
  oneSidedMargin,
  symbolMargin,
} from '../formulas/margin.ts'
import type { World } from '../world/world.ts'
import { limitAccount } from './limits.ts'

/** What one side of a symbol adds up to; written over again and again. */
type Leg = { -readonly [K in keyof MarginLeg]: MarginLeg[K] }

/** Σ lots, Σ open · lots, Σ rate · lots of both sides of each symbol, for the account being worked on. */
type Sums = {
  readonly touched: number[]
  readonly seen: Uint8Array
  readonly sides: readonly [buy: Float64Array, sell: Float64Array]
  readonly legs: readonly [buy: Leg, sell: Leg]
}

const STRIDE = 3

const createSums = (symbols: number): Sums => ({
  touched: [],
  seen: new Uint8Array(symbols),
  sides: [new Float64Array(symbols * STRIDE), new Float64Array(symbols * STRIDE)],
  legs: [
    { lots: 0, openSum: 0, rateSum: 0 },
    { lots: 0, openSum: 0, rateSum: 0 },
  ],
})

const addLeg = (
  { touched, seen, sides }: Sums,
  symbol: number,
  sell: boolean,
  lots: number,
  open: number,
  rate: number,
): void => {
  if (seen[symbol] === 0) {
    seen[symbol] = 1
    touched.push(symbol)
  }
  const side = sides[sell ? 1 : 0]
  const at = symbol * STRIDE
  side[at] = (side[at] as number) + lots
  side[at + 1] = (side[at + 1] as number) + lots * open
  side[at + 2] = (side[at + 2] as number) + lots * rate
}

const takeLeg = ({ sides, legs }: Sums, which: 0 | 1, symbol: number): Leg => {
  const side = sides[which]
  const leg = legs[which]
  const at = symbol * STRIDE
  leg.lots = side[at] as number
  leg.openSum = side[at + 1] as number
  leg.rateSum = side[at + 2] as number
  side[at] = 0
  side[at + 1] = 0
  side[at + 2] = 0
  return leg
}

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

/** Works out margin and limits of one account; answers how many of its margins could not be computed. */
type MarginOf = (account: number) => number

const createMarginOf = (world: World): MarginOf => {
  const u = world.users.columns
  const { symbol, sell } = world.cells
  const { hedgeLargeLeg } = world.groups.columns
  const { start, count, cell, lots, open, rate } = world.ledger.columns
  const sums = createSums(world.symbols.high())
  const terms: MarginSymbol[] = []
  const digits = world.currencies.map(currencyDigits)
  return (account) => {
    let blank = 0
    const first = start[account] as number
    const last = first + (count[account] as number)
    for (let p = first; p < last; p++) {
      const c = cell[p] as number
      const size = lots[p] as number
      const price = open[p] as number
      if ((symbol[c] as number) < 0) blank++
      else addLeg(sums, symbol[c] as number, sell[c] as boolean, size, price, rate[p] as number)
    }
    const group = u.groupSlot[account] as number
    const largeLeg = group >= 0 && hedgeLargeLeg[group] === 1
    const leverage = u.leverage[account] as number
    let margin = 0
    for (const held of sums.touched) {
      sums.seen[held] = 0
      const facts = (terms[held] ??= marginTerms(world, held))
      const long = takeLeg(sums, 0, held)
      const short = takeLeg(sums, 1, held)
      const divider = marginDivider(world, account, held)
      const one =
        long.lots > 0 && short.lots > 0
          ? symbolMargin(facts, long, short, leverage, divider, largeLeg, world.decisions)
          : oneSidedMargin(facts, long.lots > 0 ? long : short, leverage, divider)
      if (Number.isFinite(one)) margin += one
      else blank++
    }
    sums.touched.length = 0
    u.margin[account] = accountMargin(margin, digits[u.currencyId[account] as number] ?? currencyDigits(''))
    limitAccount(world, account)
    return blank
  }
}

/**
 * Works out margin and limits of the accounts whose positions, funds, leverage or group changed; these do not depend on quotes.
 * A symbol whose margin cannot be computed adds nothing and is counted in `blankMargins`.
 */
export const valueMargins = (world: World): void => {
  if (world.staleAccounts.length === 0) return
  const { marginStale } = world.users.columns
  const alive = world.users.alive()
  const marginOf = createMarginOf(world)
  let blank = 0
  for (const account of world.staleAccounts) {
    marginStale[account] = 0
    if (alive[account] === 1) blank += marginOf(account)
  }
  world.staleAccounts.length = 0
  world.fundsVersion++
  world.blankMargins = blank
}

/** The same for the accounts of slots `from` … `to`−1, of which none has been worked out yet. */
export const valueFirstMargins = (world: World, from: number, to: number): void => {
  if (from >= to) return
  const { count } = world.ledger.columns
  const alive = world.users.alive()
  const marginOf = createMarginOf(world)
  // Who has no positions needs no margin, and there is no limit to meet.
  for (let a = from; a < to; a++)
    if (alive[a] === 1 && (count[a] as number) > 0) world.blankMargins += marginOf(a)
}
