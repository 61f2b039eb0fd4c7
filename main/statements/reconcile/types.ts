import type { NotComputable, TradeFault } from '../../../shared/api/statements.ts'
import type { DetailLine, SummaryLine } from '../types.ts'
import type { SymbolFacts } from './symbol-facts.ts'

/** How a trade's conversion rate was known: none needed, its own closing price, or a price of the same second elsewhere in the statement. */
export type RateSource = 'none' | 'close' | 'same-second'

/** A closed or open trade, its profit as printed and as recomputed. */
export type TradeCheck = {
  row: number
  order: number
  open: boolean
  state: 'exact' | 'differs' | 'notComputable'
  why: NotComputable | TradeFault | null
  printed: number
  /** NaN-free: null where it is not computable. */
  recomputed: number | null
  rate: RateSource | null
}

export type SectionLine =
  | 'closedCommission'
  | 'closedTaxes'
  | 'closedSwap'
  | 'closedProfit'
  | 'closedTotal'
  | 'openCommission'
  | 'openTaxes'
  | 'openSwap'
  | 'openProfit'
  | 'openTotal'

/** A figure of the sums, the summary or the details, as printed and as recomputed. */
export type LineCheck = {
  block: 'sums' | 'summary' | 'details'
  line: SectionLine | SummaryLine | DetailLine
  printed: readonly number[]
  recomputed: readonly number[] | null
  state: 'agrees' | 'differs' | 'notChecked'
  /** Why it was not checked, or what explains the difference; empty when there is nothing to say. */
  note: string
}

/** Balance behind a closed trade or a money operation, in the order of their closing. */
export type LedgerEntry = { row: number; order: number; balance: number }

/** The first thing that is not as it should be, named. */
export type Difference = {
  kind: 'row' | 'trade' | 'line'
  /** Row of the report, for a row or a trade; 0 for a line. */
  row: number
  order: number
  line: LineCheck['line'] | null
  printed: number | null
  recomputed: number | null
  text: string
}

export type TradeCounts = { read: number; exact: number; differing: number; notComputable: number }

export type Reconciliation = {
  currency: string
  currencyFrom: 'printed' | 'inferred' | 'unknown'
  /** True when everything that could be checked agrees. */
  agrees: boolean
  closed: TradeCounts
  open: TradeCounts
  /** Not computable trades, closed and open, by reason. */
  reasons: Partial<Record<NotComputable, number>>
  trades: TradeCheck[]
  symbols: SymbolFacts[]
  ledger: LedgerEntry[]
  /** Balance before the first row; 0 when the statement begins with the account's first deposit. */
  carriedIn: number
  wholeHistory: boolean
  lines: LineCheck[]
  firstDifference: Difference | null
  differences: number
}
