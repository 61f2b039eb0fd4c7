/** Place of the row an event happened on; null outside the rows and on pinned rows. */
export const placeOfTarget = (target: EventTarget | null): number | null => {
  if (!(target instanceof Element)) return null
  const index = target.closest('.ag-row')?.getAttribute('row-index') ?? ''
  return /^\d+$/.test(index) ? Number(index) : null
}

/** Marks the row at `place` as the selected one, in every section of the grid, and no other. */
export const markSelected = (host: HTMLElement, place: number): void => {
  const wanted = String(place)
  for (const row of host.querySelectorAll('.ag-row')) {
    const is = row.getAttribute('row-index') === wanted
    if (is === row.classList.contains('lg-selected')) continue
    row.classList.toggle('lg-selected', is)
    row.ariaSelected = is ? 'true' : null
  }
}

/** The cell an event happened on. */
export const cellOfTarget = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('.ag-cell') : null

/** The cell of a column in the row at `place`, while it is on screen. */
export const cellElement = (host: HTMLElement, place: number, column: string): HTMLElement | null =>
  host.querySelector<HTMLElement>(`.ag-row[row-index="${place}"] .ag-cell[col-id="${CSS.escape(column)}"]`)

/** Gives a cell whose text is cut off the whole of it as a tooltip. */
export const showWhole = (cell: HTMLElement): void => {
  const inner = cell.firstElementChild
  cell.title = inner && inner.scrollWidth > inner.clientWidth ? (inner.textContent ?? '') : ''
}
