import type { ViewKind, ViewMeta } from '../../../shared/api/views.ts'
import type { Timers } from '../../../shared/runtime/ports.ts'
import { chooseFlashes, moved } from './flash.ts'
import type { LiveColumn, LiveRow, Tone } from './live-column.ts'
import { createRoom } from './room.ts'
import type { RowBook, RowKey } from './row-book.ts'

/** Text of a cell that was never written; no figure reads like this. */
const UNPAINTED = '\u0000'

/** Length of a flash, ms. */
export const FLASH_MS = 300

/** One cell on screen. `place` is the row's place among all rows; null in the totals row. */
export type LiveCell<K extends ViewKind> = {
  readonly element: HTMLElement
  readonly column: LiveColumn<K>
  readonly place: number | null
  /** The text of a cell that is not drawn by hand; written to rather than replaced, which spares a node a change. */
  readonly node: Text
  text: string
  tone: Tone
  figure: number
  key: RowKey | null
  flash: '' | 'up' | 'down'
}

type Candidate<K extends ViewKind> = {
  readonly cell: LiveCell<K>
  readonly before: number
  readonly after: number
}

export type Painter<K extends ViewKind> = {
  /** A cell that came on screen; it is painted at once, without a flash. */
  readonly add: (column: LiveColumn<K>, place: number | null) => LiveCell<K>
  readonly remove: (cell: LiveCell<K>) => void
  /** Brings every cell on screen up to the newest frame. Touches only what differs. */
  readonly paint: () => void
  /** By how many px columns are too narrow for a figure written since the last call. Measures; call it behind `paint`. */
  readonly lacking: () => ReadonlyMap<string, number>
  /** Columns have other widths, or texts: what is lacking is found anew. */
  readonly resized: () => void
  readonly close: () => void
}

export type PainterOptions<K extends ViewKind> = {
  readonly rows: RowBook<K>
  readonly timers: Timers
  /** Most flashes at once; 0 where the person asked for less motion. */
  readonly flashBudget: () => number
}

const figureOf = <K extends ViewKind>(column: LiveColumn<K>, row: LiveRow<K>): number => {
  if (column.figure) return column.figure(row)
  const value = row[column.id]
  return typeof value === 'number' ? value : Number.NaN
}

/**
 * Keeps the cells on screen equal to the newest frame. The grid library lays out rows and cells; their content is
 * written here, straight into the cells, so that a frame costs one comparison a cell and no layout pass of the grid.
 */
export const createPainter = <K extends ViewKind>({
  rows,
  timers,
  flashBudget,
}: PainterOptions<K>): Painter<K> => {
  const cells = new Set<LiveCell<K>>()
  const room = createRoom()
  /** Widths, or what was to be measured, are others: everything is to be looked at again. */
  let unsure = false
  const fading = new Map<unknown, readonly LiveCell<K>[]>()

  const write = (cell: LiveCell<K>, text: string, tone: Tone, row: LiveRow<K> | null): void => {
    const { element, column } = cell
    const { draw } = column
    if (text === cell.text && tone === cell.tone && !draw?.peak) return
    if (draw && row) draw.update(element, row, draw.peak ? rows.peakOf(column.id) : 0)
    else if (text !== cell.text) cell.node.data = text
    if (tone !== cell.tone) {
      if (tone) element.dataset['tone'] = tone
      else delete element.dataset['tone']
    }
    if (text !== cell.text) room.note(cell, text)
    cell.text = text
    cell.tone = tone
  }

  const endFlash = (cell: LiveCell<K>): void => {
    if (cell.flash) cell.element.classList.remove(cell.flash === 'up' ? 'lg-up' : 'lg-down')
    cell.flash = ''
  }

  const blank = (cell: LiveCell<K>): void => {
    if (cell.key === null) return
    endFlash(cell)
    cell.key = null
    cell.figure = Number.NaN
    cell.text = UNPAINTED
    cell.node.data = ''
    cell.element.classList.add('lg-waiting')
  }

  const paintTotal = (cell: LiveCell<K>, meta: ViewMeta | null): void => {
    const { total, totalTone } = cell.column
    if (meta && total) write(cell, total(meta), totalTone?.(meta) ?? '', null)
  }

  const paintRow = (cell: LiveCell<K>, place: number): Candidate<K> | null => {
    const key = rows.keyAt(place)
    const row = key === null || !rows.has(cell.column.id) ? null : rows.at(place)
    if (!row) {
      blank(cell)
      return null
    }
    if (cell.key === null) cell.element.classList.remove('lg-waiting')
    if (cell.key !== key) endFlash(cell)
    const { column } = cell
    const figure = column.flash ? figureOf(column, row) : Number.NaN
    const before = cell.key === key ? cell.figure : Number.NaN
    const text = column.text(row)
    const differs = text !== cell.text
    write(cell, text, column.tone?.(row) ?? '', row)
    cell.key = key
    cell.figure = figure
    return differs && moved(before, figure) ? { cell, before, after: figure } : null
  }

  const startFlashes = (chosen: readonly Candidate<K>[]): void => {
    if (chosen.length === 0) return
    const lit = chosen.map(({ cell, before, after }) => {
      endFlash(cell)
      cell.flash = after > before ? 'up' : 'down'
      cell.element.classList.add(cell.flash === 'up' ? 'lg-up' : 'lg-down')
      return cell
    })
    const timer = timers.setTimeout(() => {
      fading.delete(timer)
      for (const cell of lit) endFlash(cell)
    }, FLASH_MS)
    fading.set(timer, lit)
  }

  return {
    add: (column, place) => {
      const element = column.draw && place !== null ? column.draw.create() : document.createElement('span')
      element.classList.add('lg-cell')
      const node = document.createTextNode('')
      if (!column.draw || place === null) element.append(node)
      const cell: LiveCell<K> = {
        element,
        column,
        place,
        node,
        text: UNPAINTED,
        tone: '',
        figure: Number.NaN,
        key: null,
        flash: '',
      }
      cells.add(cell)
      if (place === null) paintTotal(cell, rows.meta())
      else {
        element.classList.add('lg-waiting')
        paintRow(cell, place)
      }
      return cell
    },
    remove: (cell) => {
      cells.delete(cell)
      if (room.forget(cell)) unsure = true
    },
    paint: () => {
      const candidates: Candidate<K>[] = []
      const meta = rows.meta()
      for (const cell of cells) {
        if (cell.place === null) paintTotal(cell, meta)
        else {
          const candidate = paintRow(cell, cell.place)
          if (candidate && cell.flash === '') candidates.push(candidate)
        }
      }
      let lit = 0
      for (const flashes of fading.values()) lit += flashes.length
      startFlashes(chooseFlashes(candidates, flashBudget() - lit))
    },
    lacking: () => {
      if (unsure) room.restart(cells)
      unsure = false
      return room.lacking()
    },
    resized: () => {
      unsure = true
    },
    close: () => {
      for (const timer of fading.keys()) timers.clearTimeout(timer)
      fading.clear()
      cells.clear()
    },
  }
}
