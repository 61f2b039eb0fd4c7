import { describe, expect, it } from 'vitest'
import { pushed } from './latest.ts'

const source = () => {
  let push: ((n: number) => void) | null = null
  return {
    subscribe: (fn: (n: number) => void) => {
      push = fn
      return () => {
        push = null
      }
    },
    push: (n: number) => push?.(n),
    connected: () => push !== null,
  }
}

describe('pushed', () => {
  it('folds what a slow reader has not taken', async () => {
    const s = source()
    const it = pushed<number>(s.subscribe, (a, b) => a + b, undefined)
    const first = it.next()
    s.push(1)
    expect((await first).value).toBe(1)
    s.push(2)
    s.push(3)
    s.push(4)
    expect((await it.next()).value).toBe(9)
    await it.return()
    expect(s.connected()).toBe(false)
  })

  it('ends and unsubscribes when aborted while waiting', async () => {
    const s = source()
    const abort = new AbortController()
    const it = pushed<number>(s.subscribe, (_, b) => b, abort.signal)
    const next = it.next()
    abort.abort()
    expect((await next).done).toBe(true)
    expect(s.connected()).toBe(false)
  })
})
