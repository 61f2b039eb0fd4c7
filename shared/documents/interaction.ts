import { z } from 'zod'
import { callOutcomes } from '../api/models.ts'
import {
  documentId,
  documentRef,
  line,
  loginNumber,
  mergedFields,
  moment,
  paragraphs,
  userName,
} from './fields.ts'

export const interactionKinds = ['call', 'note', 'message', 'ticket'] as const
export type InteractionKind = (typeof interactionKinds)[number]

export const ticketStates = ['', 'open', 'waiting', 'closed'] as const

/**
 * Something that passed between the desk and a person, or that was noted about them. `subject` is the id of the client or
 * lead. Title, text and number are personal: they are sealed on the disk.
 */
export const interactionSchema = z.strictObject({
  id: documentId,
  kind: z.enum(interactionKinds),
  subject: documentId,
  /** The account it was about; 0 = none in particular. */
  login: loginNumber,
  /** When it happened. */
  at: moment,
  /** Who of the desk. */
  by: userName,
  direction: z.enum(['none', 'in', 'out']),
  channel: z.enum(['none', 'phone', 'email', 'messenger', 'letter', 'office']),
  /** Calls: what came of it; '' while it is under way or where it is none. */
  outcome: z.enum(['', ...callOutcomes]),
  /** Tickets: where it stands; '' for everything else. */
  state: z.enum(ticketStates),
  durationSeconds: z.int().min(0).max(864_000),
  /** Calls: the number that was dialled or called. */
  number: z.string().max(40),
  title: line,
  text: paragraphs,
  /** Shown above all others. */
  pinned: z.boolean(),
  /** When to call back; 0 = no call agreed. */
  callBackAt: moment,
  /** The alert that it answers, or ''. */
  alert: documentRef,
  ...mergedFields,
})
export type Interaction = z.infer<typeof interactionSchema>
