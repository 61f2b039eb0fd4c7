import type { OutboxChannel } from '../../../shared/outbox/outgoing.ts'
import type {
  OutboxChannelStatus,
  OutboxCounts,
  OutboxRow,
  OutboxState,
} from '../../../shared/outbox/rows.ts'
import type { Clock, Log, Random, Timers } from '../../../shared/runtime/ports.ts'
import { createOutboxClient } from './calls.ts'
import type { OutboxNotice } from './companion.ts'
import { createDispatcher } from './dispatcher.ts'
import { OutboxMoveRefused } from './errors.ts'
import { rowOf } from './row-of.ts'
import type { Entry, Move } from './types.ts'
import { type Senders, statusOf } from './ways.ts'

/** The door of the companion in the store's worker. */
export type OutboxDoor = {
  readonly call: (method: string, input: unknown) => Promise<unknown>
  readonly onNotice: (fn: (notice: unknown) => void) => () => void
}

export type OutboxOptions = {
  readonly door: OutboxDoor
  readonly senders: Senders
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly log: Log
}

/** What the outbox holds, and what people may do about it. Each rejects when the store does. */
export type Outbox = {
  readonly page: (states: readonly OutboxState[], limit: number) => Promise<OutboxRow[]>
  readonly ofDocument: (collection: string, id: string) => Promise<OutboxRow[]>
  readonly get: (key: string) => Promise<OutboxRow | null>
  readonly counts: () => Promise<OutboxCounts>
  readonly channels: () => OutboxChannelStatus[]
  /** Rows that are new or different, as it happens. Answers an unsubscribe. */
  readonly onChange: (fn: (rows: readonly OutboxRow[]) => void) => () => void
  /** Each answers the rows it changed. @throws OutboxMoveRefused */
  readonly cancel: (key: string, by: string) => Promise<OutboxRow[]>
  readonly retry: (key: string, by: string) => Promise<OutboxRow[]>
  readonly release: (key: string, by: string) => Promise<OutboxRow[]>
  readonly settle: (key: string, by: string, executed: boolean) => Promise<OutboxRow[]>
  readonly pause: (channel: OutboxChannel, paused: boolean, by: string) => Promise<void>
  readonly close: () => void
}

/** Commands under way at once on one channel. */
const AT_ONCE = 8
/** Rows told at once to those who watch; more come in pieces. */
const TOLD = 500

/** Takes up what an earlier run left and sends from then on. @throws what the store throws */
export const createOutbox = async (options: OutboxOptions): Promise<Outbox> => {
  const { door, senders, clock, timers, random, log } = options
  const table = createOutboxClient(door.call)
  const watchers = new Set<(rows: readonly OutboxRow[]) => void>()
  const tell = (entries: readonly Entry[]): void => {
    if (watchers.size === 0) return
    const rows = entries.map(rowOf)
    for (const fn of watchers) fn(rows)
  }
  const dispatcher = createDispatcher({
    table,
    senders,
    clock,
    timers,
    random,
    log,
    atOnce: AT_ONCE,
    changed: tell,
  })
  const tellOf = async (keys: readonly string[]): Promise<void> => {
    try {
      for (let i = 0; i < keys.length; i += TOLD) tell(await table.get(keys.slice(i, i + TOLD)))
    } catch (error) {
      log.error({ err: error }, 'new commands could not be read')
    }
  }
  const unsubscribe = door.onNotice((notice) => {
    const { lanes, keys } = notice as OutboxNotice
    void tellOf(keys)
    dispatcher.written(lanes)
  })
  const close = (): void => {
    unsubscribe()
    dispatcher.close()
    watchers.clear()
  }

  const act = async (key: string, what: Move): Promise<OutboxRow[]> => {
    const applied = await dispatcher.act(key, what)
    if (!applied.ok) throw new OutboxMoveRefused(key, applied.why)
    return applied.changed.map(rowOf)
  }

  try {
    for (const { channel, by } of await table.paused()) dispatcher.pause(channel, by)
    await dispatcher.start()
  } catch (error) {
    close()
    throw error
  }
  return {
    page: async (states, limit) => (await table.page(states, limit)).map(rowOf),
    ofDocument: async (collection, id) => (await table.ofDocument(collection, id)).map(rowOf),
    get: async (key) => {
      const [entry] = await table.get([key])
      return entry ? rowOf(entry) : null
    },
    counts: table.counts,
    channels: () => statusOf(dispatcher.ways),
    onChange: (fn) => {
      watchers.add(fn)
      return () => watchers.delete(fn)
    },
    cancel: (key, by) => act(key, { do: 'cancel', at: clock.now(), by }),
    retry: (key, by) => act(key, { do: 'retry', at: clock.now(), by }),
    release: (key, by) => act(key, { do: 'release', at: clock.now(), by }),
    settle: (key, by, executed) => act(key, { do: 'settle', at: clock.now(), by, executed }),
    pause: async (channel, paused, by) => {
      await table.pause(channel, paused, by, clock.now())
      dispatcher.pause(channel, paused ? by : null)
      tell([])
    },
    close,
  }
}
