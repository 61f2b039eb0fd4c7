import { z } from 'zod'
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

export const taskKinds = ['call', 'email', 'review', 'other'] as const
export const taskStates = ['open', 'done', 'cancelled'] as const

/** Something somebody has to do. Title and text are personal: they are sealed on the disk. */
export const taskSchema = z.strictObject({
  id: documentId,
  kind: z.enum(taskKinds),
  /** Client or lead, or '' for none. */
  subject: documentRef,
  login: loginNumber,
  title: line,
  text: paragraphs,
  /** Who does it; '' = whoever takes it. */
  owner: userName,
  /** `NEVER` where there is no date. */
  dueAt: moment,
  priority: z.enum(['low', 'normal', 'high']),
  state: z.enum(taskStates),
  alert: documentRef,
  doneAt: moment,
  doneBy: userName,
  ...mergedFields,
})
export type Task = z.infer<typeof taskSchema>
