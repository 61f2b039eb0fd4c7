import { z } from 'zod'
import { deliverySchema } from '../../../shared/documents/delivery.ts'
import { outgoingField, storedCollection } from './stored.ts'

export const deliveries = storedCollection({
  schema: z.strictObject({ ...deliverySchema.shape, ...outgoingField }),
  version: 0,
  indexes: [['at'], ['state', 'at'], ['subject', 'at'], ['login', 'at'], ['campaign', 'at']],
  sealed: ['to', 'title', 'body', 'outgoing'],
})
