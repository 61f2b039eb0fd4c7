import type { DatabaseSync } from 'node:sqlite'
import { type Random, silentLog, type Timers } from '../../../../shared/runtime/ports.ts'
import { createOutboxClient, outboxMethods } from '../calls.ts'
import { createDispatcher, type Dispatcher } from '../dispatcher.ts'
import type { Sender } from '../sender.ts'
import { createOutboxTable, type OutboxTable } from '../table.ts'
import type { VirtualTime } from './virtual-time.ts'

export type ModelDesk = {
  readonly dispatcher: Dispatcher
  readonly table: OutboxTable
  /** Ends at once: what its store has not done yet is not done, and it hears of nothing any more. */
  readonly kill: () => void
}

const transactionOn =
  (db: DatabaseSync) =>
  <T>(fn: () => T): T => {
    db.exec('BEGIN')
    try {
      const value = fn()
      db.exec('COMMIT')
      return value
    } catch (error) {
      db.exec('ROLLBACK')
      throw error
    }
  }

/** A desk whose store stands behind a door with delays and failures. Test support. */
export const createModelDesk = (
  db: DatabaseSync,
  time: VirtualTime,
  random: Random,
  sender: Sender,
  fails: () => number,
): ModelDesk => {
  let alive = true
  const timers: Timers = {
    setTimeout: (fn, ms) => time.timers.setTimeout(() => alive && fn(), ms),
    clearTimeout: time.timers.clearTimeout,
  }
  /** Answers to a dead desk reach nobody. */
  const heard = <T>(given: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      given.then(
        (value) => alive && resolve(value),
        (error: Error) => alive && reject(error),
      )
    })
  const table = createOutboxTable(db)
  const methods = outboxMethods(table, transactionOn(db)) as unknown as {
    [method: string]: (input: unknown) => unknown
  }
  // A worker answers in the order in which it was asked.
  let free = 0
  const call = (method: string, input: unknown): Promise<unknown> => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    free = Math.max(free, time.clock.now()) + Math.floor(random() * 20)
    const before = random() < fails()
    const behind = random() < fails()
    time.after(free - time.clock.now(), () => {
      if (!alive) return
      if (before) return reject(new Error('the disk is full'))
      const answer = structuredClone(methods[method]?.(input))
      if (behind) reject(new Error('the worker died behind its write'))
      else resolve(answer)
    })
    return heard(promise)
  }
  const dispatcher = createDispatcher({
    table: createOutboxClient(call),
    senders: {
      mt4: {
        ...sender,
        send: (entry) => heard(sender.send(entry)),
        look: (entry) => heard(sender.look(entry)),
      },
    },
    clock: time.clock,
    timers,
    random,
    log: silentLog,
    atOnce: 3,
    changed: () => {},
  })
  return {
    dispatcher,
    table,
    kill: () => {
      alive = false
      dispatcher.close()
    },
  }
}
