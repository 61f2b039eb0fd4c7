import { useEffect, useRef, useState } from 'react'
import type { ViewKind } from '../../../shared/api/views.ts'
import { systemTimers } from '../../../shared/runtime/ports.ts'
import type { ViewSnapshot, ViewStore } from '../../data/view-store.ts'
import { createThrottle } from './throttle.ts'

/** How often the words around a grid (foot line, state) follow its frames, ms. */
const WORDS_EVERY_MS = 500

const blank = { meta: null, data: null, n: 0, receivedAt: 0, error: null }

/**
 * The newest snapshot of a store, but rendering no more often than twice a second: for foot lines and states. The
 * first frame and errors show with the next of these at the latest; the grid itself takes every frame.
 */
export const usePacedSnapshot = <K extends ViewKind>(store: ViewStore<K> | null): ViewSnapshot<K> => {
  const [snapshot, setSnapshot] = useState<ViewSnapshot<K>>(blank)
  const first = useRef(true)
  useEffect(() => {
    if (!store) return
    first.current = true
    const throttle = createThrottle(systemTimers, WORDS_EVERY_MS, () => setSnapshot(store.get()))
    throttle.call()
    const stop = store.subscribe(() => {
      if (first.current && store.get().meta) {
        first.current = false
        setSnapshot(store.get())
      } else throttle.call()
    })
    return () => {
      stop()
      throttle.close()
    }
  }, [store])
  return snapshot
}
