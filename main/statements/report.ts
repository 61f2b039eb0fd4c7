import type { StatementReport, StatementRow } from '../../shared/api/statements.ts'
import { Cmd } from '../../shared/mt4/enums.ts'
import { differenceOf } from './reconcile/difference.ts'
import { lineNames } from './reconcile/line-names.ts'
import type { LineCheck, Reconciliation, TradeCheck } from './reconcile/types.ts'
import type { Statement, StatementTrade } from './types.ts'

const kindOf = (t: StatementTrade): StatementRow['kind'] => {
  if (t.cmd === Cmd.BALANCE) return 'balance'
  if (t.cmd === Cmd.CREDIT) return 'credit'
  return t.closeTime === 0 ? 'open' : 'closed'
}

const rowOf = (
  t: StatementTrade,
  check: TradeCheck | undefined,
  balance: number | undefined,
): StatementRow => ({
  row: t.row,
  order: t.order,
  kind: kindOf(t),
  symbol: t.symbol,
  sell: t.cmd === Cmd.SELL,
  lots: t.lots,
  openTime: t.openTime,
  closeTime: t.closeTime,
  openPrice: t.openPrice,
  closePrice: t.closePrice,
  commission: t.commission,
  taxes: t.taxes,
  swap: t.storage,
  printed: t.profit,
  recomputed: check?.recomputed ?? null,
  state: check?.state ?? 'operation',
  why: check?.why ?? null,
  rate: check?.rate ?? null,
  balance: balance ?? null,
  comment: t.comment,
})

const lineOf = (line: LineCheck): StatementReport['lines'][number] => ({
  ...line,
  name: lineNames[line.line],
  printed: [...line.printed],
  recomputed: line.recomputed === null ? null : [...line.recomputed],
  difference: line.recomputed === null ? null : differenceOf(line.printed, line.recomputed),
})

/** Statement and reconciliation as one answer: trades and operations in the order of the report, every line, the verdict. */
export const reportOf = (file: string, s: Statement, r: Reconciliation): StatementReport => {
  const checks = new Map(r.trades.map((t) => [t.row, t]))
  const balances = new Map(r.ledger.map((e) => [e.row, e.balance]))
  const shown = [...s.closed, ...s.open].filter((t) => t.cmd <= Cmd.SELL || t.cmd >= Cmd.BALANCE)
  const { trades: _trades, ledger: _ledger, symbols, lines, ...rest } = r
  return {
    file,
    format: s.format,
    kind: s.kind,
    encoding: s.encoding,
    account: s.account,
    name: s.name,
    company: s.company,
    leverage: s.leverage,
    time: s.time,
    digits: s.digits,
    ...rest,
    operations: s.closed.filter((t) => t.cmd >= Cmd.BALANCE).length,
    cancelled: s.closed.filter((t) => t.cmd > Cmd.SELL && t.cmd < Cmd.BALANCE).length,
    working: s.working.length,
    unread: s.unread,
    symbols: symbols.map(({ pair: _pair, conversion: _conversion, ...facts }) => facts),
    lines: lines.map(lineOf),
    rows: shown.sort((a, b) => a.row - b.row).map((t) => rowOf(t, checks.get(t.row), balances.get(t.row))),
    notes: s.notes,
  }
}
