import type { PaymentRequest } from '../../shared/api/payments.ts'
import type { Payment } from '../../shared/documents/payment.ts'
import { accountLane, type OutgoingCommand } from '../../shared/outbox/outgoing.ts'
import type { OutboxRow } from '../../shared/outbox/rows.ts'

export type PaymentState = Payment['state']
/** A payment with the commands that writing it causes. */
export type StoredPayment = Payment & { readonly outgoing: OutgoingCommand[] }

const MAX_NAME = 60
const MAX_NOTE = 500
const MAX_STEPS = 100

const commands = {
  deposit: 'balance:deposit',
  withdraw: 'balance:withdraw',
  credit_in: 'credit:in',
  credit_out: 'credit:out',
} as const satisfies Record<Payment['kind'], string>

export const paymentId = (requestId: string): string => `payment:${requestId}`

/** The payment as it is asked for, and the command it causes. Who asks has the right to, so it is approved. */
export const newPayment = (
  request: PaymentRequest,
  { by, at, currency }: { by: string; at: number; currency: string },
): StoredPayment => {
  const { requestId, login, kind, amount, comment } = request
  const user = by.slice(0, MAX_NAME)
  return {
    id: paymentId(requestId),
    kind,
    client: '',
    login,
    amount,
    currency,
    method: '',
    state: 'approved',
    order: 0,
    reference: '',
    comment,
    history: [{ at, by: user, state: 'approved', note: '' }],
    createdAt: at,
    createdBy: user,
    updatedAt: at,
    updatedBy: user,
    outgoing: [
      {
        key: `pay-${requestId}`,
        channel: 'mt4',
        lane: accountLane(login),
        command: { type: commands[kind], login, amount, comment, currency },
        by: user,
        at,
      },
    ],
  }
}

const states: Readonly<Record<OutboxRow['state'], PaymentState>> = {
  pending: 'approved',
  sending: 'sent',
  sent: 'sent',
  confirmed: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** The payment after its command has come so far; null where that changes nothing. */
export const followedPayment = (payment: StoredPayment, row: OutboxRow, at: number): StoredPayment | null => {
  const state = states[row.state]
  const order = row.order ?? payment.order
  if (state === payment.state && order === payment.order) return null
  const step = { at, by: row.by.slice(0, MAX_NAME), state, note: row.reason.slice(0, MAX_NOTE) }
  // The first step and the last ones tell the story.
  const history = [...payment.history, step]
  if (history.length > MAX_STEPS) history.splice(1, history.length - MAX_STEPS)
  return { ...payment, state, order, history, updatedAt: at, outgoing: [] }
}
