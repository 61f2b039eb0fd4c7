import { ORPCError } from '@orpc/server'
import { apiErrors } from '../../shared/api/errors.ts'
import { may } from '../../shared/api/permissions.ts'
import { isMoney } from '../../shared/bridge/verdict.ts'
import { mergeOutboxEvents, type OutboxEvent } from '../../shared/outbox/events.ts'
import type { OutboxRow, OutboxState } from '../../shared/outbox/rows.ts'
import type { Outbox } from '../store/outbox/create-outbox.ts'
import type { WindowState } from './context.ts'
import { pushed } from './latest.ts'

type Person = Pick<WindowState, 'role' | 'user'>

/** The page that was asked for, then what changes; nothing of what happens in between is missed. */
export const watchOutbox = async function* (
  outbox: Pick<Outbox, 'page' | 'counts' | 'channels' | 'onChange'>,
  { states, limit }: { states: readonly OutboxState[]; limit: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<OutboxEvent, void, void> {
  const changes = pushed<OutboxEvent>(
    (push) => {
      let waiting: OutboxRow[] | null = null
      let counting = false
      /** Counting takes a while where much waits: what comes meanwhile goes with the next count. */
      const tell = async (): Promise<void> => {
        counting = true
        try {
          while (waiting !== null) {
            const counts = await outbox.counts()
            const rows = waiting
            waiting = null
            push({ kind: 'changed', rows, counts, channels: outbox.channels() })
          }
        } catch {
          // The store does not answer, and says so itself; the rows go with the next change.
        } finally {
          counting = false
        }
      }
      return outbox.onChange((rows) => {
        waiting = [...(waiting ?? []), ...rows]
        if (!counting) void tell()
      })
    },
    mergeOutboxEvents,
    signal,
  )
  const next = changes.next()
  const [rows, counts] = await Promise.all([outbox.page(states, limit), outbox.counts()])
  yield { kind: 'all', rows, counts, channels: outbox.channels() }
  const first = await next
  if (first.done) return
  yield first.value
  yield* changes
}

/** What people decide about commands; about money only who may book it. */
export const createOutboxDesk = (outbox: Outbox) => {
  /** @throws ORPCError NOT_FOUND, FORBIDDEN */
  const demand = async ({ role }: Person, key: string): Promise<void> => {
    const row = await outbox.get(key)
    if (row === null)
      throw new ORPCError('NOT_FOUND', {
        defined: true,
        status: apiErrors.NOT_FOUND.status,
        message: 'There is no such command any more.',
        data: { what: `command ${key}` },
      })
    const mine = role()
    const type = row.command?.['type']
    if (typeof type !== 'string' || !isMoney(type) || (mine !== null && may(mine, 'money:write'))) return
    const { status, message } = apiErrors.FORBIDDEN
    throw new ORPCError('FORBIDDEN', { defined: true, status, message, data: { right: 'money:write' } })
  }
  return {
    retry: async (person: Person, key: string): Promise<void> => {
      await demand(person, key)
      await outbox.retry(key, person.user)
    },
    cancel: async (person: Person, key: string): Promise<void> => {
      await demand(person, key)
      await outbox.cancel(key, person.user)
    },
    release: async (person: Person, key: string): Promise<void> => {
      await demand(person, key)
      await outbox.release(key, person.user)
    },
    settle: async (person: Person, key: string, executed: boolean): Promise<void> => {
      await demand(person, key)
      await outbox.settle(key, person.user, executed)
    },
  }
}
