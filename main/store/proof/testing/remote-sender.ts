import { requestIdOf, type Seen, type Sender, type Sent } from '../../outbox/sender.ts'
import type { FromBridge, ToBridge } from './model-bridge.ts'

/** The model server's sender in the process of the desk: it asks the process that started this one. Test support. */
export const createRemoteSender = (
  say: (message: ToBridge) => void,
): { sender: Sender; hear: (message: FromBridge) => void } => {
  const waiting = new Map<number, (answer: never) => void>()
  const listeners = new Set<() => void>()
  let memory = ''
  let last = 0
  const ask = <T>(make: (n: number) => ToBridge): Promise<T> => {
    const n = ++last
    return new Promise((resolve) => {
      waiting.set(n, resolve)
      say(make(n))
    })
  }
  const sender: Sender = {
    ready: () => memory !== '',
    onChange: (fn) => {
      listeners.add(fn)
      return () => listeners.delete(fn)
    },
    memory: () => memory,
    remembersMs: 60_000,
    send: (entry) => {
      const { key, lane, memory: to } = entry
      return ask<Sent>((n) => ({ kind: 'send', n, id: requestIdOf(entry), key, lane, memory: to }))
    },
    look: ({ key }) => ask<Seen>((n) => ({ kind: 'look', n, key })),
  }
  return {
    sender,
    hear: (message) => {
      if (message.kind === 'memory') {
        memory = message.name
        for (const fn of listeners) fn()
        return
      }
      const answer = message.kind === 'sent' ? message.sent : message.seen
      waiting.get(message.n)?.(answer as never)
      waiting.delete(message.n)
    },
  }
}
