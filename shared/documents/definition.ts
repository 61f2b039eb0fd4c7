import { z } from 'zod'
import { documentId, line, madeFields } from './fields.ts'

export const definitionKinds = ['rule', 'template', 'report'] as const

/** What people define for the desk to work by: alert rules, letter templates, reports. `body` is the kind's own. */
export const definitionSchema = z.strictObject({
  id: documentId,
  kind: z.enum(definitionKinds),
  name: line,
  enabled: z.boolean(),
  body: z.record(z.string(), z.unknown()),
  ...madeFields,
})
export type Definition = z.infer<typeof definitionSchema>
