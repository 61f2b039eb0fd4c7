import {
  type ViewData,
  type ViewKind,
  type ViewMeta,
  type ViewSpec,
  viewMetaSchema,
  viewTables,
} from '../../shared/api/views.ts'
import type { Clock } from '../../shared/runtime/ports.ts'
import { WireError } from '../../shared/wire/errors.ts'
import { isWhole, readView } from '../../shared/wire/view-frames.ts'
import type { DeskClient } from './desk-client.ts'
import { errorText } from './error-text.ts'
import type { ViewFrame, ViewRouter } from './view-router.ts'

/** What a view knows at one moment. Replaced whole with every frame, so identity tells a change. */
export type ViewSnapshot<K extends ViewKind> = {
  readonly meta: ViewMeta | null
  /**
   * Columns of the slice, those that were asked for; never written to. A column that did not change is the same array
   * as in the snapshot before.
   */
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

/** Reads one frame of a view; `before` is what the frame before it left. @throws WireError, ZodError */
const readViewFrame = <K extends ViewKind>(
  kind: K,
  { header, frame }: ViewFrame,
  before: ViewData<K> | null,
): { meta: ViewMeta; data: ViewData<K> } => {
  const read = readView(viewTables[kind], header, frame, before as never)
  const meta = viewMetaSchema.parse(read.meta)
  if (meta.kind !== kind) throw new WireError('BAD_VALUE', `a frame of ${meta.kind}`)
  return { meta, data: read.data }
}

/** What an open view has taken so far. */
type Taken<K extends ViewKind> = {
  /** Number of the last frame that came. */
  n: number
  /** What the next frame changes; null where the last one could not be used. */
  data: ViewData<K> | null
  /** The whole slice was asked for and has not come yet. */
  lost: boolean
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

  const use = (id: number, taken: Taken<K>, incoming: ViewFrame, follows: boolean): void => {
    const whole = isWhole(incoming.header)
    if (whole) taken.lost = false
    const before = follows ? taken.data : null
    taken.data = null
    try {
      if (whole || before) {
        const { meta, data } = readViewFrame(first.kind, incoming, before)
        taken.data = data
        set({ meta, data, n: snapshot.n + 1, receivedAt: clock.now(), error: null })
        return
      }
    } catch (error) {
      set({ error: `A frame was refused, the last good figures stay. ${errorText(error)}` })
    }
    if (taken.lost || whole) return
    taken.lost = true
    // Asked again as it is, the desk answers with the whole slice.
    sendChange(id)
  }

  const take = (id: number, taken: Taken<K>, incoming: ViewFrame): void => {
    const { n } = incoming.header
    if (n <= taken.n) return
    const follows = n === taken.n + 1
    taken.n = n
    use(id, taken, incoming, follows)
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
      const taken: Taken<K> = { n: 0, data: null, lost: false }
      release = router.claim(id, (frame) => take(id, taken, frame))
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
