import type { TradeRecord } from '../../../../shared/bridge/tables.ts'
import { Cmd } from '../../../../shared/mt4/enums.ts'
import { type Deciding, decisions } from '../decisions.ts'
import type { Settlement } from './close.ts'
import { closeBy } from './close-by.ts'

/** `ConGroupSec.autoCloseOut`: how opposite positions are matched at the end of the day. */
export const AutoCloseOut = {
  NONE: 0,
  HIHI: 1,
  LOLO: 2,
  HILO: 3,
  LOHI: 4,
  FIFO: 5,
  LIFO: 6,
  INTRADAY_FIFO: 7,
} as const

export type Matching = Settlement & {
  /** Gives a new ticket each time it is asked. */
  readonly nextTicket: () => number
}

type Splitting = Deciding<'chargeSplit' | 'taxWhen'>
/** What closed, in order, and what is open then, oldest first. */
type Matched = { readonly closed: readonly TradeRecord[]; readonly open: readonly TradeRecord[] }
type Pair = readonly [first: TradeRecord, second: TradeRecord]

/** Closes pairs until none is picked. A remainder takes the place of what it is left of: it is as old. */
const match = (
  positions: readonly TradeRecord[],
  given: Matching,
  pick: (open: readonly TradeRecord[]) => Pair | undefined,
  d: Splitting,
): Matched => {
  const open = [...positions].sort((a, b) => a.order - b.order)
  const closed: TradeRecord[] = []
  for (let pair = pick(open); pair; pair = pick(open)) {
    const [first, second] = pair
    const nextTicket = first.volume === second.volume ? 0 : given.nextTicket()
    const step = closeBy(first, second, { ...given, nextTicket }, d)
    closed.push(step.first, step.second)
    const larger = first.volume > second.volume ? first : second
    const smaller = larger === first ? second : first
    open.splice(open.indexOf(smaller), 1)
    open.splice(open.indexOf(larger), 1, ...(step.rest ? [step.rest] : []))
  }
  return { closed, open }
}

const isOpposite =
  (to: TradeRecord) =>
  (row: TradeRecord): boolean =>
    row.cmd !== to.cmd

const oldestPair = (open: readonly TradeRecord[]): Pair | undefined => {
  const first = open[0]
  const second = first && open.find(isOpposite(first))
  return second && [first, second]
}

/**
 * Multiple close-by: closes the overlapping positions of one symbol and account against each other, oldest with oldest
 * by ticket, until one side is left.
 *
 * @param positions BUYs and SELLs of one symbol of one account
 */
export const closeAllBy = (
  positions: readonly TradeRecord[],
  given: Matching,
  d: Splitting = decisions,
): Matched => match(positions, given, oldestPair, d)

/** The row with the highest (`sign` 1) or lowest (−1) result, the oldest of equals; one without a result comes last. */
const extreme = (
  rows: readonly TradeRecord[],
  sign: number,
  resultOf: (row: TradeRecord) => number,
): TradeRecord | undefined => {
  let found: TradeRecord | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const row of rows) {
    const result = sign * resultOf(row)
    if (found === undefined || result > most) {
      found = row
      most = Number.isNaN(result) ? Number.NEGATIVE_INFINITY : result
    }
  }
  return found
}

/** Signs of the sell's and the buy's result, for the modes that match by profit. */
const signs: Readonly<Record<number, readonly [sell: number, buy: number]>> = {
  [AutoCloseOut.HIHI]: [1, 1],
  [AutoCloseOut.LOLO]: [-1, -1],
  [AutoCloseOut.HILO]: [1, -1],
  [AutoCloseOut.LOHI]: [-1, 1],
}

/**
 * End-of-day close-out of opposite positions of one symbol and account (Administrator help, security settings of a
 * group). By profit, a sell is closed by a buy; by age, the first opened (FIFO) or last opened (LIFO) by the oldest
 * opposite one, intraday by one of the day before any older one.
 *
 * @param resultOf the position's result now, deposit currency
 * @param dayStart of the day that ends, server-local seconds
 */
export const autoCloseOut = (
  positions: readonly TradeRecord[],
  mode: number,
  given: Matching & { readonly resultOf: (row: TradeRecord) => number; readonly dayStart: number },
  d: Splitting = decisions,
): Matched => {
  const byProfit = signs[mode]
  const pick = (open: readonly TradeRecord[]): Pair | undefined => {
    if (byProfit) {
      const side = (cmd: number, sign: number) =>
        extreme(
          open.filter((row) => row.cmd === cmd),
          sign,
          given.resultOf,
        )
      const [sell, buy] = [side(Cmd.SELL, byProfit[0]), side(Cmd.BUY, byProfit[1])]
      return sell && buy && [sell, buy]
    }
    const first = mode === AutoCloseOut.LIFO ? open.at(-1) : open[0]
    if (!first || mode < AutoCloseOut.FIFO || mode > AutoCloseOut.INTRADAY_FIFO) return undefined
    const opposite = open.filter(isOpposite(first))
    const today = opposite.find((row) => row.openTime >= given.dayStart)
    const second = (mode === AutoCloseOut.INTRADAY_FIFO && today) || opposite[0]
    return second && [first, second]
  }
  return match(positions, given, pick, d)
}
