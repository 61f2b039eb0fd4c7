import { useEffect } from 'react'
import { outboxStates } from '../../../shared/outbox/rows.ts'
import { systemTimers } from '../../../shared/runtime/ports.ts'
import { useDesk } from '../../data/desk-context.ts'
import { followStream } from '../../data/follow-stream.ts'
import { applyOutbox, OUTBOX_ROWS, setOutboxError } from '../../data/outbox-store.ts'

/** Keeps what this window knows of the outbox current. */
export const useOutboxFeed = (): void => {
  const { client } = useDesk()
  useEffect(
    () =>
      followStream({
        client,
        timers: systemTimers,
        open: (signal) =>
          client.api.outbox.watch({ states: [...outboxStates], limit: OUTBOX_ROWS }, { signal }),
        take: applyOutbox,
        fail: setOutboxError,
      }),
    [client],
  )
}
