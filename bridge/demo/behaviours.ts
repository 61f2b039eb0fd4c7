import { COVERAGE_GROUP } from '../../main/book/formulas/exposure.ts'
import { Cmd, isMarketCmd, LevelType } from '../../shared/mt4/enums.ts'
import type { Plan } from './agenda.ts'
import { closeAtMarket, openAtMarket } from './client-moves.ts'
import { bookMoney, remove, removedNow } from './engine.ts'
import { MANAGER_GROUP, roughUsd } from './groups.ts'
import { drivers } from './instruments.ts'
import type { News } from './market.ts'
import { between, chance, cumulate, exponential, int, pick, weighted } from './random.ts'
import { anySymbol, habits } from './styles.ts'
import { figuresOf } from './valuation.ts'
import { type Account, type Style, type SymbolState, styles, type World } from './world.ts'

/** Looks at the screen a second in a world of this many accounts. */
const LOOKS_A_SECOND = 1.1
const USUAL_ACCOUNTS = 3000
const MONEY_MEAN_MS = 30_000
const HEDGE_MEAN_MS = 60_000
const GAMBLE_MEAN_MS = 150_000
/** The part of the clients' net that the desk holds against them. */
const COVERED = 0.5
/** Largest single hedge, 1/100 lot. */
const LARGEST_HEDGE = 3_000
/** The first symbols of the list. */
const MAJORS = 7
const lookWeights = cumulate([22, 22, 18, 7, 7, 13, 11])

const isHouse = ({ group }: Account): boolean =>
  group.row.group === COVERAGE_GROUP || group.row.group === MANAGER_GROUP

export const actorsByStyle = (accounts: readonly Account[]): Map<Style, Account[]> => {
  const actors = new Map<Style, Account[]>(styles.map((style) => [style, []]))
  for (const account of accounts)
    if (!isHouse(account) && account.user.enable === 1 && account.user.enableReadOnly === 0)
      actors.get(account.style)?.push(account)
  return actors
}

/** How much busier this world is than the usual one. */
const size = ({ options }: World): number => Math.max(0.2, options.accounts / USUAL_ACCOUNTS) * options.speed

const later = (world: World, plan: Plan, ms: number): void => world.agenda.add(world.now + ms, plan)

/** A wait that is longest in small, slow worlds. */
const wait = (world: World, meanMs: number, leastMs: number): number =>
  Math.max(leastMs, exponential(world.random, meanMs)) / Math.max(1, size(world))

/** What must be seen within the first two minutes whatever chance says. */
export const scheduleBehaviours = (world: World): void => {
  if (world.options.speed === 0) return
  later(world, { kind: 'act' }, between(world.random, 300, 1500))
  later(world, { kind: 'deposit' }, between(world.random, 8_000, 30_000))
  later(world, { kind: 'withdraw' }, between(world.random, 15_000, 45_000))
  later(world, { kind: 'hedge' }, between(world.random, 20_000, 60_000))
  later(world, { kind: 'gamble' }, between(world.random, 40_000, 120_000))
}

const anyActor = (world: World): Account | undefined => {
  const list = world.actors.get(styles[weighted(world.random, lookWeights)] as Style)
  return list && list.length > 0 ? pick(world.random, list) : undefined
}

/** Chance that a client rather closes: a half, more when the broker holds more positions than it is meant to. */
const closingChance = ({ open, options }: World): number => {
  const over = (open.size - options.positions * 1.05) / (options.positions * 0.05 + 20)
  return Math.min(0.95, Math.max(0.05, 0.5 + 0.45 * over))
}

const actOnce = (world: World): void => {
  const account = anyActor(world)
  if (account) habits[account.style](world, account, chance(world.random, closingChance(world)))
}

/** An amount people would type, near a figure in USD. */
const niceAmount = (account: Account, usd: number): number => {
  const own = usd / roughUsd[account.group.currency]
  const step = 10 ** Math.max(1, Math.floor(Math.log10(own)) - 1) * 5
  return Math.max(step, Math.round(own / step) * step)
}

const deposit = (world: World): void => {
  const account = anyActor(world)
  if (!account) return
  const amount = niceAmount(account, pick(world.random, [100, 200, 500, 500, 1000, 2500, 5000]))
  bookMoney(
    world,
    account,
    Cmd.BALANCE,
    amount,
    pick(world.random, ['Deposit card', 'Deposit wire', 'Deposit']),
  )
}

/** Somebody with free funds takes some out; a few tries to find one. */
const withdraw = (world: World): void => {
  for (let attempt = 0; attempt < 25; attempt++) {
    const account = anyActor(world)
    if (!account) continue
    const free = Math.min(figuresOf(world, account).free, account.user.balance)
    const amount = niceAmount(
      account,
      free * roughUsd[account.group.currency] * between(world.random, 0.05, 0.25),
    )
    if (free < 100 / roughUsd[account.group.currency] || amount > free / 2) continue
    bookMoney(world, account, Cmd.BALANCE, -amount, 'Withdrawal')
    return
  }
}

