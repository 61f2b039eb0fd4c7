import type { ViewKind, ViewMeta, viewTables } from '../../../shared/api/views.ts'
import type { RowOf } from '../../../shared/wire/schema.ts'

/** One row of a view. It is a cursor: read it at once, do not keep it. */
export type LiveRow<K extends ViewKind> = RowOf<(typeof viewTables)[K]>

/** Column of a view's table. */
export type LiveField<K extends ViewKind> = Extract<keyof LiveRow<K>, string>

/** What the colour of a cell says; never the only thing that says it. */
export type Tone = '' | 'gain' | 'loss' | 'warning' | 'critical' | 'dim'

/** A cell drawn by hand where one line of text does not do. `text` is still what a screen reader and a test read. */
export type CellDraw<K extends ViewKind> = {
  /** Builds the cell's inside once. */
  readonly create: () => HTMLElement
  /**
   * Brings it up to date; called only when `text` or `tone` changed. A column with `peak` is always called and gets
   * the largest magnitude of its figures in the slice, for bars.
   */
  readonly update: (element: HTMLElement, row: LiveRow<K>, peak: number) => void
  readonly peak?: boolean
}

export type LiveColumn<K extends ViewKind> = {
  /** Field of the view; also what `spec.sort` names. */
  readonly id: LiveField<K>
  readonly header: string
  /** Stands once above neighbouring columns that share it; the header need not repeat it. */
  readonly band?: string
  /** Tooltip of the header: what the figure is, in which currency or unit. */
  readonly hint?: string
  readonly width: number
  readonly numeric?: boolean
  readonly hidden?: boolean
  /** Stays in sight at the left while the grid is scrolled sideways: what tells one row from another. */
  readonly frozen?: boolean
  /** Not sortable where the desk has no order for it or the order would say nothing. */
  readonly unsortable?: boolean
  /** A moved figure flashes; give `figure` where it is not the field itself. */
  readonly flash?: boolean
  readonly figure?: (row: LiveRow<K>) => number
  readonly text: (row: LiveRow<K>) => string
  readonly tone?: (row: LiveRow<K>) => Tone
  readonly draw?: CellDraw<K>
  /** Enter on this cell (and its click, where given) opens an explanation rather than the card. */
  readonly explains?: boolean
  /** Text in the pinned totals row. */
  readonly total?: (meta: ViewMeta) => string
  readonly totalTone?: (meta: ViewMeta) => Tone
}

/** Order of a view. */
export type Sort = { readonly column: string; readonly descending: boolean }
