import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community'
import type { ViewKind } from '../../../shared/api/views.ts'
import type { LiveCell } from './painter.ts'

export type CellHooks<K extends ViewKind> = {
  /** A cell came on screen; `place` is null in the totals row. Answers null for a column nobody knows. */
  readonly add: (column: string, place: number | null) => LiveCell<K> | null
  readonly remove: (cell: LiveCell<K>) => void
}

/** Cells of a live grid: the grid library places them, the painter fills them. */
export const bodyCellClass = <K extends ViewKind>(hooks: CellHooks<K>): (new () => ICellRendererComp) =>
  class implements ICellRendererComp {
    private cell: LiveCell<K> | null = null
    private readonly fallback = document.createElement('span')

    init({ column, node }: ICellRendererParams): void {
      this.cell = hooks.add(column?.getColId() ?? '', node.rowPinned ? null : (node.rowIndex ?? -1))
    }

    getGui(): HTMLElement {
      return this.cell?.element ?? this.fallback
    }

    refresh(): boolean {
      return true
    }

    destroy(): void {
      if (this.cell) hooks.remove(this.cell)
    }
  }
