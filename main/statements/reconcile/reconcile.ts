import type { NotComputable } from '../../../shared/api/statements.ts'
import type { Statement, StatementTrade } from '../types.ts'
import { checkLines } from './check-lines.ts'
import { checkTrades, marketTrades } from './check-trades.ts'
import { firstDifference } from './first-difference.ts'
import { ledgerOf } from './ledger.ts'
import { inferCurrency, type KnownSymbol } from './symbol-facts.ts'
import type { Reconciliation, TradeCheck, TradeCounts } from './types.ts'

const counts = (trades: readonly TradeCheck[]): TradeCounts => ({
  read: trades.length,
  exact: trades.filter((t) => t.state === 'exact').length,
  differing: trades.filter((t) => t.state === 'differs').length,
  notComputable: trades.filter((t) => t.state === 'notComputable').length,
})

const reasons = (trades: readonly TradeCheck[]): Partial<Record<NotComputable, number>> => {
  const out: Partial<Record<NotComputable, number>> = {}
  for (const t of trades)
    if (t.state === 'notComputable') out[t.why as NotComputable] = (out[t.why as NotComputable] ?? 0) + 1
  return out
}

/**
 * Recomputes a statement: every trade's profit from its prices, the running balance, and every printed sum. Pure; the
 * product, the command line and the tests call this one function.
 *
 * @param known what a symbol list says of a symbol; without one, contract sizes are customary or inferred
 */
export const reconcile = (
  s: Statement,
  known: (symbol: string) => KnownSymbol | undefined = () => undefined,
): Reconciliation => {
  const inferred = s.currency === '' ? inferCurrency(marketTrades(s)) : ''
  const currency = s.currency === '' ? inferred : s.currency
  const { trades, symbols } = checkTrades(s, currency, known)
  const ledger = ledgerOf(s)
  const lines = checkLines(s, ledger, currency, symbols)
  const differences =
    s.unread.length +
    trades.filter((t) => t.state === 'differs').length +
    lines.filter((l) => l.state === 'differs').length
  const byRow = new Map<number, StatementTrade>([...s.closed, ...s.open].map((t) => [t.row, t]))
  return {
    currency,
    currencyFrom: s.currency !== '' ? 'printed' : inferred === '' ? 'unknown' : 'inferred',
    agrees: differences === 0,
    closed: counts(trades.filter((t) => !t.open)),
    open: counts(trades.filter((t) => t.open)),
    reasons: reasons(trades),
    trades,
    symbols,
    ledger: ledger.entries,
    carriedIn: ledger.carriedIn,
    wholeHistory: ledger.wholeHistory,
    lines,
    firstDifference: differences === 0 ? null : firstDifference(s, trades, lines, byRow),
    differences,
  }
}
