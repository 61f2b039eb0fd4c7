import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { clientClasses, clientSchema, clientStages } from '../documents/client.ts'
import {
  documentId,
  fieldConflictSchema,
  line,
  loginNumber,
  moment,
  paragraphs,
  userName,
} from '../documents/fields.ts'
import { interactionKinds, interactionSchema, ticketStates } from '../documents/interaction.ts'
import { leadSchema, leadStages } from '../documents/lead.ts'
import { personFields } from '../documents/person.ts'
import { taskKinds, taskSchema, taskStates } from '../documents/task.ts'
import { callOutcomeSchema } from './models.ts'
import { pageSchema, sliceFields } from './pages.ts'
import { procedure } from './procedure.ts'

/**
 * What people write down about clients and leads. Everything here works without any connection. Texts are kept as
 * they were typed; times are UTC ms.
 *
 * `save` takes what somebody changed together with what these fields were when they began (`base`). Fields nobody
 * else touched are written; where somebody else changed the same field meanwhile, sets and lists become one, and
 * everything else stays as the other one left it: the answer then names the conflict with both versions, and the
 * document keeps it until somebody chooses (`resolve`).
 */

const login = loginNumber.min(1)

/** Whom something is about: an account, a client's document, or a lead. */
export const aboutSchema = z.union([
  z.strictObject({ login }),
  z.strictObject({ client: documentId }),
  z.strictObject({ lead: documentId }),
])
export type About = z.infer<typeof aboutSchema>

const edited = <F extends z.ZodType>(some: F): { base: F; changes: F } => ({ base: some, changes: some })
const resolution = {
  conflict: documentId,
  /** `kept`: as the document has it; `other`: the version that waits. */
  choose: z.enum(['kept', 'other']),
}

export const clientEditSchema = z.strictObject({
  ...personFields,
  stage: z.enum(clientStages),
  class: z.enum(clientClasses),
})
export const leadEditSchema = z.strictObject({
  ...personFields,
  stage: z.enum(leadStages),
  score: leadSchema.shape.score,
})
export const interactionEditSchema = z.strictObject({
  outcome: interactionSchema.shape.outcome,
  state: z.enum(ticketStates),
  title: line,
  text: paragraphs,
  pinned: z.boolean(),
  callBackAt: moment,
})
export const taskEditSchema = z.strictObject({
  title: line,
  text: paragraphs,
  owner: userName,
  dueAt: moment,
  priority: taskSchema.shape.priority,
  state: z.enum(taskStates),
})

const savedSchema = <D extends z.ZodType>(document: D) =>
  z.object({ document, conflicts: z.array(fieldConflictSchema) })

/** What the desk knows of a client beside the MT4 record. */
export const clientProfileSchema = z.object({
  client: clientSchema,
  /** False while nobody has written anything: the fields are then those of the MT4 record. */
  stored: z.boolean(),
  /** Notes, calls, messages and tickets about them. */
  interactions: z.int(),
  openTasks: z.int(),
})
export type ClientProfile = z.infer<typeof clientProfileSchema>

export const clientRowSchema = clientSchema.pick({
  id: true,
  login: true,
  name: true,
  country: true,
  stage: true,
  owner: true,
  tags: true,
  lastContactAt: true,
  nextContactAt: true,
  updatedAt: true,
  conflictAt: true,
})
export type ClientRow = z.infer<typeof clientRowSchema>

/** A list and at most one thing it is narrowed to: each of these has an index. */
const clientLists = [
  'updated',
  'created',
  'contact',
  'updated+owner',
  'updated+stage',
  'updated+country',
  'contact+owner',
]
const leadLists = ['updated', 'created', 'contact', 'contact+owner', 'created+stage', 'created+source']
const isOneOf =
  (lists: readonly string[]) =>
  ({ list, from: _from, count: _count, ...by }: { list: string; from: number; count: number }): boolean =>
    lists.includes([list, ...Object.keys(by)].join('+'))

