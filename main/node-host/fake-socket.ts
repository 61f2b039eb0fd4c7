import { EventEmitter } from 'node:events'
import type { WebSocket } from 'ws'
import type { Timers } from '../../shared/runtime/ports.ts'

/** A socket that notes what is done to it; tests play the window with `emit`. */
export const createFakeSocket = () => {
  const done: (string | Uint8Array)[] = []
  const flushes: (() => void)[] = []
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    ping: () => void done.push('ping'),
    terminate: () => void done.push('terminate'),
    close: (code: number) => void done.push(`close ${code}`),
    send: (data: string | Uint8Array, flushed: unknown) => {
      done.push(data)
      if (typeof flushed === 'function') flushes.push(() => flushed())
    },
  })
  return { socket: socket as typeof socket & WebSocket, done, flushes }
}

/** Timers that wait for the test. */
export const createHeldTimers = () => {
  const waiting = new Map<object, () => void>()
  const timers: Timers = {
    setTimeout: (fn) => {
      const handle = {}
      waiting.set(handle, fn)
      return handle
    },
    clearTimeout: (handle) => void waiting.delete(handle as object),
  }
  return {
    timers,
    count: () => waiting.size,
    fire: (): void => {
      const [first] = waiting
      if (first === undefined) throw new Error('no timer waits')
      waiting.delete(first[0])
      first[1]()
    },
  }
}
