import { ClientSideRowModelModule, type ColDef, type GridApi } from 'ag-grid-community'
import { AgGridReact } from 'ag-grid-react'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { gridTheme, HEADER_HEIGHT, ROW_HEIGHT } from './grid-theme.ts'
import { gridModules } from './modules.ts'
import './grid.css'

/** A column of a list that does not move. `text` is what is read; `sortBy` what it is ordered by, the text if missing. */
export type ListColumn<T> = {
  readonly id: string
  readonly header: string
  readonly hint?: string
  readonly width: number
  readonly numeric?: boolean
  /** Takes what width is left. */
  readonly grows?: boolean
  readonly text: (row: T) => string
  readonly sortBy?: (row: T) => number | string
  readonly draw?: (row: T) => ReactNode
  readonly tone?: (row: T) => string | null
}

type ListGridProps<T> = {
  readonly label: string
  readonly rows: readonly T[]
  readonly columns: readonly ListColumn<T>[]
  readonly keyOf: (row: T) => string
  /** Enter or double click on a row. */
  readonly onOpen?: (row: T) => void
}

const modules = [...gridModules, ClientSideRowModelModule]

/** Widest digit or sign of the grid's font, and what a cell has besides its text. */
const CHARACTER = 7.8
const PADDING = 18

/** Width at which no figure of a column is cut. */
export const widthFor = <T,>(column: ListColumn<T>, rows: readonly T[]): number => {
  let longest = 0
  for (const row of rows) longest = Math.max(longest, column.text(row).length)
  return Math.max(column.width, Math.ceil(longest * CHARACTER + PADDING))
}

const columnDef = <T,>(column: ListColumn<T>): ColDef<T> => ({
  colId: column.id,
  headerName: column.header,
  ...(column.hint === undefined ? {} : { headerTooltip: column.hint }),
  headerClass: column.numeric === true ? 'lg-right' : '',
  cellClass: column.numeric === true ? 'lg-right' : '',
  width: column.width,
  minWidth: column.width,
  ...(column.grows === true ? { flex: 1 } : {}),
  valueGetter: ({ data }) => (data === undefined ? '' : (column.sortBy ?? column.text)(data)),
  cellRenderer: ({ data }: { data: T | undefined }) => {
    if (data === undefined) return null
    const text = column.text(data)
    return (
      <span className="lg-cell" data-tone={column.tone?.(data) ?? undefined} title={text}>
        {column.draw?.(data) ?? text}
      </span>
    )
  },
})

/** A grid of rows that are all there and do not move, in the dress of the live grids. */
export const ListGrid = <T,>({ label, rows, columns, keyOf, onOpen }: ListGridProps<T>) => {
  const host = useRef<HTMLDivElement>(null)
  const api = useRef<GridApi<T>>(null)
  /** A figure is never cut: columns of figures grow to the longest they have. */
  const makeRoom = (): void => {
    const widths = columns
      .filter(({ numeric, grows }) => numeric === true && grows !== true)
      .map((column) => ({ key: column.id, newWidth: widthFor(column, rows) }))
      .filter(({ key, newWidth }) => newWidth > (api.current?.getColumn(key)?.getActualWidth() ?? newWidth))
    if (widths.length > 0) api.current?.setColumnWidths(widths)
  }
  // Other definitions make the grid build its columns anew.
  const defs = useMemo(() => columns.map(columnDef), [columns])
  useEffect(() => {
    // What follows of it is the grid's own markup: it is named for those who hear it.
    host.current?.querySelector('[role="treegrid"], [role="grid"]')?.setAttribute('aria-label', label)
  })
  return (
    <div className="list-grid live-grid" ref={host}>
      <AgGridReact<T>
        modules={modules}
        theme={gridTheme}
        rowData={rows as T[]}
        columnDefs={defs}
        defaultColDef={{ sortable: true, resizable: true, suppressHeaderMenuButton: true }}
        rowHeight={ROW_HEIGHT}
        headerHeight={HEADER_HEIGHT}
        getRowId={({ data }) => keyOf(data)}
        animateRows={false}
        suppressNoRowsOverlay
        suppressDragLeaveHidesColumns
        tooltipShowDelay={600}
        onRowDoubleClicked={({ data }) => {
          if (data !== undefined) onOpen?.(data)
        }}
        onCellKeyDown={({ data, event }) => {
          if (data !== undefined && event instanceof KeyboardEvent && event.key === 'Enter') onOpen?.(data)
        }}
        onFirstDataRendered={makeRoom}
        onRowDataUpdated={makeRoom}
        onGridReady={(event) => {
          api.current = event.api
        }}
      />
    </div>
  )
}