/** A client with a margin call sends money, enough for the while. */
const rescue = (world: World, login: number): void => {
  const account = world.accountByLogin.get(login)
  if (!account || account.level === LevelType.OK || account.positions.length === 0) return
  const { margin } = figuresOf(world, account)
  const usd = Math.max(50, margin * roughUsd[account.group.currency] * between(world.random, 0.3, 1))
  bookMoney(world, account, Cmd.BALANCE, niceAmount(account, usd), 'Deposit card')
}

/** Somebody puts nearly everything on one card, so that margin calls do not end with those of the start. */
const gamble = (world: World): void => {
  const { random } = world
  const players = world.actors.get('loser') ?? []
  for (let attempt = 0; attempt < 20 && players.length > 0; attempt++) {
    const account = pick(random, players)
    if (account.positions.length > 2) continue
    const symbol = world.symbols[int(random, MAJORS)] as SymbolState
    const leverage = account.user.leverage * between(random, 0.75, 0.93)
    if (openAtMarket(world, account, { symbol, sell: chance(random, 0.5), leverage })) return
  }
}

const netLots = (world: World, symbol: SymbolState): { clients: number; coverage: number } => {
  let clients = 0
  let coverage = 0
  for (const position of world.open.values()) {
    if (position.symbol !== symbol || !isMarketCmd(position.row.cmd)) continue
    const lots = position.row.cmd === Cmd.BUY ? position.row.volume : -position.row.volume
    if (position.account.group.row.group === COVERAGE_GROUP) coverage += lots
    else clients += lots
  }
  return { clients, coverage }
}

/** The desk brings its cover of one symbol back to half of what the clients hold. */
const hedge = (world: World): void => {
  const desks = world.accounts.filter((account) => account.group.row.group === COVERAGE_GROUP)
  if (desks.length === 0) return
  const symbol = anySymbol(world)
  const { clients, coverage } = netLots(world, symbol)
  const missing = Math.round(-clients * COVERED - coverage)
  const volume = Math.min(LARGEST_HEDGE, Math.abs(missing))
  if (volume < 50) return
  const sell = missing < 0
  const against = desks
    .flatMap((desk) => desk.positions)
    .find((held) => held.symbol === symbol && (held.row.cmd === Cmd.SELL) !== sell)
  if (against) closeAtMarket(world, against, Math.min(volume, against.row.volume))
  else openAtMarket(world, pick(world.random, desks), { symbol, sell, leverage: 0, volume })
}

/** Does what was planned and plans what comes next. */
export const runPlan = (world: World, plan: Plan): void => {
  switch (plan.kind) {
    case 'act':
      actOnce(world)
      later(
        world,
        plan,
        exponential(world.random, 1000 / (LOOKS_A_SECOND * size(world) * world.market.pace(world.now))),
      )
      break
    case 'deposit':
      deposit(world)
      later(world, plan, wait(world, MONEY_MEAN_MS, 8_000))
      break
    case 'withdraw':
      withdraw(world)
      later(world, plan, wait(world, MONEY_MEAN_MS * 1.5, 10_000))
      break
    case 'hedge':
      hedge(world)
      later(world, plan, wait(world, HEDGE_MEAN_MS, 20_000))
      break
    case 'gamble':
      gamble(world)
      later(world, plan, wait(world, GAMBLE_MEAN_MS, 40_000))
      break
    case 'rescue':
      rescue(world, plan.login)
      break
    case 'close': {
      const position = world.open.get(plan.order)
      if (position && isMarketCmd(position.row.cmd)) closeAtMarket(world, position)
      break
    }
    case 'expire': {
      const position = world.open.get(plan.order)
      if (position && !isMarketCmd(position.row.cmd))
        remove(world, position, removedNow(world, position, 'expiration'))
      break
    }
    default:
      plan satisfies never
  }
}

/** Which way a piece of news pushes a symbol: 1 up, −1 down, 0 not at all. */
const pushOf = (symbol: SymbolState, { topic, direction }: News): number => {
  const { over, under } = symbol.instrument
  const leg = (name: string): number => {
    const driver = drivers.find((known) => known.name === name)
    if (!driver) return 0
    if (driver.name === topic) return 1
    return driver.factor === topic ? driver.beta : 0
  }
  return Math.sign(leg(over) - leg(under)) * direction
}

/** Some news traders jump on what has just moved. */
export const reactToNews = (world: World, news: News): void => {
  if (world.options.speed === 0) return
  const traders = world.actors.get('news') ?? []
  const moved = world.symbols.filter((symbol) => pushOf(symbol, news) !== 0)
  if (traders.length === 0 || moved.length === 0) return
  const crowd = Math.min(40, Math.ceil((1 + int(world.random, 4)) * size(world)))
  for (let i = 0; i < crowd; i++) {
    const symbol = pick(world.random, moved)
    const sell = pushOf(symbol, news) < 0
    const position = openAtMarket(world, pick(world.random, traders), {
      symbol,
      sell,
      leverage: between(world.random, 2, 8),
      slAway: 40,
      tpAway: 60,
    })
    if (position)
      later(world, { kind: 'close', order: position.row.order }, between(world.random, 20_000, 240_000))
  }
}
