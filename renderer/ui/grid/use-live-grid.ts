import type { GridApi } from 'ag-grid-community'
import { type RefCallback, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ViewKind } from '../../../shared/api/views.ts'
import { systemClock, systemTimers } from '../../../shared/runtime/ports.ts'
import type { ViewStore } from '../../data/view-store.ts'
import type { GridState } from './column-state.ts'
import { createGridCore, type GridCore } from './grid-core.ts'
import { driveGrid } from './grid-driver.ts'
import type { GridEvents, LiveGridHandle } from './grid-types.ts'
import type { LiveColumn, LiveField, Sort } from './live-column.ts'
import type { RowKey } from './row-book.ts'

/** Most flashes at once in a grid: more than this is noise. */
const FLASHES = 6

const stillness = window.matchMedia('(prefers-reduced-motion: reduce)')
const flashBudget = (): number => (stillness.matches ? 0 : FLASHES)

export type LiveGridProps<K extends ViewKind> = {
  readonly kind: K
  readonly keyField: LiveField<K>
  readonly columns: readonly LiveColumn<K>[]
  readonly label: string
  readonly store: ViewStore<K> | null
  /** Only the first so many rows are there. */
  readonly top: number | undefined
  readonly columnState: GridState['columns']
  readonly sort: Sort
  readonly selected: RowKey | null
  readonly events: GridEvents<K>
}

type LiveGrid<K extends ViewKind> = {
  /** To be mounted; another one when kind or columns are others. */
  readonly core: GridCore<K>
  /** Takes the element around the grid. */
  readonly host: RefCallback<HTMLElement>
  /** Takes the library's api once the grid is there. */
  readonly onReady: (api: GridApi) => void
  /** The running grid; null before and after. */
  readonly grid: LiveGridHandle<K> | null
}

/** A grid that follows its view, its order and its selection for as long as its component is there. */
export const useLiveGrid = <K extends ViewKind>(props: LiveGridProps<K>): LiveGrid<K> => {
  const { kind, keyField, columns, label, store, top, columnState, sort, selected } = props
  const [grid, setGrid] = useState<LiveGridHandle<K> | null>(null)
  const element = useRef<HTMLElement>(null)
  const running = useRef<LiveGridHandle<K>>(null)
  const events = useRef(props.events)
  useEffect(() => {
    events.current = props.events
  })

  const core = useMemo(
    () =>
      createGridCore<K>({
        kind,
        keyField,
        columns,
        label,
        clock: systemClock,
        timers: systemTimers,
        flashBudget,
      }),
    [kind, keyField, columns, label],
  )

  const replace = useCallback((next: LiveGridHandle<K> | null) => {
    running.current?.close()
    running.current = next
    setGrid(next)
  }, [])

  // Let go of before the library takes its grid down: the element's ref goes before those inside of it.
  const host = useCallback(
    (place: HTMLElement) => {
      element.current = place
      return () => {
        element.current = null
        replace(null)
      }
    },
    [replace],
  )

  const onReady = useCallback(
    (api: GridApi) => {
      if (!element.current) return
      replace(
        driveGrid(core, api, element.current, {
          onSlice: (slice) => events.current.onSlice(slice),
          onSort: (next) => events.current.onSort(next),
          onHold: (held) => events.current.onHold(held),
          onColumns: (next) => events.current.onColumns(next),
          onSelect: (key, row) => events.current.onSelect(key, row),
          onOpen: (spot) => events.current.onOpen(spot),
          onPoint: (spot) => events.current.onPoint?.(spot),
        }),
      )
    },
    [core, replace],
  )

  useEffect(() => grid?.setColumns(columnState), [grid, columnState])
  useEffect(() => grid?.setSort(sort), [grid, sort])
  useEffect(() => grid?.setSelected(selected), [grid, selected])

  useEffect(() => {
    if (!store || !grid) return
    const paint = (): void => {
      const { meta, data } = store.get()
      if (!meta || !data) return
      grid.paint({ meta: top === undefined ? meta : { ...meta, matched: Math.min(meta.matched, top) }, data })
    }
    paint()
    return store.subscribe(paint)
  }, [store, grid, top])

  return { core, host, onReady, grid }
}
