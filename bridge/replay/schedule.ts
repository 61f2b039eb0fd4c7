import type { Statement, StatementTrade } from '../../main/statements/types.ts'
import { isMarketCmd } from '../../shared/mt4/enums.ts'
import { baseName } from './symbol-names.ts'

/** A trade of a statement put on the replay's market. `openAt` < 0: open from the beginning; `closeAt` Infinity: stays open. */
export type PlannedTrade = {
  /** Place of the owner in the list of statements. */
  owner: number
  /** Symbol number in the market. */
  symbol: number
  cmd: number
  volume: number
  openAt: number
  closeAt: number
  /**
   * Points by which the market had moved in the position's favour when the replay begins (negative = against); the
   * open price is set that far from the market, so each position starts with the distance it had in its statement.
   */
  distance: number
  /** Distances of S/L and T/P from the open price in price units; 0 = none. */
  sl: number
  tp: number
  commission: number
  storage: number
  ticket: number
  comment: string
}

/** Closed trades of a statement that are played again, at most. */
const PLAYED_TRADES = 300

const planned = (
  trade: StatementTrade,
  owner: number,
  symbol: number,
): Omit<PlannedTrade, 'openAt' | 'closeAt'> => {
  const sign = trade.cmd % 2 === 0 ? 1 : -1
  return {
    owner,
    symbol,
    cmd: trade.cmd,
    volume: Math.max(1, Math.round(trade.lots * 100)),
    distance: trade.closePrice > 0 ? sign * (trade.closePrice - trade.openPrice) : 0,
    sl: trade.sl > 0 ? trade.sl - trade.openPrice : 0,
    tp: trade.tp > 0 ? trade.tp - trade.openPrice : 0,
    commission: trade.commission,
    storage: trade.storage,
    ticket: trade.order,
    comment: trade.comment.slice(0, 31),
  }
}

/**
 * Puts real clients' trades on a real market that was recorded at another time: symbols are matched by their base
 * name, open trades are there from the start, the last closed trades are spread over the part that is played in their
 * own rhythm (times scaled, order and proportions kept). Answers them by opening, and how many found no symbol.
 */
export const planTrades = (
  statements: readonly Statement[],
  market: { names: readonly string[]; from: number; to: number },
): { trades: PlannedTrade[]; unmatched: number } => {
  const numbers = new Map<string, number>()
  market.names.forEach((name, i) => {
    if (!numbers.has(baseName(name))) numbers.set(baseName(name), i)
  })
  const trades: PlannedTrade[] = []
  let unmatched = 0
  statements.forEach((statement, owner) => {
    for (const trade of statement.open.filter((t) => isMarketCmd(t.cmd) && t.lots > 0)) {
      const symbol = numbers.get(baseName(trade.symbol))
      if (symbol === undefined) unmatched += 1
      else trades.push({ ...planned(trade, owner, symbol), openAt: -1, closeAt: Number.POSITIVE_INFINITY })
    }
    const closed = statement.closed
      .filter((t) => isMarketCmd(t.cmd) && t.lots > 0 && t.openTime > 0 && t.closeTime >= t.openTime)
      .toSorted((a, b) => a.openTime - b.openTime)
    const matched = closed.filter((t) => numbers.has(baseName(t.symbol))).slice(-PLAYED_TRADES)
    unmatched += closed.length - closed.filter((t) => numbers.has(baseName(t.symbol))).length
    const from = matched[0]?.openTime ?? 0
    const stretch = (market.to - market.from) / Math.max(1, ...matched.map((t) => t.closeTime - from))
    for (const trade of matched)
      trades.push({
        ...planned(trade, owner, numbers.get(baseName(trade.symbol)) as number),
        distance: 0,
        storage: 0,
        openAt: market.from + (trade.openTime - from) * stretch,
        closeAt: market.from + (trade.closeTime - from) * stretch,
      })
  })
  return { trades: trades.sort((a, b) => a.openAt - b.openAt), unmatched }
}
