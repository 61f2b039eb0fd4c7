import { z } from 'zod'
import { paymentKinds, paymentSchema } from '../documents/payment.ts'
import { MONEY_COMMENT_LENGTH } from '../outbox/money-tag.ts'

/** Money to or from an account. `amount` is positive, in the account's currency. */
export const paymentRequestSchema = z.strictObject({
  /** Made once by the form: asking again with it changes nothing and answers the same payment. */
  requestId: z.uuid(),
  login: z.int().min(1).max(2_147_483_647),
  kind: z.enum(paymentKinds),
  amount: z.number().positive().max(1e12),
  /** As the client will read it in the statement; the desk puts its mark behind it. */
  comment: z.string().max(MONEY_COMMENT_LENGTH),
})
export type PaymentRequest = z.infer<typeof paymentRequestSchema>

/** A payment as the windows see it. */
export const paymentViewSchema = paymentSchema.pick({
  id: true,
  kind: true,
  login: true,
  amount: true,
  currency: true,
  state: true,
  order: true,
  comment: true,
  createdAt: true,
  createdBy: true,
})
export type PaymentView = z.infer<typeof paymentViewSchema>
