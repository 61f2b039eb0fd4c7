import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ColumnInput, columnsFromRows, layoutColumns, readColumns } from '../wire/columns.ts'
import { readPackedTable, tableFrame } from '../wire/frames.ts'
import { type RowOf, rowAt, table } from '../wire/schema.ts'
import { addRow, columnsHash, emptyHash, rowObjectHash } from '../wire/state-hash.ts'
import { createNumberKeys } from './keys.ts'
import { createTableStore } from './table-store.ts'
import { createTextCells } from './text-cells.ts'
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
  return readPackedTable(schema, frame, rows.length)
}
const create = () => {
  const pool = createTextPool()
  return { pool, store: createTableStore(schema, 'id', createNumberKeys(), pool, { mine: 'f64' }) }
}
const createWithBlocks = () => {
  const pool = createTextPool()
  const keys = createNumberKeys()
  return { pool, store: createTableStore(schema, 'id', keys, pool, { mine: 'f64' }, createTextCells) }
}

describe('createTableStore', () => {
  it.each([
    ['lists', create],
    ['blocks', createWithBlocks],
  ] as const)('holds the rows and the hash of a Map fed alike, texts in %s', (_, create) => {
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

  it('gives an encoder the rows it is asked for', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { maxLength: 20, selector: (r) => r.id }),
        fc.array(fc.boolean()),
        (rows, picks) => {
          const { store } = create()
          for (const r of rows) store.putRow(r)
          const slots = Int32Array.from(rows.keys()).filter((slot) => picks[slot] ?? false)
          const input = store.pack(slots)
          const layout = layoutColumns(schema, input)
          const bytes = new Uint8Array(layout.bytes)
          layout.put(bytes, 0)
          const data = readColumns(schema, bytes, 0, input.rows, true)
          expect(Array.from(slots, (_, i) => rowAt(schema, data, i))).toEqual(
            Array.from(slots, (slot) => store.row(slot)),
          )
        },
      ),
    )
  })

  it('makes room for what was announced, and for no more than a million rows before they come', () => {
    const { store } = create()
    store.reserve(1000)
    const given = Array.from({ length: 900 }, (_, i) => ({
      id: i + 1,
      kind: 1,
      place: 1,
      price: 1,
      name: '',
      tag: 'a',
    }))
    // Room for the wire's columns is made with the first of them.
    store.putAll(wire(given.slice(0, 1)))
    const before = store.bytes()
    store.putAll(wire(given.slice(1)))
    // The texts are an array of their own.
    expect(store.bytes() - before).toBe(899 * 48)
    const greedy = create().store
    greedy.reserve(2 ** 40)
    expect(greedy.bytes()).toBeLessThan(64 * 2 ** 20)
  })

  it('starts own columns at zero, also in a slot used again', () => {
    const { store } = create()
    const one = wire([{ id: 7, kind: 1, place: 2, price: 3, name: 'n', tag: 'a' }])
    store.putAll(one)
    store.columns.mine[store.slotOf(7)] = 5
    store.remove(store.slotOf(7))
    const [hash] = columnsHash(schema, one) as unknown as [number]
    const slot = store.put(one, 0, hash)
    expect(store.columns.mine[slot]).toBe(0)
    expect(store.same(slot, hash)).toBe(true)
  })
})
