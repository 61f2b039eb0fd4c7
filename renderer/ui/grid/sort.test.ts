import { describe, expect, it } from 'vitest'
import { ariaSort, nextSort } from './sort.ts'

describe('nextSort', () => {
  it('starts with the largest figures and with the first names', () => {
    const now = { column: 'login', descending: false }
    expect(nextSort(now, 'equity', true)).toEqual({ column: 'equity', descending: true })
    expect(nextSort(now, 'name', false)).toEqual({ column: 'name', descending: false })
  })

  it('turns the same column round', () => {
    expect(nextSort({ column: 'name', descending: false }, 'name', false).descending).toBe(true)
    expect(nextSort({ column: 'equity', descending: true }, 'equity', true).descending).toBe(false)
  })
})

describe('ariaSort', () => {
  it('names the direction on the sorted column only', () => {
    expect(ariaSort({ column: 'name', descending: true }, 'name')).toBe('descending')
    expect(ariaSort({ column: 'name', descending: false }, 'name')).toBe('ascending')
    expect(ariaSort({ column: 'name', descending: false }, 'login')).toBe('none')
  })
})
