import type { Shock, WhatIf, WhatIfHit } from '../../../../shared/api/what-if.ts'
import { currencyDigits, scaleOf, toUnits } from '../../../../shared/money/rounding.ts'
import { accountDigits } from '../../value/figures.ts'
import { newestServerTime } from '../../world/links.ts'
import { mergedSymbols } from '../../world/merged-symbols.ts'
import type { Synonyms } from '../../world/synonyms.ts'
import { accountCurrency, type World } from '../../world/world.ts'
import { accountOn, standingAt } from '../account-at.ts'
import { deskResults } from './desk-results.ts'
import { type Met, meet, PATH_STEPS } from './path.ts'
import { createScratch, ratesOn, type Scratch } from './scratch.ts'
import { moveQuotes, planShock } from './shock.ts'
import { symbolRows, totalChanges } from './symbol-rows.ts'

const countLevels = (world: World, levels: ArrayLike<number>): { calls: number; stopOuts: number } => {
  const counts = [0, 0, 0]
  const alive = world.users.alive()
  for (let a = 0; a < world.users.high(); a++)
    if (alive[a] === 1) counts[levels[a] as number] = (counts[levels[a] as number] as number) + 1
  return { calls: counts[1] as number, stopOuts: counts[2] as number }
}

/** Accounts below zero and the sum of it in base currency: what the broker may not get back. */
const deficitsOf = (
  world: World,
  base: string,
  scratch: Scratch,
  rates: Float64Array,
): WhatIf['deficits'] => {
  const { balance, credit, currencyId } = world.users.columns
  const { count } = world.ledger.columns
  const alive = world.users.alive()
  const scale = scaleOf(currencyDigits(base))
  let accounts = 0
  let units = 0
  for (let a = 0; a < world.users.high(); a++) {
    if (alive[a] !== 1 || count[a] === 0) continue
    const floating = scratch.floating[a] as number
    const own = ((balance[a] as number) + (credit[a] as number)) * scaleOf(accountDigits(world, a))
    // Only who could be below zero is worked out to the cent.
    if (own + floating > 1) continue
    const { equity } = standingAt(world, a, floating)
    if (equity >= 0) continue
    accounts++
    const inBase = toUnits(equity * (rates[currencyId[a] as number] ?? Number.NaN), scale)
    if (Number.isFinite(inBase)) units += inBase
  }
  return { accounts, amount: units / scale + 0 }
}

/**
 * What a shock would do to the book as it stands; null when there is no such symbol or currency. Nothing in the book is
 * changed. Positions are held: nobody is closed out on the way.
 *
 * @param valuedAt UTC ms of the valuation
 * @param limit accounts that are named at most
 */
export const whatIf = (
  world: World,
  base: string,
  valuedAt: number,
  shock: Shock,
  limit: number,
  synonyms: Synonyms = {},
): Omit<WhatIf, 'tookMs'> | null => {
  const movers = planShock(world, base, shock, synonyms)
  if (movers === null) return null
  const { percent } = shock
  const { quotes } = world
  const moving = moveQuotes(quotes, movers, percent)
  const quotesAt = (step: number) => moving.to(step / PATH_STEPS)
  const end = moveQuotes(quotes, movers, percent).to(1)
  const shownAs = mergedSymbols(world, synonyms)
  const live = world.ledger.columns
  const results = deskResults(world, base, world.ledger.sumCells(), live.cells, shownAs)
  const levels = live.level.slice(0, world.users.high())

  const scratch = createScratch(world, base)
  const { met, calls, stopOuts } = meet(world, scratch, levels, quotesAt, limit)
  scratch.value(end)
  const shocked = deskResults(world, base, scratch.sumCells(), scratch.cells, shownAs)
  const u = world.users.columns
  const values = live.cells.slice()

  const hit = ({ account, level, step }: Met): WhatIfHit => ({
    login: u.login[account] as number,
    name: u.name.at(account),
    group: world.pool.text(u.group[account] as number),
    currency: accountCurrency(world, account),
    kind: level === 1 ? 'call' : 'stopout',
    part: step / PATH_STEPS,
    percent: (percent * step) / PATH_STEPS,
    margin: u.margin[account] as number,
    now: standingAt(world, account, live.floating[account] as number),
    there: standingAt(world, account, accountOn(world, account, values)(quotesAt(step))),
    end: standingAt(world, account, scratch.floating[account] as number),
  })
  return {
    shock,
    base,
    valuedAt,
    serverTime: newestServerTime(world),
    changes: totalChanges(base, results, shocked),
    now: countLevels(world, levels),
    end: countLevels(world, scratch.levels),
    met: { calls, stopOuts },
    deficits: deficitsOf(world, base, scratch, ratesOn(world, base, end)),
    symbols: symbolRows(world, base, shownAs, results, shocked, end),
    hits: met.map(hit),
  }
}
