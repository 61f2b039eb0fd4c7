import { z } from 'zod'
import { interactionSchema } from '../../../shared/documents/interaction.ts'
import { outgoingField, storedCollection } from './stored.ts'

export const interactions = storedCollection({
  schema: z.strictObject({ ...interactionSchema.shape, ...outgoingField }),
  version: 0,
  indexes: [
    ['at'],
    ['subject', 'at'],
    ['subject', 'kind', 'at'],
    ['login', 'at'],
    ['kind', 'at'],
    ['by', 'at'],
    ['kind', 'state', 'at'],
    ['conflictAt'],
  ],
  sealed: ['number', 'title', 'text', 'conflicts', 'outgoing'],
})
