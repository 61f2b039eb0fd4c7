import { scaleOf } from '../../../shared/money/rounding.ts'
import { Cmd } from '../../../shared/mt4/enums.ts'
import type { StatementTrade } from '../types.ts'

/**
 * What can still be told of a trade whose profit is not computable: its sign, and whether the money a price step is
 * worth (contract size × conversion rate) fits that of the trades of its symbol around it.
 */

/** Trades before and after that a trade is compared with. */
const NEIGHBOURS = 4
/** How far the worth of a step may be from its neighbours' median: rates move, but not by this within a few trades. */
const TOLERANCE = 0.1
/** A neighbour counts when its own rounding leaves its worth known to this share. */
const SHARP = 0.02

const moveOf = (t: StatementTrade): number =>
  (t.closePrice - t.openPrice) * (t.cmd === Cmd.SELL ? -1 : 1) * t.lots

type Worth = { trade: StatementTrade; low: number; high: number }

const worthOf = (trade: StatementTrade, unit: number): Worth => {
  const move = Math.abs(moveOf(trade))
  const profit = Math.abs(trade.profit)
  return { trade, low: Math.max(0, profit - unit) / move, high: (profit + unit) / move }
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] as number
}

/** Trades whose profit has the wrong sign, or a worth out of line, among those of one symbol. */
export const implausible = (
  trades: readonly StatementTrade[],
  digits: number,
): Map<StatementTrade, 'SIGN' | 'RATE'> => {
  const unit = 1 / scaleOf(digits)
  const faults = new Map<StatementTrade, 'SIGN' | 'RATE'>()
  const worths: Worth[] = []
  for (const t of trades.toSorted((a, b) => a.closeTime - b.closeTime || a.order - b.order)) {
    const move = moveOf(t)
    if (!(t.openPrice > 0 && t.closePrice > 0)) continue
    if (Math.abs(t.profit) > unit * 1.5 && Math.sign(t.profit) !== Math.sign(move)) faults.set(t, 'SIGN')
    else if (move !== 0) worths.push(worthOf(t, unit))
  }
  const sharp = worths.filter((w) => w.high - w.low < w.high * SHARP)
  for (const w of worths) {
    const at = sharp.findIndex((s) => s.trade.closeTime >= w.trade.closeTime)
    const middle = at < 0 ? sharp.length : at
    const near = sharp
      .slice(Math.max(0, middle - NEIGHBOURS), middle + NEIGHBOURS + 1)
      .filter((s) => s.trade !== w.trade)
    if (near.length < 2) continue
    const usual = median(near.map((s) => (s.low + s.high) / 2))
    if (w.high < usual * (1 - TOLERANCE) || w.low > usual * (1 + TOLERANCE)) faults.set(w.trade, 'RATE')
  }
  return faults
}
