import { COVERAGE_GROUP } from '../../main/book/formulas/exposure.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd, isMarketCmd, MarginType } from '../../shared/mt4/enums.ts'
import type { Random } from '../../shared/runtime/ports.ts'
import { firstLiveOrder } from './account-history.ts'
import { swapOf } from './day-roll.ts'
import { type Draft, draftBig, draftPending, draftPositions, openTimeFor, priceThen } from './drafts.ts'
import { draftEdges, settleEdge } from './edge.ts'
import { isPassedOn, MANAGER_GROUP, roughUsd } from './groups.ts'
import { noteMargin } from './margin-watch.ts'
import { openedAt, pendingFields } from './opening.ts'
import { bookToday, setPreviousBalances } from './past-days.ts'
import { between, createRandom, cumulate, int, pick } from './random.ts'
import { openRecord } from './records.ts'
import { type Figures, figuresOf } from './valuation.ts'
import type { Account, Position, SymbolState, World } from './world.ts'

/** Pending orders per open position. */
const PENDING_SHARE = 0.05
/** Part of the trading accounts that stands far in profit, and as many far in loss. */
const BIG_SHARE = 0.015
const BIG_LEAST = 8
/** Nobody but the edge accounts starts below this many times the margin-call level. */
const SAFE = 2

const isClient = ({ group }: Account): boolean =>
  group.row.group !== MANAGER_GROUP && group.row.group !== COVERAGE_GROUP

/** Who has positions: a good half of the enabled clients. */
const traders = (random: Random, world: World): Account[] => {
  const able = world.accounts.filter((a) => isClient(a) && a.user.enable === 1 && a.user.enableReadOnly === 0)
  const some = able.filter(() => random() < 0.55)
  return some.length > 0 ? some : able
}

/** Positions of each account of the pool: a few have many. */
const spread = (random: Random, pool: readonly Account[], count: number): Uint32Array => {
  const counts = new Uint32Array(pool.length)
  if (pool.length === 0) return counts
  for (let i = 0; i < count; i++) {
    const seat = Math.floor(pool.length * random() ** 1.6)
    counts[seat] = (counts[seat] as number) + 1
  }
  return counts
}

/** Most drafts a world can have; below it, time and place in the list fit one exact number. */
const PLACES = 2 ** 21

/**
 * Place of each draft in order of time, those of one second as they were drawn. Sorts numbers, which is ten times faster
 * than objects; the drafts stay together by account, which keeps what is worked on at a time near.
 */
const ranksOf = (drafts: readonly Draft[]): Uint32Array => {
  const keys = Float64Array.from(drafts, ({ openTime }, i) => openTime * PLACES + i).sort()
  const ranks = new Uint32Array(drafts.length)
  for (let rank = 0; rank < keys.length; rank++) ranks[(keys[rank] as number) % PLACES] = rank
  return ranks
}

const byTicket = (a: Position, b: Position): number => a.row.order - b.row.order

/** The broker's own hedges: a part of what its clients hold, against them, in the house accounts. */
const coverageDrafts = (world: World, random: Random, clients: readonly Draft[], most: number): Draft[] => {
  const desks = world.accounts.filter((account) => account.group.row.group === COVERAGE_GROUP)
  const net = new Map<SymbolState, number>()
  for (const { symbol, cmd, volume } of clients)
    if (isMarketCmd(cmd)) net.set(symbol, (net.get(symbol) ?? 0) + (cmd === Cmd.BUY ? volume : -volume))
  const largest = [...net].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, Math.min(14, most))
  if (desks.length === 0) return []
  return largest.map(([symbol, lots]) => {
    const account =
      desks[symbol.row.type === 0 ? 0 : symbol.row.type === 1 ? 1 % desks.length : desks.length - 1]
    const sell = lots > 0
    const openTime = openTimeFor(world, random, account as Account)
    return {
      account: account as Account,
      symbol,
      cmd: sell ? Cmd.SELL : Cmd.BUY,
      volume: Math.max(1, Math.round(Math.abs(lots) * between(random, 0.35, 0.75))),
      openTime,
      openPrice: priceThen(world, symbol, sell, openTime),
      sl: 0,
      tp: 0,
      comment: 'hedge',
      reason: 2,
      magic: 0,
    }
  })
}

