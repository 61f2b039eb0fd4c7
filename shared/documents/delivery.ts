import { z } from 'zod'
import { documentId, documentRef, line, loginNumber, madeFields, moment, word } from './fields.ts'

export const deliveryStates = ['queued', 'sent', 'delivered', 'bounced', 'failed', 'cancelled'] as const

/** A letter to one person. Address, title and body are personal: they are sealed on the disk. */
export const deliverySchema = z.strictObject({
  id: documentId,
  channel: z.enum(['email', 'messenger', 'push', 'letter']),
  subject: documentRef,
  login: loginNumber,
  /** Id of the definition it was made of, or ''. */
  template: documentRef,
  campaign: word,
  to: z.string().max(254),
  title: line,
  body: z.string().max(200_000),
  state: z.enum(deliveryStates),
  at: moment,
  attempts: z.int().min(0).max(1000),
  /** Why it failed, in words. */
  why: z.string().max(500),
  ...madeFields,
})
