import type { ViewKind } from '../../../shared/api/views.ts'
import type { Clock, Timers } from '../../../shared/runtime/ports.ts'
import type { GridState } from './column-state.ts'
import type { LiveColumn, LiveField, LiveRow, Sort } from './live-column.ts'
import type { RowKey, Slab } from './row-book.ts'
import type { Slice } from './slice.ts'

/** A cell a person means: its row, and its column and element where they are known. */
export type Spot<K extends ViewKind> = {
  readonly key: RowKey
  readonly row: LiveRow<K>
  readonly column: LiveColumn<K> | null
  readonly element: HTMLElement | null
}

export type GridEvents<K extends ViewKind> = {
  readonly onSlice: (slice: Slice) => void
  readonly onSort: (sort: Sort) => void
  /** The order is to be held, or may move again. */
  readonly onHold: (held: boolean) => void
  /** Columns were moved, resized, shown or hidden. */
  readonly onColumns: (columns: GridState['columns']) => void
  readonly onSelect: (key: RowKey, row: LiveRow<K>) => void
  /** Enter or double click. `column` explains itself where it is one that `explains`. */
  readonly onOpen: (spot: Spot<K>) => void
  /** The pointer came to another cell, or left the rows. */
  readonly onPoint?: (spot: Spot<K> | null) => void
}

export type LiveGridOptions<K extends ViewKind> = {
  readonly kind: K
  readonly keyField: LiveField<K>
  readonly columns: readonly LiveColumn<K>[]
  readonly label: string
  readonly clock: Clock
  readonly timers: Timers
  readonly flashBudget: () => number
}

export type LiveGridHandle<K extends ViewKind> = {
  readonly paint: (slab: Slab<K>) => void
  readonly setSort: (sort: Sort) => void
  /** Highlights a row wherever it stands; null for none. */
  readonly setSelected: (key: RowKey | null) => void
  /** Moves the selection; starts at the top when nothing is selected. */
  readonly move: (rows: number) => void
  readonly open: () => void
  readonly focus: () => void
  /** Another order or filter: rows are no longer held, and the first of them is shown. */
  readonly restart: () => void
  readonly setColumns: (columns: GridState['columns']) => void
  readonly close: () => void
}
