import { z } from 'zod'

/** JSON columns of symbols and groups. */

const sessionSchema = z.object({
  openHour: z.int().min(0).max(24),
  openMin: z.int().min(0).max(59),
  closeHour: z.int().min(0).max(24),
  closeMin: z.int().min(0).max(59),
})

/** ConSessions[7]; index 0 = Sunday. Up to three quote and three trade sessions a day. */
export const sessionsSchema = z
  .array(z.object({ quote: z.array(sessionSchema).max(3), trade: z.array(sessionSchema).max(3) }))
  .length(7)
export type Sessions = z.infer<typeof sessionsSchema>

/**
 * ConGroupSec, one per security group (`SymbolRecord.type`). Lots in 1/100. Fields with a default came later: bridges that
 * do not send them mean the default.
 */
export const secGroupSchema = z.object({
  show: z.boolean(),
  trade: z.boolean(),
  /** 0 MANUAL, 1 AUTO, 2 ACTIVITY */
  execution: z.int().min(0).max(2),
  commBase: z.number(),
  /** 0 MONEY, 1 PIPS, 2 PERCENT */
  commType: z.int().min(0).max(2),
  /** 0 PER_LOT, 1 PER_DEAL */
  commLots: z.int().min(0).max(1),
  /** Tax in per cent of the commission. */
  commTax: z.number().default(0),
  commAgent: z.number().default(0),
  /** 0 MONEY, 1 PIPS */
  commAgentType: z.int().min(0).max(1).default(0),
  /** 0 PER_LOT, 1 PER_DEAL */
  commAgentLots: z.int().min(0).max(1).default(0),
  spreadDiff: z.int(),
  lotMin: z.int().min(1),
  lotMax: z.int().min(1),
  lotStep: z.int().min(1),
  ieDeviation: z.int().min(0),
  /** REQUEST execution: the dealer confirms after the client, too. */
  confirmation: z.boolean().default(false),
  /** INSTANT execution: a price within the client's deviation executes at once. */
  ieQuickMode: z.boolean().default(true),
  /** End-of-day close-out: 0 NONE, 1 HIHI, 2 LOLO, 3 HILO, 4 LOHI, 5 FIFO, 6 LIFO, 7 INTRADAY_FIFO */
  autoCloseOut: z.int().min(0).max(7).default(0),
  /** 1 = free margin is not checked again after the dealer's answer */
  freeMarginMode: z.int().min(0).max(1).default(0),
  /** Bits: 1 denies close-by, 2 denies multiple close-by. */
  tradeRights: z.int().min(0).default(0),
})
export const secGroupsSchema = z.array(secGroupSchema).max(32)
export type SecGroup = z.infer<typeof secGroupSchema>

/** ConGroupMargin: per-symbol overrides of a group. */
export const secMarginsSchema = z
  .array(
    z.object({
      symbol: z.string().max(11),
      swapLong: z.number(),
      swapShort: z.number(),
      marginDivider: z.number(),
    }),
  )
  .max(128)
export type SecMargin = z.infer<typeof secMarginsSchema>[number]
