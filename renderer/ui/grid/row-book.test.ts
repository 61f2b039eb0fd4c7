import { describe, expect, it } from 'vitest'
import type { ViewMeta } from '../../../shared/api/views.ts'
import { createRowBook } from './row-book.ts'

const slab = (from: number, logins: readonly number[]) => ({
  meta: { kind: 'currencies', matched: 100, all: 100, from } as unknown as ViewMeta,
  data: {
    rows: logins.length,
    columns: {
      currency: logins.map((n) => `C${n}`),
      clients: Float64Array.from(logins),
      coverage: new Float64Array(logins.length),
      net: new Float64Array(logins.length),
      netBase: new Float64Array(logins.length),
    },
  },
})

describe('createRowBook', () => {
  it('has nothing before the first frame', () => {
    const book = createRowBook('currencies', 'currency')
    expect(book.at(0)).toBeNull()
    expect(book.keyAt(0)).toBeNull()
    expect(book.placeOf('C1')).toBe(-1)
    expect(book.meta()).toBeNull()
  })

  it('reads rows by their place among all rows', () => {
    const book = createRowBook('currencies', 'currency')
    book.put(slab(10, [1, 2, 3]))
    expect(book.at(9)).toBeNull()
    expect(book.at(10)?.clients).toBe(1)
    expect(book.at(12)?.currency).toBe('C3')
    expect(book.at(13)).toBeNull()
    expect(book.placeOf('C2')).toBe(11)
    expect(book.keyAt(12)).toBe('C3')
  })

  it('forgets the slice before', () => {
    const book = createRowBook('currencies', 'currency')
    book.put(slab(0, [1, 2, 3]))
    book.put(slab(50, [2]))
    expect(book.at(0)).toBeNull()
    expect(book.placeOf('C2')).toBe(50)
    expect(book.placeOf('C1')).toBe(-1)
  })

  it('tells which columns have come', () => {
    const book = createRowBook('currencies', 'currency')
    expect(book.has('net')).toBe(false)
    const { meta, data } = slab(0, [1])
    const { clients, currency } = data.columns
    book.put({ meta, data: { rows: 1, columns: { clients, currency } as typeof data.columns } })
    expect([book.has('net'), book.has('clients')]).toEqual([false, true])
  })

  it('knows the largest magnitude of a column in the slice, blanks aside', () => {
    const book = createRowBook('currencies', 'currency')
    expect(book.peakOf('clients')).toBe(0)
    book.put(slab(0, [1, -3, Number.NaN, 2]))
    expect(book.peakOf('clients')).toBe(3)
    book.put(slab(0, [1]))
    expect(book.peakOf('clients')).toBe(1)
  })
})
