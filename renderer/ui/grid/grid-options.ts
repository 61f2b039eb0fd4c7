import type { ColDef, ColGroupDef, GridOptions } from 'ag-grid-community'
import type { ViewKind } from '../../../shared/api/views.ts'
import { bodyCellClass, type CellHooks } from './body-cell.ts'
import { BAND_HEIGHT, gridTheme, HEADER_HEIGHT, ROW_HEIGHT } from './grid-theme.ts'
import { type HeaderHooks, headerClass } from './header-cell.ts'
import type { LiveColumn } from './live-column.ts'

const columnDef = <K extends ViewKind>(column: LiveColumn<K>, startsBand: boolean): ColDef => {
  const classes = [...(column.numeric ? ['lg-right'] : []), ...(startsBand ? ['lg-band-start'] : [])]
  return {
    colId: column.id,
    headerName: column.header,
    ...(column.hint ? { headerTooltip: column.hint } : {}),
    headerClass: classes,
    cellClass: classes,
    width: column.width,
    minWidth: 36,
  }
}

/** The columns, neighbours of one band under a header of their own. */
export const columnDefs = <K extends ViewKind>(
  columns: readonly LiveColumn<K>[],
): (ColDef | ColGroupDef)[] => {
  const defs: (ColDef | ColGroupDef)[] = []
  for (const column of columns) {
    const { band } = column
    const before = defs.at(-1)
    if (band === undefined) defs.push(columnDef(column, false))
    else if (before && 'children' in before && before.headerName === band)
      before.children.push(columnDef(column, false))
    else defs.push({ headerName: band, headerClass: 'lg-band-start', children: [columnDef(column, true)] })
  }
  return defs
}

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
  groupHeaderHeight: BAND_HEIGHT,
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
  columnDefs: columnDefs(columns),
  defaultColDef: {
    sortable: false,
    resizable: true,
    suppressHeaderMenuButton: true,
    headerComponent: headerClass(headers),
    cellRenderer: bodyCellClass(cells),
  },
  ...(columns.some((column) => column.total) ? { pinnedBottomRowData: [{}] } : {}),
})
