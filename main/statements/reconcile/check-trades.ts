import type { NotComputable } from '../../../shared/api/statements.ts'
import { Cmd, isMarketCmd, ProfitMode } from '../../../shared/mt4/enums.ts'
import type { Statement, StatementTrade } from '../types.ts'
import { implausible } from './plausible.ts'
import { type SeenRates, seenRates } from './same-second.ts'
import {
  bySymbol,
  type KnownSymbol,
  rateOf,
  resultAt,
  type SymbolFacts,
  sameMoney,
  symbolFacts,
} from './symbol-facts.ts'
import type { TradeCheck } from './types.ts'

/** Closed and open trades of a statement: no pending orders, no money operations. */
export const marketTrades = (s: Statement): StatementTrade[] =>
  [...s.closed, ...s.open].filter((t) => isMarketCmd(t.cmd))

const reasonAgainst = (facts: SymbolFacts, trade: StatementTrade, deposit: string): NotComputable | null => {
  if (!(trade.openPrice > 0 && trade.closePrice > 0)) return 'NO_PRICES'
  if (deposit === '') return 'NO_CURRENCY'
  if (facts.source === 'unknown') return facts.trades === 1 ? 'ONE_TRADE' : 'NO_CONTRACT'
  return facts.conversion === 'missing' ? 'NO_RATE' : null
}

const blank = (t: StatementTrade): Pick<TradeCheck, 'row' | 'order' | 'open' | 'printed'> => ({
  row: t.row,
  order: t.order,
  open: t.closeTime === 0,
  printed: t.profit,
})

/** A trade by a rate that another trade of the same second shows, when one of them reproduces it to the cent. */
const bySeenRate = (
  facts: SymbolFacts,
  t: StatementTrade,
  seen: SeenRates,
  digits: number,
): number | null => {
  if (facts.pair === null || facts.contractSize === 0 || t.closeTime === 0) return null
  for (const rate of seen.of(facts.pair.quote, t.closeTime, t.cmd === Cmd.SELL))
    for (const profitMode of [ProfitMode.FOREX, ProfitMode.CFD]) {
      const result = resultAt({ ...facts, profitMode }, t, rate, digits)
      if (sameMoney(result, t.profit, digits)) return result
    }
  return null
}

const checkSymbol = (
  facts: SymbolFacts,
  trades: readonly StatementTrade[],
  deposit: string,
  seen: SeenRates,
  digits: number,
): TradeCheck[] => {
  const open = trades.filter((t) => reasonAgainst(facts, t, deposit) !== null)
  const faults = open.length === 0 ? new Map<StatementTrade, 'SIGN' | 'RATE'>() : implausible(open, digits)
  return trades.map((t): TradeCheck => {
    const why = reasonAgainst(facts, t, deposit)
    if (why === null) {
      const result = resultAt(facts, t, rateOf(facts, t), digits)
      const exact = sameMoney(result, t.profit, digits)
      return {
        ...blank(t),
        state: exact ? 'exact' : 'differs',
        why: exact ? null : 'PROFIT',
        recomputed: Number.isFinite(result) ? result : null,
        rate: facts.conversion === 'none' ? 'none' : 'close',
      }
    }
    const found = why === 'NO_RATE' ? bySeenRate(facts, t, seen, digits) : null
    if (found !== null)
      return { ...blank(t), state: 'exact', why: null, recomputed: found, rate: 'same-second' }
    const fault = faults.get(t)
    return {
      ...blank(t),
      state: fault === undefined ? 'notComputable' : 'differs',
      why: fault ?? why,
      recomputed: null,
      rate: null,
    }
  })
}

/** Every market trade of a statement checked, in the order of its rows, and what was assumed of each symbol. */
export const checkTrades = (
  s: Statement,
  deposit: string,
  known: (symbol: string) => KnownSymbol | undefined,
): { trades: TradeCheck[]; symbols: SymbolFacts[] } => {
  const all = marketTrades(s)
  const seen = seenRates(all, deposit)
  const symbols: SymbolFacts[] = []
  const trades: TradeCheck[] = []
  for (const [symbol, list] of bySymbol(all)) {
    const facts = symbolFacts(symbol, list, deposit, s.digits, known(symbol))
    symbols.push(facts)
    trades.push(...checkSymbol(facts, list, deposit, seen, s.digits))
  }
  return { trades: trades.sort((a, b) => a.row - b.row), symbols }
}
