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

/** Of a symbol: Σ lots, Σ open · lots, Σ rate · lots of its buys, then of its sells, and two numbers that nobody uses. */
const STRIDE = 8
const SELL = 3

/** Sums of the account that is being worked on. */
type Sums = {
  readonly legs: Float64Array
  /** The symbols the account holds, and how many these are. */
  readonly held: Int32Array
  holds: number
  readonly isHeld: Uint8Array
  /** Where in `legs` the positions of a cell are added up; −1: its symbol is not known. */
  readonly legOf: Int32Array
}

const createSums = ({ symbols, cells }: World): Sums => {
  const most = symbols.high()
  const legOf = new Int32Array(cells.symbol.length)
  for (let c = 0; c < legOf.length; c++) {
    const symbol = cells.symbol[c] as number
    legOf[c] = symbol < 0 ? -1 : symbol * STRIDE + (cells.sell[c] === true ? SELL : 0)
  }
  return {
    legs: new Float64Array(most * STRIDE),
    held: new Int32Array(most),
    holds: 0,
    isHeld: new Uint8Array(most),
    legOf,
  }
}

const addLeg = (sums: Sums, leg: number, lots: number, open: number, rate: number): void => {
  const { legs, isHeld } = sums
  const symbol = Math.floor(leg / STRIDE)
  if (isHeld[symbol] === 0) {
    isHeld[symbol] = 1
    sums.held[sums.holds++] = symbol
  }
  legs[leg] = (legs[leg] as number) + lots
  legs[leg + 1] = (legs[leg + 1] as number) + lots * open
  legs[leg + 2] = (legs[leg + 2] as number) + lots * rate
}

const takeLeg = ({ legs }: Sums, at: number, leg: Leg): Leg => {
  leg.lots = legs[at] as number
  leg.openSum = legs[at + 1] as number
  leg.rateSum = legs[at + 2] as number
  legs[at] = 0
  legs[at + 1] = 0
  legs[at + 2] = 0
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
  const { hedgeLargeLeg } = world.groups.columns
  const { start, count, cell, lots, open, rate } = world.ledger.columns
  const sums = createSums(world)
  const { held, isHeld, legOf } = sums
  const buys: Leg = { lots: 0, openSum: 0, rateSum: 0 }
  const sells: Leg = { lots: 0, openSum: 0, rateSum: 0 }
  const terms: MarginSymbol[] = []
  const digits = world.currencies.map(currencyDigits)
  return (account) => {
    let blank = 0
    const first = start[account] as number
    const last = first + (count[account] as number)
    for (let p = first; p < last; p++) {
      const leg = legOf[cell[p] as number] as number
      if (leg < 0) blank++
      else addLeg(sums, leg, lots[p] as number, open[p] as number, rate[p] as number)
    }
    const group = u.groupSlot[account] as number
    const largeLeg = group >= 0 && hedgeLargeLeg[group] === 1
    const leverage = u.leverage[account] as number
    let margin = 0
    for (let h = 0; h < sums.holds; h++) {
      const symbol = held[h] as number
      isHeld[symbol] = 0
      const facts = (terms[symbol] ??= marginTerms(world, symbol))
      const long = takeLeg(sums, symbol * STRIDE, buys)
      const short = takeLeg(sums, symbol * STRIDE + SELL, sells)
      const divider = marginDivider(world, account, symbol)
      const one =
        long.lots > 0 && short.lots > 0
          ? symbolMargin(facts, long, short, leverage, divider, largeLeg, world.decisions)
          : oneSidedMargin(facts, long.lots > 0 ? long : short, leverage, divider)
      if (Number.isFinite(one)) margin += one
      else blank++
    }
    sums.holds = 0
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
  let blank = 0
  // Who has no positions needs no margin, and there is no limit to meet.
  for (let a = from; a < to; a++) if (alive[a] === 1 && (count[a] as number) > 0) blank += marginOf(a)
  world.blankMargins += blank
}
