import { type RefCallback, useCallback, useEffect, useRef, useState } from 'react'
import type { ViewKind } from '../../../shared/api/views.ts'
import { systemClock } from '../../../shared/runtime/ports.ts'
import { windowTimers } from '../../data/open-desk.ts'
import type { ViewStore } from '../../data/view-store.ts'
import type { GridState } from './column-state.ts'
import { createLiveGrid } from './grid-driver.ts'
import type { GridEvents, LiveGridHandle } from './grid-types.ts'
import type { LiveColumn, LiveField, Sort } from './live-column.ts'
import type { RowKey } from './row-book.ts'

/** Most flashes a frame and grid: more than this is noise. */
const FLASHES = 5

const stillness = window.matchMedia('(prefers-reduced-motion: reduce)')
const flashBudget = (): number => (stillness.matches ? 0 : FLASHES)

export type LiveGridProps<K extends ViewKind> = {
  readonly kind: K
  readonly keyField: LiveField<K>
  readonly columns: readonly LiveColumn<K>[]
  readonly label: string
  readonly store: ViewStore<K> | null
  readonly columnState: GridState['columns']
  readonly sort: Sort
  readonly selected: RowKey | null
  readonly events: GridEvents<K>
}

/** Keeps a live grid inside the element that takes `attach`, for as long as it is there. */
export const useLiveGrid = <K extends ViewKind>(
  props: LiveGridProps<K>,
): { readonly attach: RefCallback<HTMLElement>; readonly grid: LiveGridHandle<K> | null } => {
  const { kind, keyField, columns, label, store, columnState, sort, selected } = props
  const [grid, setGrid] = useState<LiveGridHandle<K> | null>(null)
  const events = useRef(props.events)
  useEffect(() => {
    events.current = props.events
  })

  const attach = useCallback(
    (element: HTMLElement) => {
      const made = createLiveGrid<K>(element, {
        kind,
        keyField,
        columns,
        label,
        clock: systemClock,
        timers: windowTimers,
        flashBudget,
        events: {
          onSlice: (slice) => events.current.onSlice(slice),
          onSort: (next) => events.current.onSort(next),
          onHold: (held) => events.current.onHold(held),
          onColumns: (next) => events.current.onColumns(next),
          onSelect: (key, row) => events.current.onSelect(key, row),
          onOpen: (spot) => events.current.onOpen(spot),
          onPoint: (spot) => events.current.onPoint?.(spot),
        },
      })
      setGrid(made)
      return () => {
        setGrid(null)
        made.close()
      }
    },
    [kind, keyField, columns, label],
  )

  useEffect(() => grid?.setColumns(columnState), [grid, columnState])
  useEffect(() => grid?.setSort(sort), [grid, sort])
  useEffect(() => grid?.setSelected(selected), [grid, selected])

  useEffect(() => {
    if (!store || !grid) return
    const paint = (): void => {
      const { meta, data } = store.get()
      if (meta && data) grid.paint({ meta, data })
    }
    paint()
    return store.subscribe(paint)
  }, [store, grid])

  return { attach, grid }
}
