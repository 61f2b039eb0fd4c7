import type { CellDraw, LiveRow } from '../../ui/grid/live-column.ts'

type Kinds = 'exposure' | 'currencies'

/** Share of the half cell a bar fills, 0…1. */
export const barShare = (value: number, peak: number): number =>
  peak > 0 && Number.isFinite(value) ? Math.min(1, Math.abs(value) / peak) : 0

/** A figure with a bar behind it that grows from the middle: right for positive, left for negative. */
export const barCell = <K extends Kinds>(
  value: (row: LiveRow<K>) => number,
  text: (row: LiveRow<K>) => string,
): CellDraw<K> => ({
  peak: true,
  create: () => {
    const element = document.createElement('span')
    element.className = 'bar-cell'
    element.append(document.createElement('i'), document.createElement('span'))
    return element
  },
  update: (element, row, peak) => {
    const [bar, figure] = element.children as unknown as [HTMLElement, HTMLElement]
    const amount = value(row)
    const shown = text(row)
    if (figure.textContent !== shown) figure.textContent = shown
    const half = barShare(amount, peak) * 50
    bar.style.width = `${half.toFixed(1)}%`
    bar.style.left = amount < 0 ? `${(50 - half).toFixed(1)}%` : '50%'
  },
})
