import { z } from 'zod'

/** Roles of people (house.md). What each may do stands in `permissions.ts`. */
export const roles = ['dealer', 'sales', 'compliance', 'admin'] as const
export const roleSchema = z.enum(roles)
export type Role = z.infer<typeof roleSchema>

/** State of the link as the user sees it. */
export const linkPhases = ['idle', 'connecting', 'synchronising', 'live', 'stale', 'offline'] as const
export const linkStatusSchema = z.object({
  phase: z.enum(linkPhases),
  /** Plain words: what is happening or what failed, and what comes next. */
  detail: z.string(),
  /** 0…1 while synchronising. */
  progress: z.number().min(0).max(1),
  rowsReceived: z.int(),
  rowsExpected: z.int(),
  bridge: z.string(),
  url: z.string(),
  epoch: z.string(),
  serverTimeOffset: z.int(),
  /** Bridge clock minus ours, ms. */
  clockOffset: z.number(),
  roundTripMs: z.number(),
  /** Age of the newest data when it was applied, ms. */
  lagMs: z.number(),
  /** UTC ms; 0 = never. */
  lastHeard: z.number(),
  liveSince: z.number(),
  /** UTC ms of the next attempt while offline; 0 = none planned. */
  nextAttempt: z.number(),
  attempts: z.int(),
  counters: z.object({
    frames: z.int(),
    bytes: z.int(),
    ticks: z.int(),
    changes: z.int(),
    refused: z.int(),
    gaps: z.int(),
    resyncs: z.int(),
    snapshots: z.int(),
    resumes: z.int(),
    reconnects: z.int(),
    hashMismatches: z.int(),
  }),
  /** The last frame or message that was refused: its named fault and when. */
  lastRefusal: z.object({ at: z.number(), fault: z.string(), detail: z.string() }).nullable(),
})
export type LinkStatus = z.infer<typeof linkStatusSchema>

export const deskStatusSchema = z.object({
  link: linkStatusSchema,
  book: z.object({
    accounts: z.int(),
    positions: z.int(),
    pendings: z.int(),
    symbols: z.int(),
    groups: z.int(),
    valuedAt: z.number(),
    passMs: z.number(),
    memoryBytes: z.number(),
    /** Where what is shown came from: the bridge, or the last book on disk while no bridge was reached yet. */
    source: z.enum(['none', 'bridge', 'file']),
    /** UTC ms, the desk's clock: the last of what is shown came then; 0 = nothing is shown. */
    asOf: z.number(),
    /** The book kept on disk: of which moment (0 = none), and why it is not used or could not be written. */
    kept: z.object({ asOf: z.number(), detail: z.string() }),
  }),
  store: z.object({ ok: z.boolean(), detail: z.string() }),
  utc: z.number(),
})
export type DeskStatus = z.infer<typeof deskStatusSchema>

const ruleSide = z.strictObject({
  /** Beyond this much in base currency; null = not checked. */
  amount: z.number().positive().max(1e12).nullable(),
  /** Beyond this share of own funds (0.5 = 50 %); null = not checked. */
  share: z.number().positive().max(1000).nullable(),
})

/**
 * P&L rule. `floating`: open result; own funds = balance + credit. `day`: equity − equity at day start − money moved
 * today; own funds = equity at day start + money moved in today. A side fires when either limit is passed.
 */
export const plRuleSchema = z.strictObject({
  id: z.string().min(1).max(40),
  name: z.string().min(1).max(80),
  enabled: z.boolean(),
  measure: z.enum(['floating', 'day']),
  profit: ruleSide,
  loss: ruleSide,
  /** Accounts with smaller own funds (base currency) never fire on share alone. */
  minFunds: z.number().min(0).max(1e12),
  /** Fires again only after the figure has come back under this part of the limit (0.8 = 80 %)… */
  rearmAt: z.number().min(0.05).max(0.99),
  /** …and not sooner than this. */
  rearmAfterMinutes: z.number().min(0).max(10_080),
  severity: z.enum(['notice', 'warning', 'critical']),
})
export type PlRule = z.infer<typeof plRuleSchema>

