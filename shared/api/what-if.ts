import { z } from 'zod'

/**
 * What if prices moved: one symbol, one currency or all by so many per cent, spreads kept, along a straight path from
 * nothing to all of it. Amounts in base currency unless the line says otherwise; lots in lots (1.5).
 */

/** Largest fall and rise that may be asked for, per cent. */
export const SHOCK_RANGE = { least: -90, most: 300 } as const
/** Most accounts an answer names. */
export const MOST_HITS = 1000

/**
 * What moves. `symbol`: its middle price, and that of every name of the same market (suffixes, synonyms). `currency`: its
 * value against all others, in every pair that has it, so that crosses stay consistent. `all`: everything against base
 * currency; CFDs and futures in their own price.
 */
export const shockScopeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('symbol'), symbol: z.string().min(1).max(11) }),
  z.strictObject({ kind: z.literal('currency'), currency: z.string().length(3) }),
  z.strictObject({ kind: z.literal('all') }),
])
export type ShockScope = z.infer<typeof shockScopeSchema>

export const shockSchema = z.strictObject({
  scope: shockScopeSchema,
  percent: z.number().min(SHOCK_RANGE.least).max(SHOCK_RANGE.most),
})
export type Shock = z.infer<typeof shockSchema>

/** Change of price results at the end of the path. `broker` = coverage − B-book: what the A-book wins or loses is passed on. */
const changesSchema = z.object({
  clients: z.number(),
  bBook: z.number(),
  aBook: z.number(),
  coverage: z.number(),
  broker: z.number(),
})
export type BookChanges = z.infer<typeof changesSchema>

const known = z.number().nullable()

/** Margin state of an account at some point of the path, in its own currency; `level` % or money, null without margin. */
const standingSchema = z.object({ equity: z.number(), level: known, levelType: z.int().min(0).max(2) })

/** An account that meets its margin call or its stop-out on the way. */
const hitSchema = z.object({
  login: z.int(),
  name: z.string(),
  group: z.string(),
  currency: z.string(),
  kind: z.enum(['call', 'stopout']),
  /** Smallest part of the shock (0…1, in steps of 2⁻²⁰) at which it is met, and that part of the per cent. */
  part: z.number(),
  percent: z.number(),
  margin: z.number(),
  now: standingSchema,
  there: standingSchema,
  end: standingSchema,
})
export type WhatIfHit = z.infer<typeof hitSchema>

const symbolRowSchema = z.object({
  symbol: z.string(),
  digits: z.int(),
  bid: known,
  ask: known,
  shockedBid: known,
  shockedAsk: known,
  ...changesSchema.shape,
  /** Net lots of the B-book, and of coverage. */
  bNetLots: z.number(),
  coverageNetLots: z.number(),
  /** Lots to buy (negative: to sell) at coverage so that the broker carries nothing in this symbol now. */
  hedgeLots: z.number(),
})
export type WhatIfSymbol = z.infer<typeof symbolRowSchema>

const statesSchema = z.object({ calls: z.int(), stopOuts: z.int() })

export const whatIfSchema = z.object({
  shock: shockSchema,
  base: z.string(),
  /** UTC ms of the valuation it starts from, and server-local ms of its newest data. */
  valuedAt: z.number(),
  serverTime: z.number(),
  tookMs: z.number(),
  changes: changesSchema,
  /** Accounts in margin call and stop-out now and at the end; positions are not closed on the way. */
  now: statesSchema,
  end: statesSchema,
  /** Accounts that come into margin call (and, maybe, on from there), into stop-out, somewhere on the way. */
  met: statesSchema,
  /** Accounts whose equity is below zero at the end, and how much that is. */
  deficits: z.object({ accounts: z.int(), amount: z.number() }),
  symbols: z.array(symbolRowSchema),
  /** In the order in which they would be hit, ties by login; at most as many as asked for. */
  hits: z.array(hitSchema),
})
export type WhatIf = z.infer<typeof whatIfSchema>
