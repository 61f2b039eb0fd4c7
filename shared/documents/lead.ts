import { z } from 'zod'
import { documentId, documentRef, loginNumber, mergedFields } from './fields.ts'
import { personFields } from './person.ts'

export const leadStages = ['new', 'contacted', 'qualified', 'converted', 'lost'] as const

/** Somebody who is not a client yet. A lead that became one names the client, and the account that was opened. */
export const leadSchema = z.strictObject({
  id: documentId,
  client: documentRef,
  login: loginNumber,
  stage: z.enum(leadStages),
  /** 0…100, how likely they become a client. */
  score: z.int().min(0).max(100).multipleOf(1),
  ...personFields,
  ...mergedFields,
})
export type Lead = z.infer<typeof leadSchema>
