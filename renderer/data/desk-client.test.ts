import { describe, expect, it, vi } from 'vitest'
import { createDeskClient, DeskUnreachable, reconnectWait, type TransportEvents } from './desk-client.ts'
import { createTestTimers } from './test-timers.ts'

const setup = (greet: () => Promise<void> = async () => {}) => {
  const timers = createTestTimers()
  const opened: (TransportEvents & { closed: boolean })[] = []
  const calls: string[] = []
  const client = createDeskClient({
    transport: (events) => {
      const one = { ...events, closed: false }
      opened.push(one)
      return {
        close: () => {
          one.closed = true
        },
      }
    },
    greet,
    clock: { now: () => 1000 },
    timers,
    random: () => 0.5,
  })
  const channel = {
    link: {
      call: async (path: readonly string[]) => {
        calls.push(path.join('.'))
        return 'answer'
      },
    },
    sendFrame: vi.fn<(frame: Uint8Array) => void>(),
  }
  const last = (): TransportEvents & { closed: boolean } => opened.at(-1) as never
  const settle = (): Promise<void> => vi.waitFor(() => expect(client.state().phase).not.toBe('connecting'))
  return { client, timers, opened, calls, channel, last, settle }
}

describe('the window’s connection to the desk', () => {
  it('is open once the desk was greeted, and carries calls and frames', async () => {
    const { client, calls, channel, last, settle } = setup()
    const seen: Uint8Array[] = []
    client.frames.onFrame((bytes) => seen.push(bytes))
    expect(client.state().phase).toBe('connecting')
    last().onOpen(channel)
    await settle()
    expect(client.state()).toMatchObject({ phase: 'open', connection: 1 })
    await client.api.session.get()
    expect(calls).toEqual(['session.get'])
    last().onFrame(new Uint8Array(8))
    expect(seen).toHaveLength(1)
    client.frames.send(new Uint8Array(40))
    expect(channel.sendFrame).toHaveBeenCalledOnce()
  })

  it('refuses calls by name while there is none', async () => {
    const { client } = setup()
    await expect(client.api.session.get()).rejects.toBeInstanceOf(DeskUnreachable)
  })

  it('comes back by itself with growing waits, under a new number', async () => {
    const { client, timers, opened, channel, last, settle } = setup()
    last().onOpen(channel)
    await settle()
    last().onClosed('gone', false)
    expect(client.state()).toMatchObject({ phase: 'waiting', detail: 'gone', nextAttempt: 1250 })
    expect(timers.waiting()).toEqual([250])
    timers.fire()
    last().onClosed('still gone', false)
    expect(timers.waiting()).toEqual([500])
    timers.fire()
    last().onOpen(channel)
    await settle()
    expect(client.state()).toMatchObject({ phase: 'open', connection: 2 })
    expect(opened).toHaveLength(3)
    last().onClosed('gone', false)
    expect(timers.waiting()).toEqual([250])
  })

  it('does not try again by itself when it was refused, but when asked', () => {
    const { client, timers, opened, last } = setup()
    last().onClosed('wrong token', true)
    expect(client.state()).toMatchObject({ phase: 'refused', detail: 'wrong token' })
    expect(timers.waiting()).toEqual([])
    client.retry()
    expect(opened).toHaveLength(2)
  })

  it('drops a connection whose greeting fails and says why', async () => {
    const { client, timers, channel, last, settle } = setup(() => Promise.reject(new Error('no such role')))
    const first = last()
    first.onOpen(channel)
    await settle()
    expect(client.state()).toMatchObject({ phase: 'waiting', detail: 'no such role' })
    expect(first.closed).toBe(true)
    expect(timers.waiting()).toHaveLength(1)
  })

  it('ends for good when closed', () => {
    const { client, timers, opened, last } = setup()
    client.close()
    last().onClosed('gone', false)
    timers.fire()
    expect(opened).toHaveLength(1)
    expect(timers.waiting()).toEqual([])
  })

  it('waits at most about five seconds', () => {
    expect(reconnectWait(30, () => 1)).toBe(6250)
    expect(reconnectWait(1, () => 0)).toBe(187.5)
  })
})
