import { z } from 'zod'
import { roleSchema } from '../api/models.ts'
import { documentId, line, madeFields } from './fields.ts'

/** Somebody who works at the desk; the id is their name there. Full name, e-mail and phone are sealed on the disk. */
export const userSchema = z.strictObject({
  id: documentId.max(60),
  role: roleSchema,
  enabled: z.boolean(),
  fullName: line,
  email: z.string().max(254),
  phone: z.string().max(40),
  ...madeFields,
})
