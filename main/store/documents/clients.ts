import { z } from 'zod'
import { clientSchema } from '../../../shared/documents/client.ts'
import { personalFields } from '../../../shared/documents/person.ts'
import { outgoingField, storedCollection } from './stored.ts'

/** `pointer` leads every index, so that documents that were merged into others are in no list. */
const stored = z.strictObject({ ...clientSchema.shape, pointer: z.boolean(), ...outgoingField })

export const clients = storedCollection({
  schema: stored,
  version: 0,
  indexes: [
    ['pointer', 'updatedAt'],
    ['pointer', 'createdAt'],
    ['pointer', 'nextContactAt'],
    ['pointer', 'owner', 'nextContactAt'],
    ['pointer', 'owner', 'updatedAt'],
    ['pointer', 'stage', 'updatedAt'],
    ['pointer', 'country', 'updatedAt'],
    ['pointer', 'login'],
    ['conflictAt'],
  ],
  sealed: [...personalFields, 'conflicts', 'outgoing'],
})
