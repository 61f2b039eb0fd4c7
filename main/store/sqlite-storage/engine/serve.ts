import { type MessagePort, workerData } from 'node:worker_threads'
import { toWire } from '../errors.ts'
import type { EngineStart, FromEngine, ToEngine } from '../protocol.ts'
import type { Companion } from '../types.ts'
import { createEngine, type Engine } from './engine.ts'

const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise

/**
 * The worker's side: opens the file it was started for and answers what comes through the port, in order. Call it in
 * the worker's entry with `parentPort`.
 */
export const serveSqliteStorage = (
  port: MessagePort,
  { companions = [] }: { companions?: readonly Companion[] } = {},
): void => {
  const say = (message: FromEngine): void => port.postMessage(message)
  const open = (): Engine | null => {
    try {
      return createEngine(workerData as EngineStart, companions, (companion, message) =>
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
