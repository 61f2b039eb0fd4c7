import { describe, expect, it } from 'vitest'
import { silentLog } from '../../shared/runtime/ports.ts'
import { createFakeSocket, createHeldTimers } from './fake-socket.ts'
import { createWindowSocket } from './window-socket.ts'

const open = () => {
  const { socket, done, flushes } = createFakeSocket()
  const held = createHeldTimers()
  const counts = { framesSent: 0, frameBytesSent: 0, framesReceived: 0, callsReceived: 0, refused: 0 }
  return {
    socket,
    done,
    flushes,
    held,
    counts,
    window: createWindowSocket(socket, counts, held.timers, silentLog),
  }
}

describe('createWindowSocket', () => {
  it('keeps text and binary apart, however the bytes come', () => {
    const { socket, window, counts } = open()
    const texts: string[] = []
    const frames: number[][] = []
    window.onText((text) => texts.push(text))
    window.frames.onFrame((bytes) => frames.push([...bytes]))
    socket.emit('message', Buffer.from('größe'), false)
    socket.emit('message', [Buffer.from([1]), Buffer.from([2, 3])], true)
    socket.emit('message', Uint8Array.of(4).buffer, true)
    expect({ texts, frames }).toEqual({ texts: ['größe'], frames: [[1, 2, 3], [4]] })
    expect(counts).toMatchObject({ callsReceived: 1, framesReceived: 2 })
  })

  it('holds a stream back until its text has left', async () => {
    const { window, flushes } = open()
    let left = false
    const send = async (): Promise<void> => {
      await window.sendText('a')
      left = true
    }
    const sending = send()
    await Promise.resolve()
    expect(left).toBe(false)
    flushes[0]?.()
    await sending
    expect(left).toBe(true)
  })

  it('cuts off a window that has stopped reading', () => {
    const { socket, window, done, counts } = open()
    window.frames.send(Uint8Array.of(1))
    socket.bufferedAmount = 32 * 1024 * 1024 + 1
    window.frames.send(Uint8Array.of(2))
    expect(done).toEqual([Uint8Array.of(1), 'terminate'])
    expect(counts).toMatchObject({ framesSent: 1, frameBytesSent: 1 })
  })

  it('cuts off a window that does not answer a ping by the next one', () => {
    const { socket, done, held } = open()
    held.fire()
    socket.emit('pong')
    held.fire()
    held.fire()
    expect(done).toEqual(['ping', 'ping', 'terminate'])
  })

  it('sends nothing and leaves no timer once closed', async () => {
    const { socket, window, done, held } = open()
    let closed = 0
    window.onClose(() => {
      closed += 1
    })
    Object.assign(socket, { readyState: 3 })
    socket.emit('close')
    window.frames.send(Uint8Array.of(1))
    await window.sendText('a')
    expect({ closed, done, timers: held.count() }).toEqual({ closed: 1, done: [], timers: 0 })
  })
})
