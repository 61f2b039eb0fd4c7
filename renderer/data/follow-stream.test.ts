import { describe, expect, it, vi } from 'vitest'
import type { DeskClient, WindowState } from './desk-client.ts'
import { followStream } from './follow-stream.ts'
import { createTestTimers } from './test-timers.ts'

const setup = () => {
  const timers = createTestTimers()
  const listeners = new Set<(state: WindowState) => void>()
  let state: WindowState = { phase: 'open', detail: '', connection: 1, nextAttempt: 0 }
  const client = {
    state: () => state,
    onState: (fn: (next: WindowState) => void) => {
      listeners.add(fn)
      return () => listeners.delete(fn)
    },
  } as unknown as DeskClient
  const taken: number[] = []
  const failed: string[] = []
  const signals: AbortSignal[] = []
  const pushes: ((value: number | Error) => void)[] = []
  const open = async (signal: AbortSignal): Promise<AsyncIterable<number>> => {
    signals.push(signal)
    const queue: (number | Error)[] = []
    let wake = (): void => {}
    pushes.push((value) => {
      queue.push(value)
      wake()
    })
    return (async function* () {
      for (;;) {
        const next = queue.shift()
        if (next instanceof Error) throw next
        if (next !== undefined) yield next
        else
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
    })()
  }
  const end = followStream({
    client,
    timers,
    open,
    take: (n) => taken.push(n),
    fail: (error) => failed.push(error),
  })
  const setState = (next: Partial<WindowState>): void => {
    state = { ...state, ...next }
    for (const fn of listeners) fn(state)
  }
  const push = (value: number | Error): void => pushes.at(-1)?.(value)
  return { timers, taken, failed, signals, push, end, setState }
}

describe('following a stream', () => {
  it('takes every event', async () => {
    const { taken, push } = setup()
    push(1)
    push(2)
    await vi.waitFor(() => expect(taken).toEqual([1, 2]))
  })

  it('asks again after a failure on a working connection', async () => {
    const { timers, taken, failed, push } = setup()
    push(new Error('broken'))
    await vi.waitFor(() => expect(failed).toEqual(['broken']))
    await vi.waitFor(() => expect(timers.waiting()).toEqual([1000]))
    timers.fire()
    push(3)
    await vi.waitFor(() => expect(taken).toEqual([3]))
  })

  it('starts anew with every connection and ends the stream before', async () => {
    const { taken, failed, signals, push, setState } = setup()
    setState({ phase: 'waiting' })
    push(new Error('socket closed'))
    setState({ phase: 'open', connection: 2 })
    await vi.waitFor(() => expect(signals).toHaveLength(2))
    expect(signals[0]?.aborted).toBe(true)
    push(5)
    await vi.waitFor(() => expect(taken).toEqual([5]))
    expect(failed).toEqual([])
  })

  it('stops when ended', async () => {
    const { signals, end, setState } = setup()
    end()
    expect(signals[0]?.aborted).toBe(true)
    setState({ connection: 2 })
    expect(signals).toHaveLength(1)
  })
})
