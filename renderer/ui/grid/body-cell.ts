import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community'
import type { ViewKind } from '../../../shared/api/views.ts'
import type { LiveColumn } from './live-column.ts'
import type { LiveCell, Painter } from './painter.ts'

/** Cells of a live grid: the grid library places them, the painter fills them. */
export const bodyCellClass = <K extends ViewKind>(
  painter: Painter<K>,
  columnOf: (id: string) => LiveColumn<K> | undefined,
): (new () => ICellRendererComp) =>
  class implements ICellRendererComp {
    private cell: LiveCell<K> | null = null
    private readonly fallback = document.createElement('span')

    init({ column, node }: ICellRendererParams): void {
      const live = columnOf(column?.getColId() ?? '')
      if (live) this.cell = painter.add(live, node.rowPinned ? null : (node.rowIndex ?? -1))
    }

    getGui(): HTMLElement {
      return this.cell?.element ?? this.fallback
    }

    refresh(): boolean {
      return true
    }

    destroy(): void {
      if (this.cell) painter.remove(this.cell)
    }
  }
