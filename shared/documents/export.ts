import { z } from 'zod'
import { documentId, documentRef, line, madeFields, moment } from './fields.ts'

/** That something left the desk: what, for whom, how much of it, and the file's hash. */
export const exportSchema = z.strictObject({
  id: documentId,
  kind: z.enum(['everything', 'report', 'list', 'backup']),
  name: line,
  definition: documentRef,
  /** It holds personal fields in the clear. */
  personal: z.boolean(),
  state: z.enum(['running', 'done', 'failed']),
  at: moment,
  file: z.string().max(500),
  rows: z.int().min(0),
  bytes: z.int().min(0),
  /** Hex. */
  sha256: z.string().max(64),
  why: z.string().max(500),
  ...madeFields,
})
