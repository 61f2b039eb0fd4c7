import { z } from 'zod'
import { documentId, documentRef, loginNumber, mergedFields } from './fields.ts'
import { personFields } from './person.ts'

/** Where a client stands with the broker. */
export const clientStages = ['prospect', 'active', 'dormant', 'closed'] as const

/** MiFID's classes; `unclassified` until somebody has decided. */
export const clientClasses = ['unclassified', 'retail', 'professional', 'counterparty'] as const

/**
 * What the desk knows of a client beside the MT4 record: one document a person, over all accounts of theirs.
 *
 * The id of a client that was born from an account is made of the login (`clientIdOf`), so that two desks that
 * write about the same account without knowing of each other write the same document. Where two documents turn out
 * to be one person, the one that goes names the other in `mergedInto` and stays as a pointer.
 */
export const clientSchema = z.strictObject({
  id: documentId,
  mergedInto: documentRef,
  /** The account that is shown first; 0 = none yet. */
  login: loginNumber,
  /** All accounts, smallest first. */
  logins: z.array(loginNumber).max(500),
  stage: z.enum(clientStages),
  class: z.enum(clientClasses),
  ...personFields,
  ...mergedFields,
})
export type Client = z.infer<typeof clientSchema>

export const clientIdOf = (login: number): string => `login-${login}`
