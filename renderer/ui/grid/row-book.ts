import { type ViewData, type ViewKind, type ViewMeta, viewTables } from '../../../shared/api/views.ts'
import type { TableSchema } from '../../../shared/wire/schema.ts'
import { createCursor } from './cursor.ts'
import type { LiveField, LiveRow } from './live-column.ts'

/** One frame of a view: facts about the slice and its columns. */
export type Slab<K extends ViewKind> = { readonly meta: ViewMeta; readonly data: ViewData<K> }

export type RowKey = number | string

/** What the grid knows of the rows: the newest slice, read by place among all rows. */
export type RowBook<K extends ViewKind> = {
  /** Takes the newest frame in place of the one before. */
  readonly put: (slab: Slab<K>) => void
  readonly meta: () => ViewMeta | null
  /** Row at a place, or null while no frame has brought it. The same object every time. */
  readonly at: (place: number) => LiveRow<K> | null
  /** Whether the newest frame has this column; one that was just shown comes with the next. */
  readonly has: (field: LiveField<K>) => boolean
  readonly keyAt: (place: number) => RowKey | null
  /** Place of a row within the slice; -1 when it is not in it. */
  readonly placeOf: (key: RowKey) => number
  /** Largest magnitude of a numeric column in the slice; 0 when it has none. */
  readonly peakOf: (field: LiveField<K>) => number
}

/** Rows of a view by place; `keyField` names the column that tells one row from another. */
export const createRowBook = <K extends ViewKind>(kind: K, keyField: LiveField<K>): RowBook<K> => {
  const cursor = createCursor(viewTables[kind] as TableSchema)
  let slab: Slab<K> | null = null
  let keys: ArrayLike<RowKey> = []

  const indexOf = (place: number): number => {
    if (!slab) return -1
    const index = place - slab.meta.from
    return index >= 0 && index < slab.data.rows ? index : -1
  }

  const peaks = new Map<string, number>()

  return {
    put: (next) => {
      slab = next
      peaks.clear()
      keys = (next.data.columns as Record<string, ArrayLike<RowKey>>)[keyField] ?? []
    },
    meta: () => slab?.meta ?? null,
    at: (place) => {
      const index = indexOf(place)
      return index < 0 || !slab ? null : (cursor.at(slab.data, index) as LiveRow<K>)
    },
    has: (field) => slab !== null && field in slab.data.columns,
    keyAt: (place) => keys[indexOf(place)] ?? null,
    placeOf: (key) => {
      if (!slab) return -1
      for (let i = 0; i < slab.data.rows; i++) if (keys[i] === key) return slab.meta.from + i
      return -1
    },
    peakOf: (field) => {
      const known = peaks.get(field)
      if (known !== undefined) return known
      const cells = (slab?.data.columns as Record<string, ArrayLike<number>> | undefined)?.[field] ?? []
      let peak = 0
      for (let i = 0; i < cells.length; i++) peak = Math.max(peak, Math.abs(cells[i] ?? 0) || 0)
      peaks.set(field, peak)
      return peak
    },
  }
}
