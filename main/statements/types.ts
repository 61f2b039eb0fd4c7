/** One trade, order or money operation of a statement. Times are server-local seconds; lots as printed (1.00 = 1 lot). */
export type StatementTrade = {
  /** Its place among the rows of the report, from 1: what a person counts. */
  row: number
  order: number
  /** `Cmd`; see `StatementRow` for how words of other languages become one. */
  cmd: number
  openTime: number
  lots: number
  symbol: string
  openPrice: number
  sl: number
  tp: number
  /** 0 for open trades and working orders. */
  closeTime: number
  /** Market price at the statement's moment for open trades; 0 where the statement has none. */
  closePrice: number
  commission: number
  taxes: number
  storage: number
  profit: number
  comment: string
}

/** A row with a ticket that could not be read, as it stands there. */
export type UnreadRow = { row: number; order: number; text: string }

/** The four sums under a section. */
export type SectionTotals = { commission: number; taxes: number; storage: number; profit: number }

/** Lines of the Summary block, in the order a terminal prints them. */
export const summaryLines = [
  'deposit',
  'credit',
  'closedPl',
  'floatingPl',
  'margin',
  'balance',
  'equity',
  'freeMargin',
] as const
export type SummaryLine = (typeof summaryLines)[number]

/** Lines of the Details block, in the order a terminal prints them. */
export const detailLines = [
  'grossProfit',
  'grossLoss',
  'netProfit',
  'profitFactor',
  'expectedPayoff',
  'absoluteDrawdown',
  'maximalDrawdown',
  'relativeDrawdown',
  'totalTrades',
  'shortPositions',
  'longPositions',
  'profitTrades',
  'lossTrades',
  'largestProfit',
  'largestLoss',
  'averageProfit',
  'averageLoss',
  'maxConsecutiveWins',
  'maxConsecutiveLosses',
  'maxConsecutiveProfit',
  'maxConsecutiveLoss',
  'averageConsecutiveWins',
  'averageConsecutiveLosses',
] as const
export type DetailLine = (typeof detailLines)[number]

/** Figures of a line: "15.76 (4.88%)" has two. */
export type Printed = readonly number[]

export type Statement = {
  format: 'html' | 'csv'
  /** `list`: rows without a summary, as some tools export them. */
  kind: 'statement' | 'detailed' | 'list'
  encoding: string
  account: string
  name: string
  company: string
  /** Deposit currency; empty when the report does not say. */
  currency: string
  /** N of 1:N; 0 when the statement does not say. */
  leverage: number
  /** Server-local seconds at which it was made; 0 when the report does not say. */
  time: number
  /** Decimals of its money: 2, or none in a yen account. */
  digits: number
  /** Closed trades, cancelled orders and money operations, as printed. */
  closed: StatementTrade[]
  open: StatementTrade[]
  working: StatementTrade[]
  totals: { closed: SectionTotals | null; open: SectionTotals | null }
  /** Closed P/L and Floating P/L under their sections. */
  sections: { closed: number | null; open: number | null }
  summary: Readonly<Partial<Record<SummaryLine, Printed>>>
  details: Readonly<Partial<Record<DetailLine, Printed>>>
  unread: UnreadRow[]
  /** What was read in a way worth knowing, in words. */
  notes: string[]
}