/** Turns drafts into records with tickets in order of time, and positions that wait for prices. */
const place = (world: World, drafts: readonly Draft[]): void => {
  const ranks = ranksOf(drafts)
  const first = world.lastOrder + 1
  world.lastOrder += drafts.length
  for (let i = 0; i < drafts.length; i++) {
    const draft = drafts[i] as Draft
    const { account, symbol, cmd, volume, openTime, openPrice } = draft
    const market = isMarketCmd(cmd)
    const nights = market ? Math.floor(world.now / 86_400_000) - Math.floor(openTime / 86_400) : 0
    const swap = swapOf(world, account.group, symbol, draft, Math.max(0, nights))
    const opened = market
      ? openedAt(world, account.group, symbol, { cmd, volume, price: openPrice })
      : pendingFields(openPrice)
    const row = openRecord({
      order: first + (ranks[i] as number),
      login: account.user.login,
      symbol: symbol.row.symbol,
      digits: symbol.row.digits,
      cmd,
      volume,
      openTime,
      sl: draft.sl,
      tp: draft.tp,
      reason: draft.reason,
      magic: draft.magic,
      comment: draft.comment,
      timestamp: openTime,
      passedOn: market && isPassedOn(account.user.group),
      expiration: 0,
      openPrice: opened.openPrice,
      marginRate: opened.marginRate,
      convRateOpen: opened.convRateOpen,
      commission: opened.commission,
      taxes: opened.taxes,
      storage: swap,
    })
    const position: Position = { row, account, symbol, live: true }
    if (market) {
      account.positions.push(position)
      account.margin = Number.NaN
    } else account.pendings.push(position)
    world.open.set(row.order, position)
    symbol.triggers.watch(position)
  }
  for (const { positions, pendings } of world.accounts) {
    if (positions.length > 1) positions.sort(byTicket)
    if (pendings.length > 1) pendings.sort(byTicket)
  }
}

/** Raises the balance of whoever would otherwise start near a margin call. */
const makeSafe = (account: Account, { equity, margin }: Figures): void => {
  const { row, digits, currency } = account.group
  const wanted =
    row.marginType === MarginType.PERCENT ? (margin * row.marginCall * SAFE) / 100 : row.marginCall * SAFE
  if (equity >= wanted) return
  const step = Math.round(50 / roughUsd[currency])
  const balance = roundTo(account.user.balance + Math.ceil((wanted - equity) / step) * step, digits)
  account.user = { ...account.user, balance }
}

/** Fills a world of accounts with positions, pendings, edges and the records of its day. */
export const populate = (world: World): void => {
  const { options } = world
  const random = createRandom(options.seed, 'positions')
  const popularity = cumulate(world.symbols.map((symbol) => symbol.instrument.weight))
  const pool = traders(random, world)
  const edges = draftEdges(world, random, pool).slice(0, options.positions)
  const onEdge = new Set(edges.map((edge) => edge.account))
  const rest = pool.filter((account) => !onEdge.has(account))
  const drafts = edges.map((edge) => edge.draft)

  const wealthy = rest.filter((a) => a.user.balance * roughUsd[a.group.currency] > 25_000)
  const bigs = Math.min(wealthy.length, 2 * Math.max(BIG_LEAST, Math.round(rest.length * BIG_SHARE)))
  for (let i = 0; i < bigs && drafts.length < options.positions; i++) {
    const share = between(random, 0.16, 0.5) * (i % 2 === 0 ? 1 : -1)
    drafts.push(draftBig(world, random, wealthy[i] as Account, share, popularity))
  }
  const busy = new Set(drafts.map((draft) => draft.account))
  const quiet = rest.filter((account) => !busy.has(account))
  const covers = Math.min(14, Math.floor(options.positions / 20))
  const left = options.positions - drafts.length - covers
  const takers = quiet.length > 0 ? quiet : pool
  for (const [seat, count] of spread(random, takers, Math.max(0, left)).entries())
    if (count > 0) drafts.push(...draftPositions(world, random, takers[seat] as Account, count, popularity))
  drafts.push(...coverageDrafts(world, random, drafts, options.positions - drafts.length))
  if (rest.length > 0)
    for (let i = Math.round(options.positions * PENDING_SHARE); i > 0; i--)
      drafts.push(draftPending(world, random, pick(random, rest), popularity))

  world.lastOrder = firstLiveOrder(options.accounts) + int(random, 1000)
  place(world, drafts)
  for (const edge of edges) settleEdge(world, edge)
  bookToday(world, random, rest)
  for (const account of world.accounts) {
    if (account.positions.length === 0) continue
    const figures = figuresOf(world, account)
    if (!onEdge.has(account)) makeSafe(account, figures)
    noteMargin(world, account, figures.floating)
  }
  setPreviousBalances(world)
}
