import type { PaymentRequest, PaymentView } from '../../shared/api/payments.ts'
import { currencyDigits, roundTo } from '../../shared/money/rounding.ts'
import type { OutboxRow } from '../../shared/outbox/rows.ts'
import type { Clock, Log } from '../../shared/runtime/ports.ts'
import type { AccountFacts } from '../book/types.ts'
import type { Outbox } from '../store/outbox/create-outbox.ts'
import type { Repository } from '../store/repository/types.ts'
import { PaymentAccountUnknown, PaymentAmountRefused, PaymentIdUsed } from './errors.ts'
import { followedPayment, newPayment, paymentId, type StoredPayment } from './payment-document.ts'

export type PaymentsOptions = {
  readonly documents: Repository<StoredPayment>
  readonly outbox: Pick<Outbox, 'onChange' | 'ofDocument'>
  readonly account: (login: number) => Promise<Pick<AccountFacts, 'currency'> | null>
  readonly clock: Clock
  readonly log: Log
}

export type Payments = {
  /**
   * Writes the payment and its command in one; it is sent when the bridge is there. The same request again answers
   * the same payment. @throws PaymentAccountUnknown, PaymentAmountRefused, PaymentIdUsed, StoreWriteFailed
   */
  readonly request: (request: PaymentRequest, by: string) => Promise<PaymentView>
  /** Newest first. */
  readonly ofLogin: (login: number, limit: number) => Promise<PaymentView[]>
  readonly close: () => Promise<void>
}

const COLLECTION = 'payments'
/** States that still follow their command. */
const UNFINISHED = ['approved', 'sent'] as const

const viewOf = (payment: StoredPayment): PaymentView => {
  const { id, kind, login, amount, currency, state, order, comment, createdAt, createdBy } = payment
  return { id, kind, login, amount, currency, state, order, comment, createdAt, createdBy }
}

/**
 * Deposits, withdrawals and credits. A payment follows its command through the outbox; what it missed while the desk
 * was closed it catches up with at the start. @throws what the store throws
 */
export const createPayments = async (options: PaymentsOptions): Promise<Payments> => {
  const { documents, outbox, account, clock, log } = options
  const under = new Set<Promise<unknown>>()

  /** The newest command of a payment is the one it stands for. */
  const catchUp = async (id: string): Promise<void> => {
    const row = (await outbox.ofDocument(COLLECTION, id)).at(-1)
    if (!row) return
    await documents.update(id, (payment) => payment && followedPayment(payment, row, clock.now()))
  }
  const follow = (rows: readonly OutboxRow[]): void => {
    const ids = new Set(
      rows.flatMap(({ document }) => (document.collection === COLLECTION ? document.id : [])),
    )
    for (const id of ids) {
      const work = catchUp(id)
        .catch((error: unknown) => log.error({ err: error, id }, 'a payment could not follow its command'))
        .finally(() => under.delete(work))
      under.add(work)
    }
  }

  const unsubscribe = outbox.onChange(follow)
  try {
    for (const state of UNFINISHED)
      for (const { id } of await documents.find({ selector: { state } })) await catchUp(id)
  } catch (error) {
    unsubscribe()
    throw error
  }
  return {
    request: async (request, by) => {
      const facts = await account(request.login)
      if (facts === null) throw new PaymentAccountUnknown(request.login)
      const { currency } = facts
      const digits = currencyDigits(currency)
      if (roundTo(request.amount, digits) !== request.amount)
        throw new PaymentAmountRefused(request.amount, currency, digits)
      const fresh = newPayment(request, { by, at: clock.now(), currency })
      const stored = await documents.update(fresh.id, (known) => {
        if (known === null) return fresh
        const { login, kind, amount, comment } = known
        const same =
          login === fresh.login && kind === fresh.kind && amount === fresh.amount && comment === fresh.comment
        if (!same) throw new PaymentIdUsed(known.id)
        return null
      })
      return viewOf(stored ?? (await documents.get(paymentId(request.requestId))) ?? fresh)
    },
    ofLogin: async (login, limit) => {
      const found = await documents.find({
        selector: { login },
        sort: [{ login: 'desc' }, { createdAt: 'desc' }],
        limit,
      })
      return found.map(viewOf)
    },
    close: async () => {
      unsubscribe()
      await Promise.all(under)
    },
  }
}
