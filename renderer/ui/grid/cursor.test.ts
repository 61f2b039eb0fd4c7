import { describe, expect, it } from 'vitest'
import { table } from '../../../shared/wire/schema.ts'
import { createCursor } from './cursor.ts'

describe('createCursor', () => {
  it('reads the row it was pointed at, by column name', () => {
    const schema = table('t', { login: 'i32', name: 'str' })
    const data = { rows: 2, columns: { login: Int32Array.of(7, 8), name: ['Ann', 'Bob'] } }
    const cursor = createCursor(schema)
    expect({ ...cursor.at(data, 1) }).toEqual({ login: 8, name: 'Bob' })
    cursor.at(data, 0)
    expect(cursor.row.name).toBe('Ann')
  })
})
