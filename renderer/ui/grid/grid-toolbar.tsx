import type { ReactNode, Ref } from 'react'
import { ColumnMenu, type MenuColumn } from './column-menu.tsx'
import type { GridState } from './column-state.ts'
import type { Sort } from './live-column.ts'
import './grid-toolbar.css'

export type Toggle = {
  readonly id: string
  readonly label: string
  readonly title: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}

/** An order by name, such as "biggest losers". */
export type QuickSort = { readonly label: string; readonly title: string; readonly sort: Sort }

export type GridToolbarProps = {
  /** The filter box, so that `/` can reach it. */
  readonly boxRef: Ref<HTMLInputElement>
  readonly text: string
  readonly onText: (text: string) => void
  readonly placeholder: string
  readonly lead: ReactNode
  readonly trail: ReactNode
  readonly toggles: readonly Toggle[]
  readonly quickSorts: readonly QuickSort[]
  readonly sort: Sort
  readonly onSort: (sort: Sort) => void
  readonly columns: readonly MenuColumn[]
  readonly columnState: GridState['columns']
  readonly onColumns: (columns: GridState['columns']) => void
}

const sameSort = (a: Sort, b: Sort): boolean => a.column === b.column && a.descending === b.descending

/** The slim line above a grid: filter, toggles, orders by name, columns. */
export const GridToolbar = ({
  boxRef,
  text,
  onText,
  placeholder,
  lead,
  trail,
  toggles,
  quickSorts,
  sort,
  onSort,
  columns,
  columnState,
  onColumns,
}: GridToolbarProps) => (
  <div className="grid-toolbar">
    {lead}
    <label className="grid-filter">
      <span className="visually-hidden">Filter</span>
      <input
        ref={boxRef}
        type="search"
        value={text}
        maxLength={100}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onText(event.target.value)}
      />
      {!text && <kbd aria-hidden="true">/</kbd>}
    </label>
    {toggles.map(({ id, label, title, on, onChange }) => (
      <button
        key={id}
        type="button"
        className="grid-chip"
        title={title}
        aria-pressed={on}
        onClick={() => onChange(!on)}
      >
        {label}
      </button>
    ))}
    {quickSorts.length > 0 && (
      <fieldset className="grid-sorts">
        <legend className="visually-hidden">Order</legend>
        {quickSorts.map(({ label, title, sort: named }) => (
          <button
            key={label}
            type="button"
            title={title}
            aria-pressed={sameSort(named, sort)}
            onClick={() => onSort(named)}
          >
            {label}
          </button>
        ))}
      </fieldset>
    )}
    <span className="grid-toolbar-space" />
    {trail}
    <ColumnMenu columns={columns} state={columnState} onChange={onColumns} />
  </div>
)
