import { expect, it } from 'vitest'
import { widthFor } from './list-grid.tsx'

it('a column of figures is as wide as its longest figure, and not narrower than it was drawn', () => {
  const column = { id: 'a', header: 'A', width: 94, numeric: true, text: (row: string) => row }
  expect(widthFor(column, [])).toBe(94)
  expect(widthFor(column, ['1.00'])).toBe(94)
  expect(widthFor(column, ['1.00', '−1,234,567.89'])).toBeGreaterThanOrEqual(13 * 7.7 + 16)
})
