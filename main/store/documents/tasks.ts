import { z } from 'zod'
import { taskSchema } from '../../../shared/documents/task.ts'
import { outgoingField, storedCollection } from './stored.ts'

export const tasks = storedCollection({
  schema: z.strictObject({ ...taskSchema.shape, ...outgoingField }),
  version: 0,
  indexes: [
    ['state', 'dueAt'],
    ['owner', 'state', 'dueAt'],
    ['subject', 'state', 'dueAt'],
    ['login', 'state', 'dueAt'],
    ['conflictAt'],
  ],
  sealed: ['title', 'text', 'conflicts', 'outgoing'],
})
