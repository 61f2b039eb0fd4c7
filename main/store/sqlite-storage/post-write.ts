import { setImmediate as turn } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import type { BulkWriteRow } from 'rxdb'
import type { EngineClient } from './engine-client.ts'
import type { MoreMessage, WriteAnswer, WriteRows } from './protocol.ts'

/** Rows in one part of a large write: a few milliseconds of work on either side. */
const PART = 500

/**
 * Has rows written in one transaction. Many are handed over part by part: the worker writes one while the next is
 * made, and this thread attends to other things in between.
 */
export const postWrite = async <D>(
  engine: EngineClient,
  handle: number,
  rows: readonly BulkWriteRow<D>[],
  toRows: (rows: readonly BulkWriteRow<D>[]) => WriteRows,
): Promise<WriteAnswer> => {
  const first = toRows(rows.length > PART ? rows.slice(0, PART) : rows)
  if (rows.length <= PART) return engine.ask('write', { handle, rows: first, more: null })

  const { port1: port, port2 } = new MessageChannel()
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const post = (message: MoreMessage): void => {
    port.postMessage(message)
    Atomics.add(signal, 0, 1)
    Atomics.notify(signal, 0)
  }
  const answer = engine.ask('write', { handle, rows: first, more: { port: port2, signal } }, [port2])
  const state = { over: false }
  const ended = (): void => {
    state.over = true
  }
  answer.then(ended, ended)
  try {
    for (let at = PART; at < rows.length && !state.over; at += PART) {
      await turn()
      post(toRows(rows.slice(at, at + PART)))
    }
    post(null)
  } catch (error) {
    post(error instanceof Error ? error.message : String(error))
    await answer.catch(() => undefined)
    throw error
  } finally {
    port.close()
  }
  return answer
}
