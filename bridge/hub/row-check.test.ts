import { describe, expect, it } from 'vitest'
import { usersTable } from '../../shared/bridge/tables.ts'
import { blankRow, createRowCheck, createRowSize } from './row-check.ts'
import { userRow } from './test-rows.ts'

const row = userRow(1, 'group')
const check = createRowCheck(usersTable)

describe('rows of a source', () => {
  it('are let through when the wire can carry them', () => {
    expect(() => check(row)).not.toThrow()
    expect(() => check({ ...row, login: 2_147_483_647, balance: -1e300, name: 'Zoë 🦊' })).not.toThrow()
  })

  it.each([
    ['login', 2_147_483_648],
    ['login', 1.5],
    ['login', '1'],
    ['enable', 256],
    ['enable', -1],
    ['balance', Number.NaN],
    ['balance', Number.POSITIVE_INFINITY],
    ['name', 5],
    ['name', '\ud800'],
    ['name', 'x'.repeat(65_537)],
    ['group', undefined],
  ])('are refused with %s = %o', (column, value) => {
    expect(() => check({ ...row, [column]: value })).toThrow(`users.${column}`)
  })

  it('blank rows fit and keep their key', () => {
    const blank = blankRow(usersTable, 'login', 42)
    expect(() => check(blank)).not.toThrow()
    expect(blank.login).toBe(42)
    expect(blank.name).toBe('')
  })

  it('count their texts', () => {
    const size = createRowSize(usersTable)
    expect(size({ ...row, name: `${row.name}12345` }) - size(row)).toBe(5)
    expect(size({ ...row, group: 'other' })).toBe(size(row))
  })
})
