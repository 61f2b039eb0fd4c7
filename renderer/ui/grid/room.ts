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
  readonly forget: (cell: Roomy) => void
  /** By how many px columns are too narrow for a figure written since the last call. */
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
    forget: (cell) => {
      suspects.delete(cell)
    },
    lacking: () => {
      const lacks = new Map<string, number>()
      for (const { column, element } of suspects) {
        const by = element.scrollWidth - element.clientWidth
        if (by > (lacks.get(column.id) ?? 0)) lacks.set(column.id, by)
      }
      suspects.clear()
      return lacks
    },
    restart: (cells) => {
      widest.clear()
      suspects.clear()
      for (const cell of cells) note(cell, cell.text)
    },
  }
}
