import { roundTo } from '../../../shared/money/rounding.ts'
import { Cmd, isMarketCmd } from '../../../shared/mt4/enums.ts'
import type { Statement, StatementTrade } from '../types.ts'
import type { LedgerEntry } from './types.ts'

/** What a row adds to the balance: result, swap, commission and taxes of a trade, the amount of an operation. */
export const netOf = (t: StatementTrade): number => t.profit + t.storage + t.commission + t.taxes

export const sumOf = (trades: readonly StatementTrade[], digits: number, of = netOf): number =>
  roundTo(
    trades.reduce((total, t) => total + of(t), 0),
    digits,
  )

/** Closed trades and operations in the order in which the server booked them: closing time, then ticket. */
export const booked = (s: Statement): StatementTrade[] =>
  s.closed
    .filter((t) => isMarketCmd(t.cmd) || t.cmd === Cmd.BALANCE)
    .toSorted((a, b) => a.closeTime - b.closeTime || a.order - b.order)

/**
 * Whether the printed closed result is the sum of the rows above it. It holds in every statement a server wrote; most
 * that were edited by hand give themselves away here.
 */
export const sumsHold = (s: Statement): boolean => {
  const printed = s.sections.closed ?? s.summary.closedPl?.[0]
  const rows = s.closed.filter((t) => isMarketCmd(t.cmd))
  return printed === undefined || sumOf(rows, s.digits) === printed
}

/** Whether the account's life begins inside the statement: its earliest row is money paid in. */
const beginsWithDeposit = (rows: readonly StatementTrade[]): boolean => {
  const first = rows.reduce<StatementTrade | undefined>(
    (best, t) =>
      best === undefined ||
      t.openTime < best.openTime ||
      (t.openTime === best.openTime && t.order < best.order)
        ? t
        : best,
    undefined,
  )
  return first === undefined || (first.cmd === Cmd.BALANCE && first.profit > 0)
}

export type Ledger = { entries: LedgerEntry[]; carriedIn: number; wholeHistory: boolean; end: number }

/**
 * The running balance behind every closed trade and operation. A statement of a part of the history begins with a balance
 * it does not print: what is missing to the printed one at its end is carried in, and the end is then no proof.
 */
export const ledgerOf = (s: Statement): Ledger => {
  const rows = booked(s)
  const wholeHistory = beginsWithDeposit([...rows, ...s.open])
  const printed = s.summary.balance?.[0]
  const carriedIn =
    wholeHistory || printed === undefined ? 0 : roundTo(printed - sumOf(rows, s.digits), s.digits)
  let balance = carriedIn
  const entries = rows.map((t) => {
    balance = roundTo(balance + netOf(t), s.digits)
    return { row: t.row, order: t.order, balance }
  })
  return { entries, carriedIn, wholeHistory, end: balance }
}
