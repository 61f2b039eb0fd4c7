import { z } from 'zod'
import { paymentSchema } from '../../../shared/documents/payment.ts'
import { outgoingField, storedCollection } from './stored.ts'

export const payments = storedCollection({
  schema: z.strictObject({ ...paymentSchema.shape, ...outgoingField }),
  version: 0,
  indexes: [['createdAt'], ['state', 'createdAt'], ['login', 'createdAt'], ['kind', 'createdAt']],
  sealed: ['reference', 'comment', 'history', 'outgoing'],
})
