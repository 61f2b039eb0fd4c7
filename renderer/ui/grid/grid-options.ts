import type { ColDef, GridOptions } from 'ag-grid-community'
import type { ViewKind } from '../../../shared/api/views.ts'
import { bodyCellClass, type CellHooks } from './body-cell.ts'
import { gridTheme, HEADER_HEIGHT, ROW_HEIGHT } from './grid-theme.ts'
import { type HeaderHooks, headerClass } from './header-cell.ts'
import type { LiveColumn } from './live-column.ts'

const columnDef = <K extends ViewKind>(column: LiveColumn<K>): ColDef => ({
  colId: column.id,
  headerName: column.header,
  ...(column.hint ? { headerTooltip: column.hint } : {}),
  headerClass: column.numeric ? 'lg-right' : '',
  cellClass: column.numeric ? 'lg-right' : '',
  width: column.width,
  minWidth: 36,
})

export type GridOptionsInput<K extends ViewKind> = {
  readonly columns: readonly LiveColumn<K>[]
  readonly rowCount: () => number
  readonly headers: HeaderHooks
  readonly cells: CellHooks<K>
}

/** How the grid library is set up: it lays out rows, cells and headers, and knows nothing of what they say. */
export const gridOptionsOf = <K extends ViewKind>({
  columns,
  rowCount,
  headers,
  cells,
}: GridOptionsInput<K>): GridOptions => ({
  theme: gridTheme,
  rowModelType: 'infinite',
  rowHeight: ROW_HEIGHT,
  headerHeight: HEADER_HEIGHT,
  cacheBlockSize: 200,
  maxBlocksInCache: 4,
  infiniteInitialRowCount: 0,
  rowBuffer: 6,
  suppressNoRowsOverlay: true,
  animateRows: false,
  suppressDragLeaveHidesColumns: true,
  tooltipShowDelay: 600,
  datasource: {
    // The rows themselves come by frames; the grid only has to know that there is a row at each place.
    getRows: (asked) => {
      const rows = Math.max(0, Math.min(asked.endRow, rowCount()) - asked.startRow)
      asked.successCallback(Array.from({ length: rows }, () => ({})))
    },
  },
  columnDefs: columns.map(columnDef),
  defaultColDef: {
    sortable: false,
    resizable: true,
    suppressHeaderMenuButton: true,
    headerComponent: headerClass(headers),
    cellRenderer: bodyCellClass(cells),
  },
  ...(columns.some((column) => column.total) ? { pinnedBottomRowData: [{}] } : {}),
})
