import { stopOutMark } from '../../main/book/formulas/lifecycle/comments.ts'
import { mostUnprofitable } from '../../main/book/formulas/lifecycle/stop-out.ts'
import { LevelType } from '../../shared/mt4/enums.ts'
import { close } from './engine.ts'
import { between, chance } from './random.ts'
import { closeSide, type Figures, figuresOf, figuresWith, openProfit } from './valuation.ts'
import type { Account, Position, World } from './world.ts'

/**
 * Accounts near a margin call are looked at in every step, the others in a slow round of 2 s, longer in large worlds:
 * at most this many accounts a step.
 */
const ROUND_STEPS = 40
const MOST_A_STEP = 800
/** Near = level under this many times the margin-call level. */
const NEAR = 1.6
/** A margin call is over above this many times its level, so that hovering about it is one call and not fifty. */
const RECOVERED = 1.1

const mostLosing = (world: World, account: Account): Position | undefined => {
  const results = account.positions.map((position) => ({
    ...position.row,
    profit: openProfit(world, position),
    position,
  }))
  return mostUnprofitable(results)?.position
}

/** Closes the most losing position, looks again, and so on until the account is above its stop-out level (§3.8). */
const stopOut = (world: World, account: Account, first: Figures): Figures => {
  let figures = first
  while (figures.levelType === LevelType.STOPOUT) {
    const worst = mostLosing(world, account)
    if (!worst) break
    const price = closeSide(world.quotes, worst.symbol.index, worst.row.cmd === 1)
    const mark = stopOutMark(figures, account.group.row.marginType, 'manager')
    close(world, worst, worst.row.volume, price, mark)
    world.counters.stopOuts++
    figures = figuresOf(world, account)
  }
  return figures
}

const near = ({ group }: Account, { level }: Figures, times = NEAR): boolean =>
  level < group.row.marginCall * times

const look = (world: World, account: Account): void => {
  if (account.positions.length === 0) {
    world.hot.delete(account)
    account.level = LevelType.OK
    return
  }
  const before = account.level
  const figures = stopOut(world, account, figuresOf(world, account))
  const lingers = before !== LevelType.OK && near(account, figures, RECOVERED)
  account.level = lingers ? LevelType.MARGINCALL : figures.levelType
  if (before === LevelType.OK && account.level !== LevelType.OK) {
    world.counters.marginCalls++
    if (chance(world.random, 0.4))
      world.agenda.add(world.now + between(world.random, 20_000, 120_000), {
        kind: 'rescue',
        login: account.user.login,
      })
  }
  if (near(account, figures)) world.hot.add(account)
  else world.hot.delete(account)
}

/** Looks at all accounts near their margin call and at the next slice of the rest. */
export const checkMargins = (world: World): void => {
  for (const account of world.hot) look(world, account)
  const { accounts } = world
  const slice = Math.min(MOST_A_STEP, Math.ceil(accounts.length / ROUND_STEPS))
  for (let i = 0; i < slice; i++) {
    const account = accounts[world.watchAt] as Account
    world.watchAt = (world.watchAt + 1) % accounts.length
    if (account.positions.length > 0) look(world, account)
  }
}

/** Notes where an account stands at the start, by its floating result; nothing is closed or counted yet. */
export const noteMargin = (world: World, account: Account, floating: number): void => {
  const figures = figuresWith(account, floating)
  account.level = figures.levelType
  if (near(account, figures)) world.hot.add(account)
}
