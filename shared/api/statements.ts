import { z } from 'zod'

/** A statement as reconciled by the desk: what a window shows and `npm run reconcile -- --json` prints. */

/** Statements travel gzipped, so that a message stays under a window's limit; base64 of at most this many letters. */
export const MAX_STATEMENT_BASE64 = 900_000

const money = z.number()
const count = z.int().min(0)
const text = z.string().max(1000)

const countsSchema = z.object({
  read: count,
  exact: count,
  differing: count,
  notComputable: count,
})

/** Why a trade's profit cannot be recomputed from its statement. */
export const notComputableSchema = z.enum(['NO_RATE', 'NO_CONTRACT', 'ONE_TRADE', 'NO_PRICES', 'NO_CURRENCY'])
export type NotComputable = z.infer<typeof notComputableSchema>

/** Why a trade is called different. */
export const tradeFaultSchema = z.enum(['PROFIT', 'SIGN', 'RATE'])
export type TradeFault = z.infer<typeof tradeFaultSchema>

const lineSchema = z.object({
  block: z.enum(['sums', 'summary', 'details']),
  line: z.string().max(40),
  /** What a terminal calls it. */
  name: z.string().max(60),
  printed: z.array(z.number()),
  recomputed: z.array(z.number()).nullable(),
  /** Printed less recomputed of the first figure that differs; null where nothing was recomputed. */
  difference: z.number().nullable(),
  state: z.enum(['agrees', 'differs', 'notChecked']),
  note: text,
})
export type StatementLine = z.infer<typeof lineSchema>

const rowSchema = z.object({
  /** Its place among the rows of the report, from 1. */
  row: count,
  order: count,
  kind: z.enum(['closed', 'open', 'balance', 'credit']),
  symbol: text,
  sell: z.boolean(),
  lots: z.number(),
  /** Server-local seconds; 0 = none. */
  openTime: z.number(),
  closeTime: z.number(),
  openPrice: z.number(),
  closePrice: z.number(),
  commission: money,
  taxes: money,
  swap: money,
  /** Profit as printed; the amount of an operation. */
  printed: money,
  recomputed: money.nullable(),
  state: z.enum(['exact', 'differs', 'notComputable', 'operation']),
  why: z.union([notComputableSchema, tradeFaultSchema]).nullable(),
  /** How its conversion rate was known. */
  rate: z.enum(['none', 'close', 'same-second']).nullable(),
  /** Balance behind it; null for open trades and credit. */
  balance: money.nullable(),
  comment: text,
})
export type StatementRow = z.infer<typeof rowSchema>

const symbolSchema = z.object({
  symbol: text,
  contractSize: z.number(),
  profitMode: z.int(),
  source: z.enum(['given', 'custom', 'inferred', 'unknown']),
  trades: count,
  exact: count,
})

export const statementReportSchema = z.object({
  file: text,
  format: z.enum(['html', 'csv']),
  kind: z.enum(['statement', 'detailed', 'list']),
  encoding: z.string().max(40),
  account: text,
  name: text,
  company: text,
  currency: z.string().max(10),
  currencyFrom: z.enum(['printed', 'inferred', 'unknown']),
  leverage: z.number(),
  time: z.number(),
  digits: z.int(),
  agrees: z.boolean(),
  differences: count,
  /** The first difference from top to bottom, in words and figures. */
  firstDifference: z
    .object({
      kind: z.enum(['row', 'trade', 'line']),
      row: count,
      order: count,
      line: z.string().max(40).nullable(),
      printed: z.number().nullable(),
      recomputed: z.number().nullable(),
      text,
    })
    .nullable(),
  closed: countsSchema,
  open: countsSchema,
  /** Trades that cannot be recomputed, by reason. */
  reasons: z.partialRecord(notComputableSchema, count),
  operations: count,
  cancelled: count,
  working: count,
  unread: z.array(z.object({ row: count, order: z.number(), text })),
  symbols: z.array(symbolSchema),
  /** The statement begins with the account's first deposit; otherwise `carriedIn` was the balance before. */
  wholeHistory: z.boolean(),
  carriedIn: money,
  lines: z.array(lineSchema),
  rows: z.array(rowSchema),
  notes: z.array(text),
})
export type StatementReport = z.infer<typeof statementReportSchema>
