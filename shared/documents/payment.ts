import { z } from 'zod'
import {
  documentId,
  documentRef,
  loginNumber,
  madeFields,
  moment,
  paragraphs,
  userName,
  word,
} from './fields.ts'

export const paymentKinds = ['deposit', 'withdraw', 'credit_in', 'credit_out'] as const
export const paymentStates = [
  'requested',
  'approved',
  'sent',
  'done',
  'rejected',
  'failed',
  'cancelled',
] as const

/** A step in the life of a payment. */
export const paymentStepSchema = z.strictObject({
  at: moment,
  by: userName,
  state: z.enum(paymentStates),
  note: z.string().max(500),
})

/**
 * Money that goes to or from an account, from the wish to the balance operation. `amount` is positive, in `currency`, in
 * units of that currency with its own number of digits; `kind` says which way it goes. Comment and reference are
 * personal: they are sealed on the disk. Payments are not merged by field: a state that moved on is a conflict.
 */
export const paymentSchema = z.strictObject({
  id: documentId,
  kind: z.enum(paymentKinds),
  client: documentRef,
  login: loginNumber,
  amount: z.number().positive().max(1e12),
  currency: z.string().max(12),
  method: word,
  state: z.enum(paymentStates),
  /** Order number of the balance operation at the server; 0 = none yet. */
  order: loginNumber,
  /** Number the payment has elsewhere. */
  reference: z.string().max(120),
  comment: paragraphs,
  history: z.array(paymentStepSchema).max(100),
  ...madeFields,
})
export type Payment = z.infer<typeof paymentSchema>
