import type { GridOptions } from 'ag-grid-community'
import type { ViewKind } from '../../../shared/api/views.ts'
import { gridOptionsOf } from './grid-options.ts'
import type { LiveGridOptions } from './grid-types.ts'
import type { LiveColumn, Sort } from './live-column.ts'
import { createPainter, type Painter } from './painter.ts'
import { createRowBook, type RowBook } from './row-book.ts'
import { nextSort } from './sort.ts'

/** What a live grid is before the grid library has mounted it: its rows, its cells and how the library is set up. */
export type GridCore<K extends ViewKind> = {
  /** Another grid has another id; tells React when to mount anew. */
  readonly id: number
  readonly options: LiveGridOptions<K>
  readonly byId: ReadonlyMap<string, LiveColumn<K>>
  readonly rows: RowBook<K>
  readonly painter: Painter<K>
  readonly gridOptions: GridOptions
  /** Whoever wants to know that cells came on screen. */
  readonly onCells: Set<() => void>
  /** Whoever wants to know that a header asked for another order. */
  readonly onSort: Set<(sort: Sort) => void>
  readonly setSort: (sort: Sort) => void
  readonly rowCount: () => number
  readonly setRowCount: (count: number) => void
}

let made = 0

/** Prepares a grid of one view of the book. Knows nothing of React or of the desk. */
export const createGridCore = <K extends ViewKind>(options: LiveGridOptions<K>): GridCore<K> => {
  const { kind, keyField, columns, timers } = options
  const byId = new Map<string, LiveColumn<K>>(columns.map((column) => [column.id, column]))
  const rows = createRowBook(kind, keyField)
  const painter = createPainter({ rows, timers, flashBudget: options.flashBudget })
  const headers = new Set<() => void>()
  const onCells = new Set<() => void>()
  const onSort = new Set<(sort: Sort) => void>()
  let sort: Sort = { column: keyField, descending: false }
  let rowCount = 0

  const setSort = (next: Sort): void => {
    sort = next
    for (const draw of headers) draw()
  }

  const gridOptions = gridOptionsOf({
    columns,
    rowCount: () => rowCount,
    headers: {
      sort: () => sort,
      headers,
      sortable: (id) => byId.get(id)?.unsortable !== true,
      onSort: (id) => {
        setSort(nextSort(sort, id, byId.get(id)?.numeric ?? false))
        for (const tell of onSort) tell(sort)
      },
    },
    cells: {
      add: (id, place) => {
        const column = byId.get(id)
        if (!column) return null
        for (const tell of onCells) tell()
        return painter.add(column, place)
      },
      remove: painter.remove,
    },
  })

  return {
    id: ++made,
    options,
    byId,
    rows,
    painter,
    gridOptions,
    onCells,
    onSort,
    setSort,
    rowCount: () => rowCount,
    setRowCount: (count) => {
      rowCount = count
    },
  }
}
