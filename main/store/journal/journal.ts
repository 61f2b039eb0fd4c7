import type { Log, Timers } from '../../../shared/runtime/ports.ts'
import type { JournalEntry, Store } from '../types.ts'
import type { JournalBatch } from './companion.ts'

export type Journal = Store['journal'] & {
  /** Lines that could not be written yet, and why. */
  readonly waiting: () => { readonly lines: number; readonly why: unknown }
  /** Writes what still waits. */
  readonly close: () => Promise<void>
}

export type JournalOptions = {
  /** The companion in the store's worker. */
  readonly call: (method: 'append' | 'recent', input: unknown) => Promise<unknown>
  /** Of this run of the desk, never used before. */
  readonly session: string
  readonly timers: Timers
  readonly log: Log
}

/** Lines kept in memory while the disk refuses them; beyond that the oldest go, with an error in the log. */
const MAX_WAITING = 10_000
/** Lines in one transaction. */
const AT_ONCE = 500
const AGAIN_MS = 5_000

type Waiting = { readonly entry: JournalEntry; readonly done: () => void }

/**
 * The desk's side of the journal. Lines go to the worker in the order in which they were noted, those that come while
 * it writes together. Where the disk refuses, they wait here and go before the next ones.
 */
export const createJournal = ({ call, session, timers, log }: JournalOptions): Journal => {
  let waiting: Waiting[] = []
  /** Number of the first line that waits. */
  let first = 1
  let refused: { error: unknown } | null = null
  let sending: Promise<void> | null = null
  let timer: unknown = null
  let closed = false

  /** Whether the disk took the next lines. */
  const sendSome = async (): Promise<boolean> => {
    const group = waiting.slice(0, AT_ONCE)
    const batch: JournalBatch = { session, first, lines: group.map(({ entry }) => entry) }
    try {
      await call('append', batch)
      refused = null
      waiting = waiting.slice(group.length)
      first += group.length
      for (const { done } of group) done()
      return true
    } catch (error) {
      refused = { error }
      log.error({ error, waiting: waiting.length }, 'the journal cannot be written')
      while (waiting.length > MAX_WAITING) {
        const lost = waiting.shift()
        lost?.done()
        log.error({ lost: lost?.entry }, 'a journal line is lost')
        first += 1
      }
      if (!closed) timer ??= timers.setTimeout(again, AGAIN_MS)
      return false
    }
  }
  const send = async (): Promise<void> => {
    // Lines of this very turn come along, and `sending` is set by then.
    await Promise.resolve()
    let taken = true
    while (taken && waiting.length > 0) taken = await sendSome()
    sending = null
    // Behind it: what they note next begins a try of its own and does not wait for the timer.
    if (!taken) for (const { done } of waiting) done()
  }
  const start = (): Promise<void> => {
    sending ??= send()
    return sending
  }
  const again = (): void => {
    timer = null
    void start()
  }

  return {
    append: (entry) =>
      new Promise<void>((done) => {
        waiting.push({ entry, done })
        void start()
      }),
    recent: async (limit) => {
      await sending
      return (await call('recent', limit)) as JournalEntry[]
    },
    waiting: () => ({ lines: refused ? waiting.length : 0, why: refused?.error ?? null }),
    close: async () => {
      closed = true
      timers.clearTimeout(timer)
      await sending
      await start()
      if (waiting.length > 0) log.error({ lost: waiting.map(({ entry }) => entry) }, 'journal lines are lost')
    },
  }
}
