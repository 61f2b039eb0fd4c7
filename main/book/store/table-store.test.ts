import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ColumnInput, columnsFromRows } from '../../../shared/wire/columns.ts'
import { readTable, tableFrame } from '../../../shared/wire/frames.ts'
import { type RowOf, table } from '../../../shared/wire/schema.ts'
import { addRow, columnsHash, emptyHash, rowObjectHash } from '../../../shared/wire/state-hash.ts'
import { createNumberKeys, createTableStore } from './table-store.ts'
import { createTextPool } from './text-pool.ts'

const schema = table('things', {
  id: 'i32',
  kind: 'u8',
  place: 'u16',
  price: 'f64',
  name: 'str',
  tag: 'dict',
})
type Row = RowOf<typeof schema>
const row: fc.Arbitrary<Row> = fc.record({
  id: fc.integer({ min: 1, max: 30 }),
  kind: fc.nat(255),
  place: fc.nat(65_535),
  price: fc.double({ noNaN: true, noDefaultInfinity: true }),
  name: fc.string(),
  tag: fc.constantFrom('', 'a', 'b', 'c'),
})
const wire = (rows: readonly Row[]) => {
  const input: ColumnInput<typeof schema> = columnsFromRows(schema, rows)
  const frame = tableFrame({ type: 4, stream: 1, n: 1, scope: 1, first: 1, flags: 0 }, schema, input)
  return readTable(schema, frame, rows.length)
}
const create = () => {
  const pool = createTextPool()
  return { pool, store: createTableStore(schema, 'id', createNumberKeys(), pool, { mine: 'f64' }) }
}

describe('createTableStore', () => {
  it('holds the rows and the hash of a Map fed alike', () => {
    const step = fc.record({
      rows: fc.array(row, { maxLength: 8 }),
      remove: fc.array(fc.integer({ min: 1, max: 30 })),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const { store, pool } = create()
        const model = new Map<number, Row>()
        for (const { rows, remove } of steps) {
          store.putAll(wire(rows))
          for (const r of rows) model.set(r.id, { ...r, price: r.price + 0 })
          for (const id of remove) {
            const slot = store.slotOf(id)
            expect(slot >= 0).toBe(model.delete(id))
            if (slot >= 0) store.remove(slot)
          }
        }
        const all = [...model.values()]
        expect(store.size()).toBe(all.length)
        for (const r of all) {
          const got = store.row(store.slotOf(r.id))
          expect({ ...got, price: got.price + 0 }).toEqual(r)
        }
        expect(store.hash()).toEqual(all.reduce((h, r) => addRow(h, rowObjectHash(schema, r)), emptyHash))
        expect(pool.size()).toBe(new Set(['', ...all.map((r) => r.tag)]).size)
      }),
    )
  })

  it('starts own columns at zero, also in a slot used again', () => {
    const { store } = create()
    const one = wire([{ id: 7, kind: 1, place: 2, price: 3, name: 'n', tag: 'a' }])
    store.putAll(one)
    store.columns.mine[store.slotOf(7)] = 5
    store.remove(store.slotOf(7))
    const { a, b } = columnsHash(schema, one)
    const slot = store.put(one, 0, a[0] as number, b[0] as number)
    expect(store.columns.mine[slot]).toBe(0)
    expect(store.same(slot, a[0] as number, b[0] as number)).toBe(true)
  })
})
