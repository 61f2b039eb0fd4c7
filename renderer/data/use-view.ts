import { useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { ViewKind } from '../../shared/api/views.ts'
import { systemClock } from '../../shared/runtime/ports.ts'
import { useDesk } from './desk-context.ts'
import { useLink } from './link-store.ts'
import { createPaintGate } from './paint-gate.ts'
import { PanelVisibleContext } from './panel-visible.ts'
import { useSecond } from './use-second.ts'
import { type PanelStatus, viewStatus } from './view-status.ts'
import { createViewStore, type ViewSnapshot, type ViewSpecOf, type ViewStore } from './view-store.ts'

const blank: ViewSnapshot<ViewKind> = { meta: null, data: null, n: 0, receivedAt: 0, error: null }
const noSubscription = (): (() => void) => () => {}

/**
 * A view of the book that lives as long as the component. Rendering does not follow its frames: subscribe to the
 * store where the data are heavy (grids, charts). null until the first effect ran. A changed spec of the same kind
 * changes the open view; another kind opens another.
 */
export const useViewStore = <K extends ViewKind>(spec: ViewSpecOf<K>): ViewStore<K> | null => {
  const { client, router } = useDesk()
  const [store, setStore] = useState<ViewStore<K> | null>(null)
  const visible = useContext(PanelVisibleContext)
  const [gate] = useState(() => createPaintGate((fn) => requestAnimationFrame(fn)))
  const wanted = JSON.stringify(spec)
  const { kind } = spec

  useEffect(() => {
    const opened = createViewStore<K>(
      { client, router, clock: systemClock, afterPaint: gate.afterPaint },
      spec,
    )
    setStore(opened)
    return () => {
      setStore(null)
      opened.close()
    }
    // The spec at opening; later ones go through `change` below.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, router, kind, gate])

  useEffect(() => gate.setVisible(visible), [gate, visible])

  useEffect(() => {
    store?.change(JSON.parse(wanted) as ViewSpecOf<K>)
  }, [store, wanted])

  return store
}

/** The newest snapshot of a store; the component renders with every frame. */
export const useViewSnapshot = <K extends ViewKind>(store: ViewStore<K> | null): ViewSnapshot<K> =>
  useSyncExternalStore(store?.subscribe ?? noSubscription, store?.get ?? (() => blank as ViewSnapshot<K>))

export type ViewFacts = {
  readonly status: PanelStatus
  /** Age of the valuation behind the data, ms, by the desk's clock; null before the first frame. */
  readonly age: number | null
}

/** State and age of a view's data, looked at once a second. */
export const useViewFacts = (snapshot: ViewSnapshot<ViewKind>): ViewFacts => {
  const now = useSecond()
  const link = useLink()
  return viewStatus(snapshot, link, now)
}

export type View<K extends ViewKind> = ViewSnapshot<K> & ViewFacts & { readonly store: ViewStore<K> | null }

/** A view whose component renders with every frame. For small slices; see `useViewStore` for grids. */
export const useView = <K extends ViewKind>(spec: ViewSpecOf<K>): View<K> => {
  const store = useViewStore(spec)
  const snapshot = useViewSnapshot(store)
  const facts = useViewFacts(snapshot)
  return { ...snapshot, ...facts, store }
}
