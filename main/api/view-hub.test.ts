import { describe, expect, it } from 'vitest'
import type { ViewSpec } from '../../shared/api/views.ts'
import { silentLog } from '../../shared/runtime/ports.ts'
import { emptyFrame, FrameType } from '../../shared/wire/header.ts'
import { createViewHub } from './view-hub.ts'

const spec: ViewSpec = {
  kind: 'quotes',
  filter: {},
  sort: { column: 'symbol', descending: false },
  from: 0,
  count: 10,
  pace: 5,
  hold: false,
}

const ack = (scope: number, n: number) =>
  emptyFrame({ type: FrameType.VIEW_ACK, stream: 0, n, scope, first: 0, rows: 0, flags: 0 })

const world = () => {
  const calls: string[] = []
  let emit: (viewId: number, frame: Uint8Array<ArrayBuffer>) => void = () => {}
  const hub = createViewHub(
    {
      openView: (id) => void calls.push(`open ${id}`),
      changeView: (id) => void calls.push(`change ${id}`),
      closeView: (id) => void calls.push(`close ${id}`),
      ackView: (id, n) => void calls.push(`ack ${id} ${n}`),
      onViewFrame: (fn) => {
        emit = fn
      },
    },
    silentLog,
  )
  const window = () => {
    const got: number[] = []
    let receive: (bytes: Uint8Array) => void = () => {}
    const views = hub.connect({
      send: (frame) => void got.push(frame.byteLength),
      onFrame: (fn) => {
        receive = fn
      },
    })
    return { views, got, receive: (bytes: Uint8Array) => receive(bytes) }
  }
  return { calls, window, emit: (id: number) => emit(id, new Uint8Array(id)) }
}

describe('view hub', () => {
  it('sends each view to the window that opened it, and to no other', () => {
    const w = world()
    const [a, b] = [w.window(), w.window()]
    const idA = a.views.open(spec)
    const idB = b.views.open(spec)
    w.emit(idA)
    w.emit(idB)
    w.emit(99)
    expect(a.got).toEqual([idA])
    expect(b.got).toEqual([idB])
  })

  it('lets a window touch only its own views', () => {
    const w = world()
    const [a, b] = [w.window(), w.window()]
    const id = a.views.open(spec)
    expect(b.views.change(id, spec)).toBe(false)
    expect(b.views.close(id)).toBe(false)
    b.receive(ack(id, 1))
    a.receive(ack(id, 2))
    expect(w.calls).toEqual([`open ${id}`, `ack ${id} 2`])
  })

  it('refuses rubbish from a window without harm and closes what it left open', () => {
    const w = world()
    const a = w.window()
    const id = a.views.open(spec)
    a.receive(new Uint8Array([1, 2, 3]))
    a.receive(ack(id, 1).fill(7, 4, 8))
    a.views.closeAll()
    w.emit(id)
    expect(w.calls).toEqual([`open ${id}`, `close ${id}`])
    expect(a.got).toEqual([])
  })

  it('stops a window that leaks views', () => {
    const a = world().window()
    expect(() => {
      for (let i = 0; i < 100; i++) a.views.open(spec)
    }).toThrow('may hold 64 views')
  })
})
