import {
  type ViewData,
  type ViewKind,
  type ViewMeta,
  type ViewSpec,
  viewMetaSchema,
  viewTables,
} from '../../shared/api/views.ts'
import type { Clock } from '../../shared/runtime/ports.ts'
import { readView } from '../../shared/wire/frames.ts'
import type { DeskClient } from './desk-client.ts'
import { errorText } from './error-text.ts'
import type { ViewFrame, ViewRouter } from './view-router.ts'

/** What a view knows at one moment. Replaced whole with every frame, so identity tells a change. */
export type ViewSnapshot<K extends ViewKind> = {
  readonly meta: ViewMeta | null
  /** Columns of the slice; they point into the frame and are never written to. */
  readonly data: ViewData<K> | null
  /** Number of the frame; 0 before the first. */
  readonly n: number
  /** UTC ms, this machine's clock. */
  readonly receivedAt: number
  /** Why there is no (newer) data; null when all is well. */
  readonly error: string | null
}

export type ViewStore<K extends ViewKind> = {
  readonly get: () => ViewSnapshot<K>
  readonly subscribe: (fn: () => void) => () => void
  /** Asks for another slice, order or filter of the same kind. */
  readonly change: (spec: ViewSpecOf<K>) => void
  /** Opens the view anew after an error. */
  readonly retry: () => void
  readonly close: () => void
}

export type ViewSpecOf<K extends ViewKind> = ViewSpec & { readonly kind: K }

export type ViewStoreOptions = {
  readonly client: DeskClient
  readonly router: ViewRouter
  readonly clock: Clock
  /** Runs `fn` once what was drawn is about to be on screen: requestAnimationFrame. */
  readonly afterPaint: (fn: () => void) => void
}

/** Reads one frame of a view. @throws WireError, ZodError */
export const readViewFrame = <K extends ViewKind>(
  kind: K,
  { header, frame }: ViewFrame,
): { meta: ViewMeta; data: ViewData<K> } => {
  const { meta, data } = readView(viewTables[kind], frame, header.rows)
  return { meta: viewMetaSchema.parse(meta), data }
}

/**
 * One open view of the book, outside React. Every frame is acknowledged after the next paint, so that the desk sends
 * no faster than this window draws. After a reconnect the view is opened again; the last data stay meanwhile.
 */
export const createViewStore = <K extends ViewKind>(
  { client, router, clock, afterPaint }: ViewStoreOptions,
  first: ViewSpecOf<K>,
): ViewStore<K> => {
  const listeners = new Set<() => void>()
  let snapshot: ViewSnapshot<K> = { meta: null, data: null, n: 0, receivedAt: 0, error: null }
  let spec = first
  /** Grows with every opening; answers to older ones are ignored. */
  let turn = 0
  let viewId: number | undefined
  let release = (): void => {}
  let connection = 0
  let closed = false

  const set = (next: Partial<ViewSnapshot<K>>): void => {
    snapshot = { ...snapshot, ...next }
    for (const fn of listeners) fn()
  }

  const take = (id: number, lastN: { n: number }, incoming: ViewFrame): void => {
    const { n } = incoming.header
    if (n <= lastN.n) return
    lastN.n = n
    try {
      const { meta, data } = readViewFrame(first.kind, incoming)
      set({ meta, data, n: snapshot.n + 1, receivedAt: clock.now(), error: null })
    } catch (error) {
      set({ error: `A frame was refused, the last good figures stay. ${errorText(error)}` })
    }
    afterPaint(() => {
      if (viewId === id) router.ack(id, n)
    })
  }

  const leave = (): void => {
    release()
    release = () => {}
    viewId = undefined
    turn += 1
  }

  const closeOnDesk = (id: number): void => {
    // The window may be gone or the view with it: either way there is nothing left to close.
    client.api.views.close({ viewId: id }).catch(() => {})
  }

  const open = async (): Promise<void> => {
    leave()
    const mine = turn
    const asked = spec
    try {
      const { viewId: id } = await client.api.views.open(asked)
      if (mine !== turn || closed) return closeOnDesk(id)
      viewId = id
      const lastN = { n: 0 }
      release = router.claim(id, (frame) => take(id, lastN, frame))
      if (spec !== asked) sendChange(id)
    } catch (error) {
      if (mine === turn && !closed) set({ error: errorText(error) })
    }
  }

  const sendChange = (id: number): void => {
    const mine = turn
    client.api.views.change({ viewId: id, spec }).catch((error: unknown) => {
      if (mine === turn && !closed) set({ error: errorText(error) })
    })
  }

  const follow = (): void => {
    const state = client.state()
    if (state.phase !== 'open' || state.connection === connection) return
    connection = state.connection
    void open()
  }

  const unfollow = client.onState(follow)
  follow()

  return {
    get: () => snapshot,
    subscribe: (fn) => {
      listeners.add(fn)
      return () => listeners.delete(fn)
    },
    change: (next) => {
      if (JSON.stringify(next) === JSON.stringify(spec)) return
      spec = next
      if (viewId !== undefined) sendChange(viewId)
    },
    retry: () => {
      set({ error: null })
      if (client.state().phase === 'open') void open()
      else client.retry()
    },
    close: () => {
      closed = true
      unfollow()
      const id = viewId
      leave()
      if (id !== undefined && client.state().phase === 'open') closeOnDesk(id)
      listeners.clear()
    },
  }
}
