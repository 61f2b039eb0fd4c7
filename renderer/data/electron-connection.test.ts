import { MessageChannel as NodeMessageChannel } from 'node:worker_threads'
import { describe, expect, it, vi } from 'vitest'
import type { TransportEvents } from './desk-client.ts'
import { electronTransport } from './electron-connection.ts'
import { PORTS_MESSAGE } from './ports.ts'

type Hearing = Partial<{ source: unknown; data: unknown; ports: readonly unknown[] }>

/** A page that can be told of a message as the preload tells it, without a browser. */
const setup = () => {
  const listeners = new Set<(event: MessageEvent) => void>()
  const page = {
    addEventListener: (_: string, fn: (event: MessageEvent) => void) => listeners.add(fn),
    removeEventListener: (_: string, fn: (event: MessageEvent) => void) => listeners.delete(fn),
  } as unknown as Window
  const rpc = new NodeMessageChannel()
  const frames = new NodeMessageChannel()
  const events = {
    onOpen: vi.fn<TransportEvents['onOpen']>(),
    onFrame: vi.fn<TransportEvents['onFrame']>(),
    onClosed: vi.fn<TransportEvents['onClosed']>(),
  }
  const requestPorts = vi.fn<() => void>()
  const transport = electronTransport({ version: '0', requestPorts }, page)(events)
  const hear = (other: Hearing): void => {
    const event = { source: page, data: PORTS_MESSAGE, ports: [rpc.port2, frames.port2], ...other }
    for (const fn of listeners) fn(event as unknown as MessageEvent)
  }
  const end = (): void => {
    transport.close()
    rpc.port1.close()
    frames.port1.close()
  }
  return { events, requestPorts, hear, rpc, frames, transport, listeners, end }
}

describe('the window’s ports in Electron', () => {
  it('asks for ports and carries frames both ways', async () => {
    const { events, requestPorts, hear, frames, end } = setup()
    expect(requestPorts).toHaveBeenCalledOnce()
    hear({})
    expect(events.onOpen).toHaveBeenCalledOnce()
    frames.port1.postMessage(new Uint8Array([1, 2, 3]).buffer)
    await vi.waitFor(() => expect(events.onFrame).toHaveBeenCalledWith(new Uint8Array([1, 2, 3])))
    const back = new Promise((resolve) => frames.port1.once('message', resolve))
    events.onOpen.mock.calls[0]?.[0].sendFrame(new Uint8Array([9]))
    expect(await back).toEqual(new Uint8Array([9]).buffer)
    end()
  })

  it('takes ports only from its own window, under their name, and both of them', () => {
    const { events, hear, rpc, listeners, end } = setup()
    hear({ source: {} })
    hear({ data: 'something else' })
    hear({ ports: [rpc.port2] })
    expect(events.onOpen).not.toHaveBeenCalled()
    expect(listeners.size).toBe(1)
    hear({})
    expect(events.onOpen).toHaveBeenCalledOnce()
    expect(listeners.size).toBe(0)
    end()
  })

  it('says once when the desk closes the channel, and nothing when the page does', async () => {
    const lost = setup()
    lost.hear({})
    lost.rpc.port1.close()
    await vi.waitFor(() => expect(lost.events.onClosed).toHaveBeenCalledOnce())
    lost.end()
    const left = setup()
    left.hear({})
    const gone = new Promise<void>((resolve) => {
      left.rpc.port1.once('close', resolve)
    })
    left.transport.close()
    await gone
    expect(left.events.onClosed).not.toHaveBeenCalled()
    left.end()
  })
})
