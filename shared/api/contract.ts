import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { outboxEventSchema } from '../outbox/events.ts'
import { outboxChannelSchema, outgoingCommandSchema } from '../outbox/outgoing.ts'
import { outboxStateSchema, outboxStates } from '../outbox/rows.ts'
import { crm, interactions, leads, tasks } from './crm.ts'
import { data } from './data.ts'
import { accountExplanationSchema, positionExplanationSchema } from './explain.ts'
import { accountLimitsSchema } from './limits.ts'
import {
  alertSchema,
  barsSchema,
  callOutcomeSchema,
  clientCardSchema,
  deskStatusSchema,
  plRuleSchema,
  roleSchema,
  searchHitSchema,
} from './models.ts'
import { paymentRequestSchema, paymentViewSchema } from './payments.ts'
import { procedure } from './procedure.ts'
import { documentHitKinds, documentHitsSchema } from './search.ts'
import { MAX_STATEMENT_BASE64, statementReportSchema } from './statements.ts'
import { viewSpecSchema } from './views.ts'
import { MOST_HITS, shockSchema, whatIfSchema } from './what-if.ts'

/**
 * Everything a window may ask of the desk. Contract first: the router in main/api implements exactly this, the
 * client in renderer/data is typed by it. Binary data do not pass here but in the frame channel.
 */
const id = z.string().min(1).max(120)
const commandKey = outgoingCommandSchema.shape.key
const note = z.string().max(2000)
const name = z.string().min(1).max(60)

export const sessionSchema = z.object({
  role: roleSchema.nullable(),
  user: z.string(),
  version: z.string(),
  host: z.enum(['electron', 'node']),
  /** The desk runs on the demo broker: the welcome screen offers every role. */
  demo: z.boolean(),
  base: z.string(),
})
export type Session = z.infer<typeof sessionSchema>

export const alertEventSchema = z.object({
  /** `all` replaces the list (first event); `changed` carries the alerts that are new or different. */
  kind: z.enum(['all', 'changed']),
  alerts: z.array(alertSchema),
})
export type AlertEvent = z.infer<typeof alertEventSchema>

