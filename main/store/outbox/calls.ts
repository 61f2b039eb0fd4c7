import type { OutboxChannel } from '../../../shared/outbox/outgoing.ts'
import type { OutboxCounts, OutboxState } from '../../../shared/outbox/rows.ts'
import type { Applied, OutboxCalls } from './dispatcher.ts'
import { OutboxMoveRefused } from './errors.ts'
import type { OutboxTable } from './table.ts'
import type { Entry, Move } from './types.ts'

type Transaction = <T>(fn: () => T) => T

/** What may be asked of the table from another thread: one method a question, one transaction a method. */
export const outboxMethods = (table: OutboxTable, transaction: Transaction) => {
  const apply = ({ key, what }: { key: string; what: Move }): Applied => {
    try {
      return { ok: true, ...transaction(() => table.apply(key, what)) }
    } catch (error) {
      if (!(error instanceof OutboxMoveRefused)) throw error
      const entry = table.get(key)
      return { ok: false, why: error.message, entry, head: entry && table.head(entry.lane) }
    }
  }
  return {
    apply,
    recover: () => transaction(table.recover),
    expire: ({ at }: { at: number }) => transaction(() => table.expire(at)),
    heads: ({ after, limit }: { after: number; limit: number }) => table.heads(after, limit),
    headsOf: ({ lanes }: { lanes: readonly string[] }) =>
      lanes.map((lane) => table.head(lane)).filter((head) => head !== null),
    archive: ({ before, limit }: { before: number; limit: number }) =>
      transaction(() => table.archive(before, limit)),
    get: ({ keys }: { keys: readonly string[] }) =>
      keys.map((key) => table.get(key)).filter((entry) => entry !== null),
    ofDocument: ({ collection, document }: { collection: string; document: string }) =>
      table.ofDocument(collection, document),
    page: ({ states, limit }: { states: readonly OutboxState[]; limit: number }) => table.page(states, limit),
    counts: () => table.counts(),
    history: (slice: { after: string; limit: number }) => table.history(slice),
    paused: () => table.paused(),
    pause: (input: { channel: OutboxChannel; paused: boolean; by: string; at: number }) =>
      transaction(() => table.pause(input.channel, input.paused, input.by, input.at)),
  }
}
export type OutboxMethods = ReturnType<typeof outboxMethods>

/** The same from the other side of the door. */
export type OutboxClient = OutboxCalls & {
  readonly get: (keys: readonly string[]) => Promise<Entry[]>
  readonly ofDocument: (collection: string, document: string) => Promise<Entry[]>
  readonly page: (states: readonly OutboxState[], limit: number) => Promise<Entry[]>
  readonly counts: () => Promise<OutboxCounts>
  readonly paused: () => Promise<{ channel: OutboxChannel; by: string }[]>
  readonly pause: (channel: OutboxChannel, paused: boolean, by: string, at: number) => Promise<void>
}

export const createOutboxClient = (
  call: (method: string, input: unknown) => Promise<unknown>,
): OutboxClient => {
  const ask = <M extends keyof OutboxMethods>(method: M, input: Parameters<OutboxMethods[M]>[0] | null) =>
    call(method, input) as Promise<ReturnType<OutboxMethods[M]>>
  return {
    apply: (key, what) => ask('apply', { key, what }),
    recover: () => ask('recover', null),
    expire: (at) => ask('expire', { at }),
    heads: (after, limit) => ask('heads', { after, limit }),
    headsOf: (lanes) => ask('headsOf', { lanes }),
    archive: (before, limit) => ask('archive', { before, limit }),
    get: (keys) => ask('get', { keys }),
    ofDocument: (collection, document) => ask('ofDocument', { collection, document }),
    page: (states, limit) => ask('page', { states, limit }),
    counts: () => ask('counts', null),
    paused: () => ask('paused', null),
    pause: (channel, paused, by, at) => ask('pause', { channel, paused, by, at }),
  }
}