export const crm = {
  /** The profile of an account's client; a draft from the MT4 record where nobody wrote anything yet. */
  profile: procedure.input(z.strictObject({ login })).output(clientProfileSchema),
  /** The same, then at every change. */
  watchProfile: procedure.input(z.strictObject({ login })).output(eventIterator(clientProfileSchema)),
  save: procedure
    .input(z.strictObject({ login, ...edited(clientEditSchema.partial()) }))
    .output(savedSchema(clientSchema)),
  resolve: procedure.input(z.strictObject({ login, ...resolution })).output(clientSchema),
  /** Clients somebody has written about. `contact`: by the agreed next contact, earliest first; else newest first. */
  watchClients: procedure
    .input(
      z
        .strictObject({
          list: z.enum(['updated', 'created', 'contact']),
          owner: userName.optional(),
          stage: z.enum(clientStages).optional(),
          country: personFields.country.optional(),
          ...sliceFields,
        })
        .refine(isOneOf(clientLists), 'There is no such list.'),
    )
    .output(eventIterator(pageSchema(clientRowSchema))),
  /** Documents with a conflict that nobody has settled yet, oldest first, at most 200. */
  conflicts: procedure.output(
    z.array(
      z.object({
        collection: z.enum(['clients', 'leads', 'interactions', 'tasks']),
        id: documentId,
        login: loginNumber,
        title: line,
        conflicts: z.array(fieldConflictSchema),
      }),
    ),
  ),
}

export const interactions = {
  /** What passed with somebody, or with everybody, newest first. */
  watch: procedure
    .input(
      z.strictObject({
        about: aboutSchema.optional(),
        kind: z.enum(interactionKinds).optional(),
        /** Tickets in this state; asks for `kind: 'ticket'`. */
        state: z.enum(ticketStates).optional(),
        ...sliceFields,
      }),
    )
    .output(eventIterator(pageSchema(interactionSchema))),
  note: procedure
    .input(z.strictObject({ about: aboutSchema, title: line, text: paragraphs.min(1), pinned: z.boolean() }))
    .output(interactionSchema),
  /** A call that was made or taken. With `callBackAt` it leaves a task to call again. */
  call: procedure
    .input(
      z.strictObject({
        about: aboutSchema,
        at: moment,
        number: z.string().max(40),
        direction: z.enum(['in', 'out']),
        outcome: callOutcomeSchema,
        durationSeconds: interactionSchema.shape.durationSeconds,
        text: paragraphs,
        callBackAt: moment,
        alert: interactionSchema.shape.alert,
      }),
    )
    .output(interactionSchema),
  ticket: procedure
    .input(
      z.strictObject({
        about: aboutSchema,
        channel: interactionSchema.shape.channel,
        title: line.min(1),
        text: paragraphs,
      }),
    )
    .output(interactionSchema),
  save: procedure
    .input(z.strictObject({ id: documentId, ...edited(interactionEditSchema.partial()) }))
    .output(savedSchema(interactionSchema)),
  resolve: procedure.input(z.strictObject({ id: documentId, ...resolution })).output(interactionSchema),
}

export const tasks = {
  /** Tasks by when they are due, earliest first; those of somebody's, of a person or of everybody. */
  watch: procedure
    .input(
      z.strictObject({
        state: z.enum(taskStates),
        owner: userName.optional(),
        about: aboutSchema.optional(),
        ...sliceFields,
      }),
    )
    .output(eventIterator(pageSchema(taskSchema))),
  add: procedure
    .input(
      z.strictObject({
        about: aboutSchema.nullable(),
        kind: z.enum(taskKinds),
        title: line.min(1),
        text: paragraphs,
        owner: userName,
        /** `NEVER` where there is no date. */
        dueAt: moment,
        priority: taskSchema.shape.priority,
      }),
    )
    .output(taskSchema),
  save: procedure
    .input(z.strictObject({ id: documentId, ...edited(taskEditSchema.partial()) }))
    .output(savedSchema(taskSchema)),
  resolve: procedure.input(z.strictObject({ id: documentId, ...resolution })).output(taskSchema),
}

export const leads = {
  /** `contact`: by the agreed next contact, earliest first; else newest first. */
  watch: procedure
    .input(
      z
        .strictObject({
          list: z.enum(['updated', 'created', 'contact']),
          owner: userName.optional(),
          stage: z.enum(leadStages).optional(),
          source: personFields.source.optional(),
          ...sliceFields,
        })
        .refine(isOneOf(leadLists), 'There is no such list.'),
    )
    .output(eventIterator(pageSchema(leadSchema))),
  get: procedure.input(z.strictObject({ id: documentId })).output(leadSchema),
  add: procedure.input(leadEditSchema.partial()).output(leadSchema),
  save: procedure
    .input(z.strictObject({ id: documentId, ...edited(leadEditSchema.partial()) }))
    .output(savedSchema(leadSchema)),
  resolve: procedure.input(z.strictObject({ id: documentId, ...resolution })).output(leadSchema),
  /** The lead opened an account: what is known of them becomes the account's client. */
  convert: procedure.input(z.strictObject({ id: documentId, login })).output(clientSchema),
}