export const contract = {
  session: {
    get: procedure.output(sessionSchema),
    /** Chooses the role this window works in. */
    open: procedure.input(z.strictObject({ role: roleSchema })).output(sessionSchema),
  },
  desk: {
    status: procedure.output(deskStatusSchema),
    /** The status now, then at every change of phase and about twice a second. */
    watch: procedure.output(eventIterator(deskStatusSchema)),
    /** Drops the connection and connects anew at once. */
    reconnect: procedure.output(z.void()),
    /** Throws the desk's copy away and takes a fresh snapshot; the old book stays on screen meanwhile. */
    resync: procedure.output(z.void()),
  },
  views: {
    /** Opens a view; its frames come through this window's frame channel with this id as scope. */
    open: procedure.input(viewSpecSchema).output(z.object({ viewId: z.int() })),
    change: procedure.input(z.strictObject({ viewId: z.int(), spec: viewSpecSchema })).output(z.void()),
    close: procedure.input(z.strictObject({ viewId: z.int() })).output(z.void()),
  },
  clients: {
    card: procedure.input(z.strictObject({ login: z.int().min(1) })).output(clientCardSchema),
  },
  positions: {
    explain: procedure.input(z.strictObject({ order: z.int().min(1) })).output(positionExplanationSchema),
  },
  accounts: {
    explain: procedure.input(z.strictObject({ login: z.int().min(1) })).output(accountExplanationSchema),
    /** Prices of its margin call and stop-out, and the deposit that brings its level to `target` (% or money). */
    limits: procedure
      .input(z.strictObject({ login: z.int().min(1), target: z.number().positive().max(1e12) }))
      .output(accountLimitsSchema),
  },
  risk: {
    /** What a shock would do to the whole book; nothing is changed by asking. */
    whatIf: procedure
      .input(z.strictObject({ ...shockSchema.shape, limit: z.int().min(1).max(MOST_HITS) }))
      .output(whatIfSchema),
  },
  search: {
    find: procedure
      .input(z.strictObject({ text: z.string().max(100), limit: z.int().min(1).max(50) }))
      .output(z.array(searchHitSchema)),
    /** Clients, leads and what passed with them; partial while the index is being built. */
    documents: procedure
      .input(
        z.strictObject({
          text: z.string().max(300),
          limit: z.int().min(1).max(50),
          kinds: z.array(z.enum(documentHitKinds)).min(1).max(documentHitKinds.length).optional(),
        }),
      )
      .output(documentHitsSchema),
  },
  chart: {
    bars: procedure
      .input(
        z.strictObject({
          symbol: z.string().min(1).max(11),
          period: z.union([
            z.literal(1),
            z.literal(5),
            z.literal(15),
            z.literal(60),
            z.literal(240),
            z.literal(1440),
          ]),
          count: z.int().min(1).max(2000),
        }),
      )
      .output(barsSchema),
  },
  alerts: {
    /** Open alerts and those closed today, then changes. */
    watch: procedure.output(eventIterator(alertEventSchema)),
    /** Marks alerts as seen (stops their sound). */
    seen: procedure.input(z.strictObject({ ids: z.array(id).max(500) })).output(z.void()),
    /** Notes that a call was started; answers the alert. The window opens the `tel:` address itself. */
    call: procedure.input(z.strictObject({ id, number: z.string().max(40) })).output(alertSchema),
    /** Closes the alert with an outcome, or keeps it open for a call back. */
    outcome: procedure
      .input(z.strictObject({ id, outcome: callOutcomeSchema, note, callBackAt: z.number().nullable() }))
      .output(alertSchema),
  },
  rules: {
    list: procedure.output(z.array(plRuleSchema)),
    /** Adds or replaces a rule by id. */
    save: procedure.input(plRuleSchema).output(plRuleSchema),
  },
  payments: {
    /** Writes the payment and sends it when the bridge is there. The same request again changes nothing. */
    request: procedure.input(paymentRequestSchema).output(paymentViewSchema),
    /** Payments of an account, newest first. */
    list: procedure
      .input(z.strictObject({ login: z.int().min(1), limit: z.int().min(1).max(200) }))
      .output(z.array(paymentViewSchema)),
  },
  outbox: {
    /** What waits and what was sent: a page of these states, then every row that is new or different. */
    watch: procedure
      .input(
        z.strictObject({
          states: z.array(outboxStateSchema).max(outboxStates.length),
          limit: z.int().min(1).max(2000),
        }),
      )
      .output(eventIterator(outboxEventSchema)),
    /** A failed command once more: under its own key where it was never answered, else under a new one. */
    retry: procedure.input(z.strictObject({ key: commandKey })).output(z.void()),
    /** Takes back what has not gone out. */
    cancel: procedure.input(z.strictObject({ key: commandKey })).output(z.void()),
    /** Lets the lane behind a failed command go on. */
    release: procedure.input(z.strictObject({ key: commandKey })).output(z.void()),
    /** Somebody looked: what nobody knew of was executed, or it was not. */
    settle: procedure.input(z.strictObject({ key: commandKey, executed: z.boolean() })).output(z.void()),
    /** Nothing goes out on a paused channel. */
    pause: procedure
      .input(z.strictObject({ channel: outboxChannelSchema, paused: z.boolean() }))
      .output(z.void()),
  },
  statements: {
    /** Reads a statement of an MT4 terminal and recomputes it. Its contents travel gzipped, in base64, and are not kept. */
    reconcile: procedure
      .input(z.strictObject({ name: z.string().min(1).max(200), gzip: z.base64().max(MAX_STATEMENT_BASE64) }))
      .output(statementReportSchema),
  },
  crm,
  interactions,
  tasks,
  leads,
  data,
  layouts: {
    /** The JSON saved under a name for this role, or null. */
    load: procedure
      .input(z.strictObject({ name }))
      .output(z.object({ json: z.string().max(200_000).nullable() })),
    save: procedure.input(z.strictObject({ name, json: z.string().max(200_000) })).output(z.void()),
  },
}
export type DeskContract = typeof contract

type Paths<C> = { [G in keyof C & string]: `${G}.${keyof C[G] & string}` }[keyof C & string]
/** `group.procedure` for every procedure of the contract. */
export type ProcedurePath = Paths<DeskContract>
