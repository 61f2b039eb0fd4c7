import type { Book } from '../../../shared/api/views.ts'
import type { CellDraw } from '../../ui/grid/live-column.ts'
import './book-cell.css'

const words: Readonly<Record<Book, string>> = { B: 'B', A: 'A', coverage: 'Cov' }

/** A book as its badge says it; one this version does not know stays as it came. */
export const bookText = (book: string): string => words[book as Book] ?? book

/** A badge with the book's word. */
export const bookCell: CellDraw<'positions'> = {
  create: () => {
    const element = document.createElement('span')
    const badge = document.createElement('span')
    badge.className = 'book-badge'
    element.append(badge)
    return element
  },
  update: (element, { book }) => {
    const badge = element.firstElementChild as HTMLElement
    badge.textContent = bookText(book)
    badge.dataset['book'] = book
  },
}
