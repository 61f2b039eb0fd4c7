import { z } from 'zod'
import { leadSchema } from '../../../shared/documents/lead.ts'
import { personalFields } from '../../../shared/documents/person.ts'
import { outgoingField, storedCollection } from './stored.ts'

export const leads = storedCollection({
  schema: z.strictObject({ ...leadSchema.shape, ...outgoingField }),
  version: 0,
  indexes: [
    ['updatedAt'],
    ['createdAt'],
    ['nextContactAt'],
    ['owner', 'nextContactAt'],
    ['stage', 'createdAt'],
    ['source', 'createdAt'],
    ['conflictAt'],
  ],
  sealed: [...personalFields, 'conflicts', 'outgoing'],
})
