import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Log, silentLog, systemClock, systemTimers } from '../../shared/runtime/ports.ts'
import { LinkOffline } from '../link/errors.ts'
import type { Link } from '../link/types.ts'
import { createPayments, type Payments } from '../office/create-payments.ts'
import { createStore } from '../store/create-store.ts'
import { createOutbox, type Outbox } from '../store/outbox/create-outbox.ts'
import { createMt4Sender } from '../store/outbox/mt4-sender.ts'
import type { Store } from '../store/types.ts'

export type OutboxRig = {
  readonly store: Store
  readonly outbox: Outbox
  readonly payments: Payments
  readonly close: () => Promise<void>
}

/** Test support: store, outbox and payments of a desk on a link, without book and windows. */
export const createOutboxRig = async (
  profile: string,
  link: Pick<Link, 'status' | 'onStatus' | 'command'>,
  log: Log = silentLog,
): Promise<OutboxRig> => {
  const store = await createStore({ path: join(profile, 'desk.sqlite'), clock: systemClock, log })
  const common = { clock: systemClock, timers: systemTimers, log }
  const outbox = await createOutbox({
    ...common,
    door: store.outbox,
    senders: {
      mt4: createMt4Sender({
        ...common,
        link,
        isOffline: (error) => error instanceof LinkOffline,
        manager: '1',
        newId: randomUUID,
        settleMs: 200,
      }),
    },
    random: Math.random,
  })
  const payments = await createPayments({
    ...common,
    documents: store.documents.payments,
    outbox,
    account: async () => ({ currency: 'USD' }),
  })
  return {
    store,
    outbox,
    payments,
    close: async () => {
      outbox.close()
      await payments.close()
      await store.close()
    },
  }
}
