import { z } from 'zod'

/**
 * How a figure came about, complete enough to be worked out again from the explanation alone (`recompute` in the book
 * does, and must get the figure shown). JSON knows no NaN: `null` is a number that is missing or not computable.
 * Times of quotes are server-local milliseconds, 0 = never quoted. Lots are lots (1.5); volumes are 1/100 lot.
 */

const known = z.number().nullable()

/** One quote that a rate was read from. `price` is that of `side`; `inverse` divides by it. */
const rateStepSchema = z.object({
  pair: z.string(),
  side: z.enum(['bid', 'ask', 'mid']),
  bid: known,
  ask: known,
  price: known,
  inverse: z.boolean(),
  time: z.number(),
})

/** A conversion between two currencies. No steps: the rate is 1. `steps` null: no pairs lead from one to the other. */
const rateSchema = z.object({
  from: z.string(),
  to: z.string(),
  steps: z.array(rateStepSchema).nullable(),
  rate: known,
})
export type ExplainedRate = z.infer<typeof rateSchema>

/** A setting (docs/formulas.md) and the figures that rest on it. */
const decisionSchema = z.object({ name: z.string(), value: z.string(), figures: z.array(z.string()) })
const formulaSchema = z.object({ figure: z.string(), name: z.string(), text: z.string() })

const termsSchema = z.object({
  marginMode: z.int(),
  contractSize: z.number(),
  tickSize: z.number(),
  tickValue: z.number(),
  marginInitial: z.number(),
  marginMaintenance: z.number(),
  marginHedged: z.number(),
})

/** A value before and after its rounding; `rounded` null where the formula does not round it by itself. */
const legSchema = z.object({ exact: known, rounded: known })

const positionFiguresSchema = z.object({
  profit: known,
  total: known,
  totalBase: known,
  /** What the position would need alone; covered volume makes the account's margin less. */
  margin: known,
})
export type PositionFigures = z.infer<typeof positionFiguresSchema>

const headShape = {
  /** Server-local ms of the newest data in the book; UTC ms of the valuation. */
  serverTime: z.number(),
  valuedAt: z.number(),
  base: z.string(),
  baseDigits: z.int(),
  /** The account's currency and the decimals money is rounded to: half away from zero, 1e-7 of bias (`roundTo`). */
  currency: z.string(),
  moneyDigits: z.int(),
  toBase: rateSchema,
  formulas: z.array(formulaSchema),
  /** Settings (docs/formulas.md) that the figures rest on. */
  decisions: z.array(decisionSchema),
  /** Why a figure is blank, in words; empty when none is. */
  blanks: z.array(z.string()),
}

export const positionExplanationSchema = z.object({
  kind: z.literal('position'),
  ...headShape,
  order: z.int(),
  login: z.int(),
  symbol: z.string(),
  cmd: z.int(),
  volume: z.int(),
  lots: z.number(),
  digits: z.int(),
  /** False: the server's lists have no such symbol or account. */
  symbolKnown: z.boolean(),
  accountKnown: z.boolean(),
  openPrice: z.number(),
  /** Live price it would close at, the side it is read from, and when it was quoted. */
  closePrice: known,
  closeSide: z.enum(['bid', 'ask']),
  closeTime: z.number(),
  profitMode: z.int(),
  terms: termsSchema,
  conversion: rateSchema,
  /** Money that a price of 1.0 is worth for one lot, in account currency. */
  unitValue: known,
  openLeg: legSchema,
  closeLeg: legSchema,
  storage: z.number(),
  commission: z.number(),
  taxes: z.number(),
  /** The three together, rounded once. */
  costs: known,
  leverage: z.int(),
  divider: z.number(),
  marginRate: z.number(),
  marginExact: known,
  figures: positionFiguresSchema,
})
export type PositionExplanation = z.infer<typeof positionExplanationSchema>

/** A position's part of an account's open result. `profit` null counts as nothing; costs count all the same. */
const countedPositionSchema = z.object({
  order: z.int(),
  symbol: z.string(),
  cmd: z.int(),
  lots: z.number(),
  digits: z.int(),
  openPrice: z.number(),
  closePrice: known,
  closeTime: z.number(),
  profit: known,
  costs: z.number(),
})

const marginLegSchema = z.object({ lots: z.number(), openSum: z.number(), rateSum: z.number() })

/** Margin of a symbol before the account's one rounding. Legs: lots, Σ open price · lots, Σ margin rate · lots. */
const symbolMarginSchema = z.object({
  symbol: z.string(),
  terms: termsSchema,
  divider: z.number(),
  dividerOf: z.enum(['group', 'symbol']),
  buy: marginLegSchema,
  sell: marginLegSchema,
  /** Lots of both legs that cover each other. */
  covered: z.number(),
  exact: known,
})
export type ExplainedMargin = z.infer<typeof symbolMarginSchema>

const accountFiguresSchema = z.object({
  floating: known,
  equity: known,
  margin: known,
  freeMargin: known,
  marginLevel: known,
  levelType: z.int().min(0).max(2),
  dayPl: known,
  dayRealised: known,
  dayUnrealised: known,
  daySwap: known,
  dayCommission: known,
  dayAgent: known,
  floatingBase: known,
  equityBase: known,
  dayPlBase: known,
})
export type AccountFigures = z.infer<typeof accountFiguresSchema>
export type AccountFigure = keyof AccountFigures

export const accountExplanationSchema = z.object({
  kind: z.literal('account'),
  ...headShape,
  login: z.int(),
  name: z.string(),
  group: z.string(),
  groupKnown: z.boolean(),
  leverage: z.int(),
  balance: z.number(),
  credit: z.number(),
  prevEquity: z.number(),
  /** Server-local seconds at which the day of the sums began. */
  dayStart: z.int(),
  /** Deposits, withdrawals and credit booked since then, and what was closed since then. */
  moneyToday: z.number(),
  closedProfit: z.number(),
  closedSwap: z.number(),
  closedCommission: z.number(),
  closedAgent: z.number(),
  /** Open positions: the largest results one by one, the others as a sum. */
  positions: z.int(),
  counted: z.array(countedPositionSchema),
  rest: z.object({ positions: z.int(), blank: z.int(), sum: z.number() }),
  /** Quotes the positions were valued at: the oldest and the newest; 0 without any. */
  oldestQuote: z.number(),
  newestQuote: z.number(),
  /** The group's rules. `marginCall` and `marginStopout` in % or money by `marginType`. */
  freeMarginMode: z.int(),
  marginType: z.int(),
  marginCall: z.number(),
  marginStopout: z.number(),
  stopoutSkipHedged: z.int(),
  hedgeLargeLeg: z.int(),
  margins: z.array(symbolMarginSchema),
  figures: accountFiguresSchema,
})
export type AccountExplanation = z.infer<typeof accountExplanationSchema>
