import { roundTo } from '../../../shared/money/rounding.ts'
import { Cmd } from '../../../shared/mt4/enums.ts'
import type { Statement } from '../types.ts'
import { pairOf } from './pair-name.ts'
import { bySymbol, type SymbolFacts } from './symbol-facts.ts'

/** Margin of the open trades, or why a statement does not tell it. */
export type MarginResult = { margin: number; note: string } | { margin: null; note: string }

const unknown = (note: string): MarginResult => ({ margin: null, note })
const metals = new Set(['XAU', 'XAG', 'XPT', 'XPD', 'XCU', 'BTC', 'ETH', 'LTC', 'XRP', 'BCH'])

/**
 * Margin by the Forex rule (lots × contract ÷ leverage, in base currency, at the rate of opening), once rounded. Only
 * where the statement holds all of it: printed leverage, currency pairs that contain the deposit currency, no hedge
 * (what covered lots cost is the broker's setting). Percentages of the broker's own are not in a statement: a difference
 * here may be one.
 */
export const marginOf = (s: Statement, deposit: string, symbols: readonly SymbolFacts[]): MarginResult => {
  if (s.open.length === 0) return { margin: 0, note: '' }
  if (s.leverage === 0) return unknown('The statement does not print the leverage.')
  let margin = 0
  for (const [symbol, trades] of bySymbol(s.open)) {
    const pair = pairOf(symbol)
    const facts = symbols.find((f) => f.symbol === symbol)
    if (pair === null || metals.has(pair.base))
      return unknown(`What ${symbol} asks for is the broker's setting.`)
    if (pair.base !== deposit && pair.quote !== deposit)
      return unknown(`The rate of ${pair.base} at the opening of ${symbol} is not in the statement.`)
    if (new Set(trades.map((t) => t.cmd)).size > 1)
      return unknown(`What the hedged lots of ${symbol} ask for is the broker's setting.`)
    const contract = facts?.contractSize ?? 0
    if (contract === 0) return unknown(`The contract size of ${symbol} is not known.`)
    for (const t of trades) {
      if (t.cmd !== Cmd.BUY && t.cmd !== Cmd.SELL) continue
      margin += ((t.lots * contract) / s.leverage) * (pair.base === deposit ? 1 : t.openPrice)
    }
  }
  return {
    margin: roundTo(margin, s.digits),
    note: "By the account's leverage; a broker may ask for a percentage of its own.",
  }
}
