/** How wide a text is, in half digits: figures are tabular, and everything but digits, letters and minus is narrow. */
export const extentOf = (text: string): number => {
  let extent = text.length
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x30 || text[i] === '+') extent++
  return extent
}

/** As much of a cell as its room depends on. */
export type Roomy = {
  readonly column: { readonly id: string; readonly numeric?: boolean }
  readonly element: { readonly scrollWidth: number; readonly clientWidth: number }
}

export type Room = {
  /** A cell got this text. */
  readonly note: (cell: Roomy, text: string) => void
  /** A cell went away. True where it was still to be measured: what it would have told must come from the others. */
  readonly forget: (cell: Roomy) => boolean
  /**
   * By how many px columns are too narrow for a figure written since the last call. Cells that are not laid out yet (just
   * made, or in a panel that is not shown) are measured at a later call.
   */
  readonly lacking: () => ReadonlyMap<string, number>
  /** Columns have other widths: everything is to be looked at again. */
  readonly restart: (cells: Iterable<Roomy & { readonly text: string }>) => void
}

/**
 * Finds figures that do not fit, so that none is ever cut off. Only a text wider than any before it in its column is
 * measured: measuring makes the browser lay out the page.
 */
export const createRoom = (): Room => {
  const widest = new Map<string, number>()
  const suspects = new Set<Roomy>()
  const note = (cell: Roomy, text: string): void => {
    const { id, numeric } = cell.column
    if (!numeric) return
    const extent = extentOf(text)
    if (extent <= (widest.get(id) ?? 0)) return
    widest.set(id, extent)
    suspects.add(cell)
  }
  return {
    note,
    forget: (cell) => suspects.delete(cell),
    lacking: () => {
      const lacks = new Map<string, number>()
      for (const cell of suspects) {
        const { column, element } = cell
        if (element.clientWidth === 0) continue
        suspects.delete(cell)
        const by = element.scrollWidth - element.clientWidth
        if (by > (lacks.get(column.id) ?? 0)) lacks.set(column.id, by)
      }
      return lacks
    },
    restart: (cells) => {
      widest.clear()
      suspects.clear()
      for (const cell of cells) note(cell, cell.text)
    },
  }
}
