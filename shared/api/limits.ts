import { z } from 'zod'

/** Where an account meets its margin call and its stop-out, and what would restore it. Amounts in its own currency. */

const known = z.number().nullable()

/** A price at which something is met: bid and ask with today's spread, and how far the price has to go. */
const priceLimitSchema = z.object({
  bid: z.number(),
  ask: z.number(),
  /** Signed, in points of the symbol, and in per cent of the middle price. */
  points: z.int(),
  percent: z.number(),
})
export type PriceLimit = z.infer<typeof priceLimitSchema>

/** The first price met on the way up and on the way down; null: none between nothing and ten times the price. */
const waysSchema = z.object({ up: priceLimitSchema.nullable(), down: priceLimitSchema.nullable() })

const symbolLimitsSchema = z.object({
  symbol: z.string(),
  digits: z.int(),
  bid: known,
  ask: known,
  buyLots: z.number(),
  sellLots: z.number(),
  /** All other prices stay; conversions that rest on this price move with it. Null where it is met already. */
  call: waysSchema.nullable(),
  stopOut: waysSchema.nullable(),
})
export type SymbolLimits = z.infer<typeof symbolLimitsSchema>

export const accountLimitsSchema = z.object({
  login: z.int(),
  currency: z.string(),
  moneyDigits: z.int(),
  /** UTC ms of the valuation. */
  valuedAt: z.number(),
  equity: z.number(),
  margin: z.number(),
  level: known,
  levelType: z.int().min(0).max(2),
  /** Levels are money, not per cent. */
  levelsInMoney: z.boolean(),
  marginCall: z.number(),
  marginStopout: z.number(),
  symbols: z.array(symbolLimitsSchema),
  /** Smallest deposit after which the level is at least `target`; 0 where it is already, null where there is no level. */
  deposit: z.object({ target: z.number(), amount: known }),
})
export type AccountLimits = z.infer<typeof accountLimitsSchema>