/** What the account looked like at the breach; account currency unless `Base`. */
export const breachFiguresSchema = z.object({
  currency: z.string(),
  base: z.string(),
  value: z.number(),
  valueBase: z.number(),
  /** value / own funds; null when there were no funds. */
  share: z.number().nullable(),
  funds: z.number(),
  balance: z.number(),
  credit: z.number(),
  equity: z.number(),
  floating: z.number(),
  dayPl: z.number(),
  margin: z.number(),
  marginLevel: z.number().nullable(),
  positions: z.int(),
  /** UTC ms of the valuation that breached, and server-local ms of the newest quote in it. */
  at: z.number(),
  serverTime: z.number(),
})
export type BreachFigures = z.infer<typeof breachFiguresSchema>

export const callOutcomes = [
  'reached',
  'no_answer',
  'voicemail',
  'call_back',
  'wrong_number',
  'refused',
  'no_call_needed',
] as const
export const callOutcomeSchema = z.enum(callOutcomes)
export type CallOutcome = z.infer<typeof callOutcomeSchema>

export const callSchema = z.object({
  startedAt: z.number(),
  by: z.string(),
  number: z.string(),
})

/** An alert. `new` → `seen` → `calling` → `done` (with outcome). Ids are deterministic, so nothing is raised twice. */
export const alertSchema = z.object({
  id: z.string().max(120),
  ruleId: z.string().max(40),
  ruleName: z.string().max(80),
  severity: plRuleSchema.shape.severity,
  measure: plRuleSchema.shape.measure,
  side: z.enum(['profit', 'loss']),
  /** Which limit was passed, and that limit (base currency, or share). */
  limitKind: z.enum(['amount', 'share']),
  limit: z.number(),
  login: z.int(),
  name: z.string().max(200),
  group: z.string().max(15),
  country: z.string().max(64),
  figures: breachFiguresSchema,
  state: z.enum(['new', 'seen', 'calling', 'done']),
  raisedAt: z.number(),
  seenAt: z.number().nullable(),
  seenBy: z.string().nullable(),
  calls: z.array(callSchema).max(50),
  outcome: callOutcomeSchema.nullable(),
  note: z.string().max(2000),
  /** UTC ms of the agreed call back; null = none. */
  callBackAt: z.number().nullable(),
  closedAt: z.number().nullable(),
  closedBy: z.string().nullable(),
})
export type Alert = z.infer<typeof alertSchema>

/** A telephone number as written on the account, and what can be made of it. */
export const phoneSchema = z.object({
  /** As stored. */
  raw: z.string(),
  /** E.164, or null when it cannot be read as a number. */
  e164: z.string().nullable(),
  /** International format for the eye. */
  display: z.string(),
  /** `tel:` address; null when it cannot be dialled. */
  uri: z.string().nullable(),
})

/** Who and where a client is; figures come from views. */
export const clientCardSchema = z.object({
  login: z.int(),
  name: z.string(),
  group: z.string(),
  currency: z.string(),
  leverage: z.int(),
  country: z.string(),
  /** ISO 3166 code; null when the country was not recognised. */
  countryCode: z.string().nullable(),
  city: z.string(),
  state: z.string(),
  zipCode: z.string(),
  address: z.string(),
  phones: z.array(phoneSchema),
  email: z.string(),
  /** IANA zone and whether it is certain (the country has one zone) or the likeliest of several. */
  timeZone: z.string().nullable(),
  timeZoneCertain: z.boolean(),
  leadSource: z.string(),
  status: z.string(),
  comment: z.string(),
  externalId: z.string(),
  enabled: z.boolean(),
  readOnly: z.boolean(),
  agentAccount: z.int(),
  /** UTC ms. */
  registeredAt: z.number(),
  lastSeenAt: z.number(),
  lastIp: z.string(),
  /** Other accounts that carry the same e-mail or phone. */
  otherLogins: z.array(z.int()),
  /** Recent alerts on this login, newest first. */
  alerts: z.array(alertSchema),
})
export type ClientCard = z.infer<typeof clientCardSchema>

export const searchHitSchema = z.object({
  kind: z.enum(['account', 'symbol']),
  login: z.int().nullable(),
  symbol: z.string().nullable(),
  title: z.string(),
  detail: z.string(),
})
export type SearchHit = z.infer<typeof searchHitSchema>

export const barsSchema = z.object({
  symbol: z.string(),
  digits: z.int(),
  /** Minutes. */
  period: z.int(),
  /** Server-local seconds of each bar's start. Prices are bids. */
  time: z.array(z.int()),
  open: z.array(z.number()),
  high: z.array(z.number()),
  low: z.array(z.number()),
  close: z.array(z.number()),
})
export type Bars = z.infer<typeof barsSchema>
