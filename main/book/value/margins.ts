import { toUnits } from '../../../shared/money/rounding.ts'
import { orOne } from '../formulas/margin.ts'
import { packedBothSides, packedDivider, packedOneSide, SHIFT, STRIDE } from '../formulas/packed-margin.ts'
import { currencyScales } from '../world/currency-scales.ts'
import type { World } from '../world/world.ts'
import { limitAccounts } from './limits.ts'
import { addUp, BOTH, type MarginSheet, sheetOf } from './margin-sheet.ts'

/**
 * Adds the margins of the first `lines` lines to those of their accounts, in deposit currency and unrounded; answers how
 * many cannot be computed and add nothing.
 */
const addMargins = (world: World, { terms, sums, owner, legsOf }: MarginSheet, lines: number): number => {
  const { groupSlot, leverage, margin } = world.users.columns
  const { hedgeLargeLeg } = world.groups.columns
  const { dividers } = world
  const hasOwn = dividers.length > 0
  const meanOfLegs = world.decisions.coveredPrice === 'mean-of-legs'
  let blank = 0
  for (let line = 0; line < lines; line++) {
    const account = owner[line] as number
    const legs = legsOf[line] as number
    const at = legs & -STRIDE
    const group = groupSlot[account] as number
    const own = hasOwn && group >= 0 ? dividers[group]?.get(at >> SHIFT) : undefined
    const divider = own ?? packedDivider(terms, at)
    const lever = orOne(leverage[account] as number)
    const sum = line << SHIFT
    const one =
      (legs & BOTH) !== 0
        ? packedBothSides(
            terms,
            at,
            sums,
            sum,
            lever,
            divider,
            group >= 0 && hedgeLargeLeg[group] === 1,
            meanOfLegs,
          )
        : packedOneSide(terms, at, sums, sum, lever, divider)
    if (Number.isFinite(one)) margin[account] = (margin[account] as number) + one
    else blank++
  }
  return blank
}

/** The one rounding at the end, as `accountMargin`. */
const roundMargins = (world: World, accounts: Int32Array, n: number): void => {
  const { currencyId, margin } = world.users.columns
  const scales = currencyScales(world.currencies)
  for (let i = 0; i < n; i++) {
    const account = accounts[i] as number
    const scale = scales[(currencyId[account] as number) + 1] as number
    margin[account] = toUnits(margin[account] as number, scale) / scale
  }
}

/** Works out margin and limits of the first `n` of these accounts; answers how many margins could not be computed. */
const workOut = (world: World, accounts: Int32Array, n: number): number => {
  const sheet = sheetOf(world)
  const { margin } = world.users.columns
  for (let i = 0; i < n; i++) margin[accounts[i] as number] = 0
  const progress = { next: 0, lines: 0, unknown: 0 }
  let blank = 0
  while (progress.next < n) {
    addUp(world, sheet, accounts, n, progress)
    blank += progress.unknown + addMargins(world, sheet, progress.lines)
  }
  roundMargins(world, accounts, n)
  limitAccounts(world, accounts, n)
  return blank
}

/**
 * Works out margin and limits of the accounts whose positions, funds, leverage or group changed; these do not depend on quotes.
 * A symbol whose margin cannot be computed adds nothing and is counted in `blankMargins`.
 */
export const valueMargins = (world: World): void => {
  const { staleAccounts } = world
  if (staleAccounts.length === 0) return
  const { marginStale } = world.users.columns
  const alive = world.users.alive()
  const accounts = new Int32Array(staleAccounts.length)
  let n = 0
  // A slot that was used again may stand there twice, and would be added up twice.
  for (const account of staleAccounts) marginStale[account] = 1
  for (const account of staleAccounts) {
    if (marginStale[account] === 1 && alive[account] === 1) accounts[n++] = account
    marginStale[account] = 0
  }
  staleAccounts.length = 0
  world.fundsVersion++
  world.blankMargins = workOut(world, accounts, n)
}

/** The same for the accounts of slots `from` … `to`−1, of which none has been worked out yet. */
export const valueFirstMargins = (world: World, from: number, to: number): void => {
  if (from >= to) return
  const { count } = world.ledger.columns
  const alive = world.users.alive()
  const accounts = new Int32Array(to - from)
  let n = 0
  // Who has no positions needs no margin, and there is no limit to meet.
  for (let a = from; a < to; a++) if (alive[a] === 1 && (count[a] as number) > 0) accounts[n++] = a
  world.blankMargins += workOut(world, accounts, n)
}
