import { DatabaseSync } from 'node:sqlite'
import { type MessagePort, workerData } from 'node:worker_threads'
import { toWire } from '../errors.ts'
import type { CheckStart, EngineStart, FromEngine, ToEngine } from '../protocol.ts'
import type { Companion } from '../types.ts'
import { checkFile } from './check-file.ts'
import { createEngine, type Engine } from './engine.ts'

const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise

const checked = ({ check }: CheckStart): FromEngine => {
  try {
    const db = new DatabaseSync(check, { readOnly: true })
    try {
      return { kind: 'answer', n: 0, value: checkFile(db) }
    } finally {
      db.close()
    }
  } catch (error) {
    return { kind: 'refused', error: toWire(error) }
  }
}

/**
 * The worker's side: opens the file it was started for and answers what comes through the port, in order. Call it in
 * the worker's entry with `parentPort`.
 */
export const serveSqliteStorage = (
  port: MessagePort,
  { companions = [] }: { companions?: readonly Companion[] } = {},
): void => {
  const say = (message: FromEngine): void => port.postMessage(message)
  const start = workerData as EngineStart | CheckStart
  if ('check' in start) {
    say(checked(start))
    port.close()
    return
  }
  const open = (): Engine | null => {
    try {
      return createEngine(start, companions, (companion, message) =>
        say({ kind: 'notice', companion, message }),
      )
    } catch (error) {
      say({ kind: 'refused', error: toWire(error) })
      return null
    }
  }
  const engine = open()
  if (!engine) {
    port.close()
    return
  }
  const answer = (n: number, value: unknown): void => {
    try {
      say({ kind: 'answer', n, value })
    } catch (error) {
      say({ kind: 'failed', n, error: toWire(error) })
    }
  }
  port.on('message', ({ n, op, input }: ToEngine) => {
    try {
      const value = engine.run(op, input)
      if (isPromise(value))
        void value.then(
          (later) => answer(n, later),
          (error: unknown) => say({ kind: 'failed', n, error: toWire(error) }),
        )
      else answer(n, value)
    } catch (error) {
      say({ kind: 'failed', n, error: toWire(error) })
    }
  })
  say({ kind: 'ready' })
}
