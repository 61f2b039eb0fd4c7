import { describe, expect, it, vi } from 'vitest'
import type { ViewSpec } from '../../shared/api/views.ts'
import { openFrame } from '../../shared/wire/header.ts'
import type { DeskClient, WindowState } from './desk-client.ts'
import { createFakeViews } from './fake/fake-views.ts'
import { createFakeWorld, seededRandom } from './fake/fake-world.ts'
import { createViewRouter } from './view-router.ts'
import { createViewStore, type ViewSpecOf } from './view-store.ts'

const spec: ViewSpecOf<'accounts'> = {
  kind: 'accounts',
  filter: {},
  sort: { column: 'equityBase', descending: true },
  from: 0,
  count: 20,
  pace: 10,
  hold: false,
}

type Bytes = Uint8Array<ArrayBuffer>

/** A desk of one process: real frames of a small world, calls noted, paints by hand. */
const setup = () => {
  const frameListeners = new Set<(bytes: Bytes) => void>()
  const stateListeners = new Set<(state: WindowState) => void>()
  const acks: { scope: number; n: number }[] = []
  const calls: string[] = []
  const paints: (() => void)[] = []
  let now = 1000
  let state: WindowState = { phase: 'open', detail: '', connection: 1, nextAttempt: 0 }
  let fault: Error | null = null
  const deliver = (bytes: Bytes): void => frameListeners.forEach((fn) => fn(bytes))
  /** While on, frames are lost on their way. */
  const lost = { on: false }
  const views = createFakeViews(
    createFakeWorld(seededRandom(1), 0),
    () => true,
    (bytes) => {
      if (lost.on) views.ack(ackOf(1, openFrame(bytes).header.n))
      else deliver(bytes)
    },
  )
  const client = {
    api: {
      views: {
        open: async (wanted: ViewSpec) => {
          if (fault) throw fault
          calls.push(`open ${wanted.count}`)
          return { viewId: views.open(wanted) }
        },
        change: async (input: { viewId: number; spec: ViewSpec }) => {
          calls.push(`change ${input.viewId} ${input.spec.count}`)
          views.change(input.viewId, input.spec)
        },
        close: async (input: { viewId: number }) => {
          calls.push(`close ${input.viewId}`)
          views.close(input.viewId)
        },
      },
    },
    frames: {
      send: (frame: Bytes) => {
        const { header } = openFrame(frame.slice())
        acks.push({ scope: header.scope, n: header.n })
        views.ack(frame)
      },
      onFrame: (fn: (bytes: Bytes) => void) => {
        frameListeners.add(fn)
        return () => frameListeners.delete(fn)
      },
    },
    state: () => state,
    onState: (fn: (next: WindowState) => void) => {
      stateListeners.add(fn)
      return () => stateListeners.delete(fn)
    },
    retry: () => {},
    close: () => {},
  } as unknown as DeskClient
  const router = createViewRouter(client)
  const store = createViewStore(
    { client, router, clock: { now: () => now }, afterPaint: (fn) => paints.push(fn) },
    spec,
  )
  return {
    store,
    router,
    acks,
    calls,
    deliver,
    lost,
    pump: () => {
      now += 1000
      views.pump(now, now, now)
    },
    paint: () => paints.splice(0).forEach((fn) => fn()),
    setState: (next: Partial<WindowState>) => {
      state = { ...state, ...next }
      for (const fn of stateListeners) fn(state)
    },
    fail: (error: Error | null) => {
      fault = error
    },
    opened: (count = 1) =>
      vi.waitFor(() => expect(calls.filter((call) => call.startsWith('open'))).toHaveLength(count)),
  }
}

