import { useId, useRef } from 'react'
import type { GridState } from './column-state.ts'

export type MenuColumn = {
  readonly id: string
  readonly header: string
  readonly band?: string
  readonly width: number
  readonly hidden?: boolean
}

export type ColumnMenuProps = {
  readonly columns: readonly MenuColumn[]
  readonly state: GridState['columns']
  readonly onChange: (columns: GridState['columns']) => void
}

/** Which columns show. Their order and width are changed at the headers themselves. */
export const ColumnMenu = ({ columns, state, onChange }: ColumnMenuProps) => {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const headers = new Map(
    columns.map(({ id: column, band, header }) => [column, band ? `${band}: ${header}` : header]),
  )
  const shown = state.filter((column) => !column.hidden).length

  const place = (): void => {
    const from = button.current?.getBoundingClientRect()
    if (!from || !menu.current) return
    menu.current.style.top = `${from.bottom + 2}px`
    menu.current.style.right = `${window.innerWidth - from.right}px`
    menu.current.style.maxHeight = `${window.innerHeight - from.bottom - 12}px`
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className="button button-icon"
        popoverTarget={id}
        aria-label="Columns"
        title="Choose columns"
        onClick={place}
      >
        <svg width="15" height="15" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
          <path d="M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10" strokeWidth="1.3" />
        </svg>
      </button>
      <div ref={menu} id={id} popover="auto" className="column-menu">
        {state.map((column) => (
          <label key={column.id}>
            <input
              type="checkbox"
              checked={!column.hidden}
              disabled={!column.hidden && shown === 1}
              onChange={() =>
                onChange(state.map((c) => (c.id === column.id ? { ...c, hidden: !column.hidden } : c)))
              }
            />
            {headers.get(column.id)}
          </label>
        ))}
        <button
          type="button"
          className="button"
          onClick={() =>
            onChange(columns.map(({ id, width, hidden }) => ({ id, width, hidden: hidden ?? false })))
          }
        >
          Standard columns
        </button>
      </div>
    </>
  )
}
