import type { CellDraw } from '../../ui/grid/live-column.ts'
import { levelWords, marginLevelText } from './margin-level.ts'

/** Margin level with a chip that says "margin call" or "stop out" in words. */
export const levelCell: CellDraw<'accounts'> = {
  create: () => {
    const element = document.createElement('span')
    const chip = document.createElement('span')
    chip.className = 'level-chip'
    element.className = 'level-cell'
    element.append(chip, document.createElement('span'))
    return element
  },
  update: (element, row) => {
    const [chip, figure] = element.children as unknown as [HTMLElement, HTMLElement]
    const level = levelWords(row.levelType)
    chip.hidden = level === null
    if (level) {
      chip.textContent = `${level.mark} ${level.words}`
      chip.dataset['level'] = String(row.levelType)
    }
    figure.textContent = marginLevelText(row)
  },
}