describe('a view', () => {
  it('shows frames and acknowledges each after the paint, not before', async () => {
    const { store, acks, pump, paint, opened } = setup()
    await opened()
    pump()
    const { data, meta, n } = store.get()
    expect(n).toBe(1)
    expect(meta).toMatchObject({ kind: 'accounts', matched: 320, all: 320 })
    const equity = Array.from(data?.columns.equityBase ?? [])
    expect(equity).toHaveLength(20)
    expect(equity).toEqual(equity.toSorted((a, b) => b - a))
    expect(acks).toEqual([])
    pump()
    expect(store.get().n).toBe(1)
    paint()
    expect(acks).toEqual([{ scope: 1, n: 1 }])
    pump()
    expect(store.get().n).toBe(2)
  })

  it('takes a frame that came before the answer to its opening', async () => {
    const { store, pump, opened } = setup()
    pump()
    await opened()
    await vi.waitFor(() => expect(store.get().n).toBe(1))
  })

  it('tells its subscribers, until they leave', async () => {
    const { store, pump, paint, opened } = setup()
    const seen = vi.fn<() => void>()
    const leave = store.subscribe(seen)
    await opened()
    pump()
    expect(seen).toHaveBeenCalledOnce()
    leave()
    paint()
    pump()
    expect(seen).toHaveBeenCalledOnce()
  })

  it('changes the open view, and only when something is different', async () => {
    const { store, calls, pump, paint, opened } = setup()
    await opened()
    pump()
    paint()
    store.change({ ...spec })
    store.change({ ...spec, count: 5 })
    pump()
    expect(calls).toEqual(['open 20', 'change 1 5'])
    expect(store.get().data?.rows).toBe(5)
  })

  it('opens again after a reconnect and keeps the old figures till then', async () => {
    const { store, acks, calls, pump, paint, setState, opened } = setup()
    await opened()
    pump()
    paint()
    setState({ phase: 'waiting' })
    const before = store.get()
    expect(before.data).not.toBeNull()
    setState({ phase: 'open', connection: 2 })
    await opened(2)
    expect(store.get()).toBe(before)
    pump()
    paint()
    expect(store.get().n).toBe(2)
    expect(acks.at(-1)).toEqual({ scope: 2, n: 1 })
    expect(calls).toEqual(['open 20', 'open 20'])
  })

  it('is not given a late frame of another view that had its number on the connection before', async () => {
    const { store, deliver, pump, paint, setState, opened } = setup()
    await opened()
    pump()
    paint()
    const other = createFakeViews(createFakeWorld(seededRandom(1), 0), () => true, deliver)
    for (const _ of [1, 2])
      other.open({ ...spec, kind: 'quotes', sort: { column: 'symbol', descending: false } })
    other.pump(1e6, 1e6, 1e6)
    setState({ phase: 'waiting' })
    setState({ phase: 'open', connection: 2 })
    await opened(2)
    pump()
    expect(store.get()).toMatchObject({ n: 2, error: null })
  })

  it('drops frames that come after it was closed', async () => {
    const { store, router, pump, opened } = setup()
    await opened()
    store.close()
    pump()
    const taken = vi.fn<() => void>()
    router.claim(1, taken)
    expect(taken).not.toHaveBeenCalled()
  })

  it('says why it could not open, and opens on retry', async () => {
    const { store, fail, pump, setState, opened } = setup()
    await opened()
    fail(new Error('Your role may not do this.'))
    setState({ connection: 2 })
    await vi.waitFor(() => expect(store.get().error).toBe('Your role may not do this.'))
    fail(null)
    store.retry()
    await opened(2)
    pump()
    expect(store.get()).toMatchObject({ error: null, n: 1 })
  })

  it('keeps its figures over a frame it cannot read, says so, and still acknowledges it', async () => {
    const { store, acks, deliver, pump, paint, opened } = setup()
    await opened()
    pump()
    paint()
    const good = store.get().data
    const other = createFakeViews(createFakeWorld(seededRandom(1), 0), () => true, deliver)
    other.open({ ...spec, kind: 'quotes', sort: { column: 'symbol', descending: false } })
    other.pump(1e6, 1e6, 1e6)
    expect(store.get().n).toBe(1)
    expect(store.get().error).toBeNull()
    other.ack(ackOf(1, 1))
    other.pump(2e6, 2e6, 2e6)
    expect(store.get().data).toBe(good)
    expect(store.get().error).toMatch(/refused/)
    paint()
    expect(acks.at(-1)).toEqual({ scope: 1, n: 2 })
  })

  it('asks for the whole slice once when changes are missing, and shows none before it has it', async () => {
    const { store, calls, acks, lost, pump, paint, opened } = setup()
    await opened()
    pump()
    paint()
    const good = store.get().data
    lost.on = true
    pump()
    lost.on = false
    pump()
    expect(store.get()).toMatchObject({ n: 1, error: null })
    expect(store.get().data).toBe(good)
    paint()
    expect(acks.at(-1)).toEqual({ scope: 1, n: 3 })
    await vi.waitFor(() => expect(calls).toEqual(['open 20', 'change 1 20']))
    pump()
    expect(store.get()).toMatchObject({ n: 2, error: null })
    expect(store.get().data).not.toBe(good)
  })

  it('keeps the columns that did not change from frame to frame', async () => {
    const { store, pump, paint, opened } = setup()
    await opened()
    pump()
    paint()
    const before = store.get().data
    pump()
    expect(store.get().n).toBe(2)
    expect(store.get().data?.columns.name).toBe(before?.columns.name)
  })

  it('closes on the desk and hears nothing more', async () => {
    const { store, calls, pump, opened } = setup()
    await opened()
    store.close()
    pump()
    expect(calls).toEqual(['open 20', 'close 1'])
    expect(store.get().n).toBe(0)
  })
})

const ackOf = (scope: number, n: number): Bytes => {
  let frame: Bytes | undefined
  const router = createViewRouter({
    frames: {
      send: (bytes) => {
        frame = bytes
      },
      onFrame: () => () => {},
    },
    onState: () => () => {},
  })
  router.ack(scope, n)
  return frame as Bytes
}

describe('the frame channel', () => {
  it('counts frames it cannot open and goes on', async () => {
    const { store, router, deliver, pump, opened } = setup()
    await opened()
    deliver(new Uint8Array(64))
    expect(router.refused()).toMatchObject({ count: 1, last: expect.stringContaining('BAD_MAGIC') as string })
    pump()
    expect(store.get().n).toBe(1)
  })
})
