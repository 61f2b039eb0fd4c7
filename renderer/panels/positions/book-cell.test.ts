import { describe, expect, it } from 'vitest'
import { books } from '../../../shared/api/views.ts'
import { bookText } from './book-cell.ts'

describe('bookText', () => {
  it('has a word of its own for every book', () => {
    expect(books.map(bookText)).toEqual(['B', 'A', 'Cov'])
  })

  it('leaves a book it does not know as it came', () => {
    expect(bookText('C')).toBe('C')
  })
})
