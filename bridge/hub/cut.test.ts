import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import type { UserRecord } from '../../shared/bridge/tables.ts'
import { usersTable } from '../../shared/bridge/tables.ts'
import { layoutColumns, readColumns } from '../../shared/wire/columns.ts'
import { rowAt } from '../../shared/wire/schema.ts'
import type { Cut } from './cut.ts'
import { userRow } from './test-rows.ts'
import { createWorld } from './world.ts'

const rowsOf = (cut: Cut, most: number): UserRecord[] => {
  const data = cut.next(most, 1e6)
  const layout = layoutColumns(usersTable, data as never)
  const bytes = new Uint8Array(layout.bytes)
  layout.put(bytes, 0)
  const columns = readColumns(usersTable, bytes, 0, data.rows, true)
  return Array.from({ length: data.rows }, (_, i) => rowAt(usersTable, columns, i))
}

describe('a cut', () => {
  const login = fc.integer({ min: 1, max: 25 })
  const change = fc.record({ login, gone: fc.boolean(), balance: fc.nat(1000) })

  it('brings every row of its moment that still stands once, as it is when it is read, and no other', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 40 }),
        fc.array(
          fc.record({ changes: fc.array(change, { maxLength: 6 }), read: fc.integer({ min: 1, max: 5 }) }),
          {
            minLength: 30,
            maxLength: 40,
          },
        ),
        (before, steps) => {
          const { users } = createWorld()
          const model = new Map<number, UserRecord>()
          const apply = ({
            login,
            gone,
            balance,
          }: {
            login: number
            gone: boolean
            balance: number
          }): void => {
            const row = {
              ...userRow(login, `group ${login % 3}`),
              balance,
              comment: gone ? '' : `${balance}`,
            }
            users.apply(gone ? ChangeKind.DELETED : ChangeKind.UPDATED, row)
            if (gone) model.delete(login)
            else model.set(login, row)
          }
          before.forEach(apply)
          const cut = users.cut()
          const stood = new Set(model.keys())
          expect(cut.rows).toBe(stood.size)
          const seen: number[] = []
          for (const { changes, read } of steps) {
            for (const c of changes) {
              apply(c)
              // A row that was deleted and came again came behind the cut.
              if (c.gone) stood.delete(c.login)
            }
            for (const row of rowsOf(cut, read)) {
              expect(row).toEqual(model.get(row.login))
              expect(stood.has(row.login)).toBe(true)
              seen.push(row.login)
            }
          }
          expect(rowsOf(cut, 5)).toEqual([])
          expect(new Set(seen).size).toBe(seen.length)
          for (const key of stood) expect(seen).toContain(key)
        },
      ),
    )
  })

  it('closes a part at about so many bytes', () => {
    const { users } = createWorld()
    users.load(Array.from({ length: 10 }, (_, i) => ({ ...userRow(i + 1, 'g'), comment: 'x'.repeat(5000) })))
    const cut = users.cut()
    const parts: number[] = []
    for (let { rows } = cut.next(100, 12_000); rows > 0; rows = cut.next(100, 12_000).rows) parts.push(rows)
    expect(parts).toEqual([2, 2, 2, 2, 2])
    const tight = users.cut()
    expect(tight.next(100, 1).rows).toBe(1)
  })

  it('does not mind that the table is replaced', () => {
    const { users } = createWorld()
    users.load([userRow(1, 'g'), userRow(2, 'g')])
    const cut = users.cut()
    users.reset(0)
    users.load([userRow(9, 'g')])
    expect(rowsOf(cut, 10).map((row) => row.login)).toEqual([1, 2])
    expect(rowsOf(users.cut(), 10).map((row) => row.login)).toEqual([9])
  })
})
