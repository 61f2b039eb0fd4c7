import { Cmd } from '../../../shared/mt4/enums.ts'
import type { StatementTrade } from '../types.ts'
import { pairOf } from './pair-name.ts'

/**
 * Conversion rates that a statement itself shows: at a trade's closing second another trade opened or closed in the pair
 * between its profit currency and the deposit currency. Bid and ask are kept apart as the conversion does (§3.3): what a
 * buyer got and a seller was filled at is a bid, the others are asks.
 */
export type SeenRates = {
  /** Rates `from` → deposit at that second, on the side of the direction; the same second may hold several. */
  of: (from: string, time: number, sell: boolean) => readonly number[]
}

export const seenRates = (trades: readonly StatementTrade[], deposit: string): SeenRates => {
  const rates = new Map<string, Set<number>>()
  const see = (from: string, time: number, ask: boolean, rate: number): void => {
    const key = `${from} ${time} ${ask}`
    const known = rates.get(key)
    if (known === undefined) rates.set(key, new Set([rate]))
    else known.add(rate)
  }
  for (const t of trades) {
    const pair = pairOf(t.symbol)
    if (pair === null || !(t.openPrice > 0)) continue
    const from = pair.quote === deposit ? pair.base : pair.base === deposit ? pair.quote : null
    if (from === null) continue
    const rate = (price: number): number => (from === pair.base ? price : 1 / price)
    const sell = t.cmd === Cmd.SELL
    see(from, t.openTime, !sell, rate(t.openPrice))
    if (t.closeTime > 0) see(from, t.closeTime, sell, rate(t.closePrice))
  }
  return { of: (from, time, sell) => [...(rates.get(`${from} ${time} ${sell}`) ?? [])] }
}
