import type { AgEventTypeParams, AgPublicEventType, GridApi } from 'ag-grid-community'
import type { ViewKind } from '../../../shared/api/views.ts'
import type { GridState } from './column-state.ts'
import type { GridCore } from './grid-core.ts'
import { BAND_HEIGHT, ROW_HEIGHT } from './grid-theme.ts'
import type { GridEvents, LiveGridHandle, Spot } from './grid-types.ts'
import { createHold } from './hold.ts'
import type { RowKey } from './row-book.ts'
import { cellElement, cellOfTarget, markSelected, placeOfTarget, showWhole } from './row-elements.ts'
import { planSlice, type Slice } from './slice.ts'
import { createThrottle } from './throttle.ts'

/** How often scrolling may ask the desk for another slice, ms. */
const SLICE_EVERY_MS = 80

/** How often the scroll bar follows a changed number of rows, ms. */
const COUNT_EVERY_MS = 500

/** Brings a mounted grid to life: frames, selection, keys, slices and columns, until it is closed. */
export const driveGrid = <K extends ViewKind>(
  core: GridCore<K>,
  api: GridApi,
  host: HTMLElement,
  events: GridEvents<K>,
): LiveGridHandle<K> => {
  const { byId, rows, painter } = core
  const { columns, clock, timers } = core.options
  const hold = createHold(timers, events.onHold)
  const listening = new AbortController()
  const { signal } = listening
  let slice: Slice = { from: 0, count: 0 }
  let countedAt = 0
  let selected: RowKey | null = null
  let selectedPlace = -1
  /** Place that was gone to before its row had come; -1 for none. */
  let awaited = -1
  let marking = false
  let pointed: HTMLElement | null = null
  let closed = false

  const listen = <E extends AgPublicEventType>(type: E, fn: (event: AgEventTypeParams[E]) => void): void => {
    api.addEventListener(type, fn)
    signal.addEventListener('abort', () => {
      if (!api.isDestroyed()) api.removeEventListener(type, fn)
    })
  }

  const mark = (): void => {
    marking = false
    if (!closed) markSelected(host, selectedPlace)
  }
  const markSoon = (): void => {
    if (marking) return
    marking = true
    queueMicrotask(mark)
  }
  core.setRowCount(0)
  if (columns.some(({ band }) => band !== undefined)) host.style.setProperty('--lg-band', `${BAND_HEIGHT}px`)
  core.onCells.add(markSoon)
  core.onSort.add(events.onSort)

  const setRowCount = (count: number): void => {
    core.setRowCount(count)
    countedAt = clock.now()
    api.setRowCount(count, true)
    host.style.setProperty('--lg-rows', String(count))
  }

  api.setGridAriaProperty('label', core.options.label)

  const arrange = (state: GridState['columns']): void => {
    api.applyColumnState({
      state: state.map(({ id, width, hidden }) => ({ colId: id, width, hide: hidden })),
      applyOrder: true,
    })
    painter.resized()
  }

  // Another font makes other widths of the same figures.
  document.fonts.addEventListener('loadingdone', painter.resized, { signal })

  /** A name may be cut off, a figure never: the column grows instead. */
  const makeRoom = (): void => {
    const lacks = [...painter.lacking()].flatMap(([key, by]) => {
      const column = api.getColumn(key)
      return column ? [{ key, newWidth: column.getActualWidth() + by + 2 }] : []
    })
    if (lacks.length > 0) api.setColumnWidths(lacks)
  }

  const tellColumns = (): void =>
    events.onColumns(
      api.getColumnState().map(({ colId, width, hide }) => ({
        id: colId,
        width: Math.round(width ?? 80),
        hidden: hide ?? false,
      })),
    )
  listen('columnMoved', (event) => {
    if (event.finished && event.source !== 'api') tellColumns()
  })
  listen('columnResized', (event) => {
    if (!event.finished || event.source === 'api') return
    painter.resized()
    tellColumns()
  })

  // Frozen only while scrolled sideways: every frozen row is a layer of its own to the browser, and most of the time
  // there is nothing to freeze.
  const frozenIds = columns.filter((column) => column.frozen).map((column) => column.id)
  let frozen = false
  listen('bodyScroll', ({ direction, left }) => {
    const away = left > 0
    if (direction !== 'horizontal' || away === frozen || frozenIds.length === 0) return
    frozen = away
    api.setColumnsPinned(frozenIds, away ? 'left' : null)
  })

  const visible = (): { first: number; last: number } => {
    const first = api.getFirstDisplayedRowIndex()
    const last = api.getLastDisplayedRowIndex()
    const fitting = Math.ceil(host.clientHeight / ROW_HEIGHT)
    return { first: Math.max(0, first), last: Math.max(last, Math.max(0, first) + fitting) }
  }
  const ask = createThrottle(timers, SLICE_EVERY_MS, () => {
    if (closed) return
    const next = planSlice(visible(), slice)
    if (next === slice) return
    slice = next
    events.onSlice(next)
  })
  listen('viewportChanged', ask.call)
  listen('gridSizeChanged', ask.call)

  const choose = (place: number): void => {
    const key = rows.keyAt(place)
    const row = rows.at(place)
    awaited = row ? -1 : place
    if (key === null || !row) return
    selected = key
    selectedPlace = place
    mark()
    events.onSelect(key, row)
  }

  const focusPlace = (place: number): void => {
    const at = api.getFocusedCell()?.column ?? api.getAllDisplayedColumns()[0]
    if (!at) return
    api.ensureIndexVisible(place)
    api.setFocusedCell(place, at)
  }

  const spotAt = (place: number, element: HTMLElement | null): Spot<K> | null => {
    const key = rows.keyAt(place)
    const row = rows.at(place)
    if (key === null || !row) return null
    return { key, row, column: byId.get(element?.getAttribute('col-id') ?? '') ?? null, element }
  }

  const openPlace = (place: number, element: HTMLElement | null): void => {
    const spot = spotAt(place, element)
    if (spot) events.onOpen(spot)
  }

  const openFocused = (): void => {
    const focused = api.getFocusedCell()
    const place = focused && !focused.rowPinned ? focused.rowIndex : selectedPlace
    if (place >= 0) openPlace(place, cellElement(host, place, focused?.column.getColId() ?? ''))
  }

  const onPointerMove = (event: Event): void => {
    if (placeOfTarget(event.target) !== null) hold.touch()
  }
  const onPointerDown = (event: PointerEvent): void => {
    const place = placeOfTarget(event.target)
    if (place === null) return
    hold.touch()
    if (event.button === 0) choose(place)
  }
  const onDoubleClick = (event: MouseEvent): void => {
    const place = placeOfTarget(event.target)
    if (place !== null) openPlace(place, cellOfTarget(event.target))
  }
  const onPointerOver = (event: PointerEvent): void => {
    const cell = cellOfTarget(event.target)
    if (cell === pointed) return
    pointed = cell
    if (cell) showWhole(cell)
    const place = placeOfTarget(event.target)
    events.onPoint?.(place === null ? null : spotAt(place, cell))
  }
  // Runs behind the grid's own handling of the key, which has moved the focus by then.
  const onKeyDown = (): void => {
    const focused = api.getFocusedCell()
    if (!focused || focused.rowPinned || !host.contains(document.activeElement)) return
    hold.touch()
    if (focused.rowIndex !== selectedPlace) choose(focused.rowIndex)
  }
  const onPointerLeave = (): void => {
    hold.release()
    pointed = null
    events.onPoint?.(null)
  }
  host.addEventListener('pointermove', onPointerMove, { signal })
  host.addEventListener('wheel', onPointerMove, { signal, passive: true })
  host.addEventListener('pointerover', onPointerOver, { signal })
  host.addEventListener('pointerdown', onPointerDown, { signal })
  host.addEventListener('pointerleave', onPointerLeave, { signal })
  host.addEventListener('dblclick', onDoubleClick, { signal })
  host.addEventListener('keydown', onKeyDown, { signal })

  /** Keeps the focus ring on the selected row when an unheld order moves it. */
  const followSelected = (): void => {
    const place = selected === null ? -1 : rows.placeOf(selected)
    if (place === selectedPlace) return
    const before = selectedPlace
    selectedPlace = place
    mark()
    const focused = api.getFocusedCell()
    const onRow = focused && !focused.rowPinned && focused.rowIndex === before
    const onScreen = place >= api.getFirstDisplayedRowIndex() && place <= api.getLastDisplayedRowIndex()
    if (onRow && onScreen && host.contains(document.activeElement)) api.setFocusedCell(place, focused.column)
  }

  return {
    paint: (slab) => {
      if (closed) return
      rows.put(slab)
      const { matched } = slab.meta
      const rowCount = core.rowCount()
      const due = matched < rowCount || rowCount === 0 || clock.now() - countedAt >= COUNT_EVERY_MS
      if (matched !== rowCount && due) setRowCount(matched)
      painter.paint()
      makeRoom()
      if (awaited >= 0 && rows.at(awaited)) choose(awaited)
      followSelected()
    },
    setSort: core.setSort,
    setSelected: (key) => {
      if (key === selected) return
      selected = key
      selectedPlace = key === null ? -1 : rows.placeOf(key)
      mark()
    },
    move: (by) => {
      const rowCount = core.rowCount()
      if (rowCount === 0) return
      hold.touch()
      const focused = api.getFocusedCell()
      const from = selectedPlace >= 0 ? selectedPlace : focused && !focused.rowPinned ? focused.rowIndex : -1
      const place = from < 0 ? Math.max(0, api.getFirstDisplayedRowIndex()) : from + by
      const to = Math.min(rowCount - 1, Math.max(0, place))
      focusPlace(to)
      choose(to)
    },
    open: openFocused,
    focus: () => {
      const place = selectedPlace >= 0 ? selectedPlace : Math.max(0, api.getFirstDisplayedRowIndex())
      focusPlace(place)
      if (selectedPlace < 0) choose(place)
    },
    restart: () => {
      hold.release()
      if (core.rowCount() > 0) api.ensureIndexVisible(0, 'top')
    },
    setColumns: arrange,
    close: () => {
      closed = true
      core.onCells.delete(markSoon)
      core.onSort.delete(events.onSort)
      listening.abort()
      ask.close()
      hold.close()
      painter.close()
    },
  }
}
