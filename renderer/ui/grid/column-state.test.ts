import { describe, expect, it } from 'vitest'
import { defaultGridState, fitGridState } from './column-state.ts'

const columns = [
  { id: 'login', width: 70 },
  { id: 'name', width: 140 },
  { id: 'equity', width: 100, hidden: true },
]
const sort = { column: 'equity', descending: true }
const standard = defaultGridState(columns, sort)

describe('fitGridState', () => {
  it('takes what was saved', () => {
    const saved = {
      columns: [
        { id: 'name', width: 200, hidden: false },
        { id: 'login', width: 60, hidden: true },
        { id: 'equity', width: 90, hidden: false },
      ],
      sort: { column: 'login', descending: false },
    }
    expect(fitGridState(saved, columns, sort)).toEqual(saved)
  })

  it('answers the standard for what is not a state', () => {
    for (const saved of [null, undefined, 7, {}, { columns: 'x', sort }, { ...standard, more: 1 }])
      expect(fitGridState(saved, columns, sort)).toEqual(standard)
  })

  it('drops unknown and doubled columns and puts a new one behind its neighbour', () => {
    const saved = {
      columns: [
        { id: 'equity', width: 90, hidden: false },
        { id: 'gone', width: 90, hidden: false },
        { id: 'login', width: 60, hidden: false },
        { id: 'login', width: 61, hidden: false },
      ],
      sort: { column: 'gone', descending: true },
    }
    const fitted = fitGridState(saved, columns, sort)
    expect(fitted.columns.map((c) => c.id)).toEqual(['equity', 'login', 'name'])
    expect(fitted.sort).toEqual(sort)
  })
})
