import type { IHeaderComp, IHeaderParams } from 'ag-grid-community'
import type { Sort } from './live-column.ts'
import { ariaSort } from './sort.ts'

export type HeaderHooks = {
  readonly sort: () => Sort
  /** Headers tell themselves here, so that they can be redrawn when the order changes from outside. */
  readonly headers: Set<() => void>
  readonly onSort: (column: string) => void
  readonly sortable: (column: string) => boolean
}

/**
 * Header of a column. The order is the desk's, so the click goes to the view's spec and not to the grid, which would
 * throw its rows away.
 */
export const headerClass = (hooks: HeaderHooks): (new () => IHeaderComp) =>
  class implements IHeaderComp {
    private readonly gui = document.createElement('div')
    private stop = (): void => {}

    init({ column, displayName, eGridHeader }: IHeaderParams): void {
      const id = column.getColId()
      const label = document.createElement('span')
      label.className = 'lg-head-label'
      label.textContent = displayName
      const arrow = document.createElement('span')
      arrow.className = 'lg-head-arrow'
      arrow.ariaHidden = 'true'
      this.gui.className = 'lg-head'
      this.gui.append(label, arrow)
      if (!hooks.sortable(id)) return

      const draw = (): void => {
        const sort = ariaSort(hooks.sort(), id)
        eGridHeader.ariaSort = sort
        arrow.textContent = sort === 'none' ? '' : sort === 'ascending' ? '▲' : '▼'
        this.gui.classList.toggle('lg-head-sorted', sort !== 'none')
      }
      const click = (): void => hooks.onSort(id)
      const key = (event: KeyboardEvent): void => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        hooks.onSort(id)
      }
      this.gui.addEventListener('click', click)
      eGridHeader.addEventListener('keydown', key)
      hooks.headers.add(draw)
      this.stop = () => {
        hooks.headers.delete(draw)
        eGridHeader.removeEventListener('keydown', key)
      }
      draw()
    }

    getGui(): HTMLElement {
      return this.gui
    }

    refresh(): boolean {
      return true
    }

    destroy(): void {
      this.stop()
    }
  }
