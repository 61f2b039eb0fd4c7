import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsFromRows, layoutColumns, readColumns } from '../wire/columns.ts'
import { readPackedTable, tableFrame } from '../wire/frames.ts'
import { type RowOf, rowAt, table } from '../wire/schema.ts'
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

const rows: Row[] = Array.from({ length: 12 }, (_, i) => ({
  id: i + 1,
  kind: i * 20,
  place: i * 5000,
  price: i / 8,
  name: `thing ${i}`,
  tag: `tag ${i % 3}`,
}))

const pool = createTextPool()
const store = createTableStore(schema, 'id', createNumberKeys(), pool, {}, createTextCells)
store.putAll(
  readPackedTable(
    schema,
    tableFrame(
      { type: 2, stream: 1, n: 1, scope: 1, first: 0, flags: 0 },
      schema,
      columnsFromRows(schema, rows),
    ),
    rows.length,
  ),
)

const packed = (slots: readonly number[]): Row[] => {
  const input = store.pack(Int32Array.from(slots))
  const layout = layoutColumns(schema, input)
  const bytes = new Uint8Array(layout.bytes)
  layout.put(bytes, 0)
  const data = readColumns(schema, bytes, 0, input.rows, true)
  return slots.map((_, i) => rowAt(schema, data, i))
}

describe('a packer', () => {
  it('gives the rows in the order of the slots, also where their ends are those of a run', () => {
    for (const slots of [[0, 2, 1, 3], [3, 2, 1, 0], [4, 4, 6], [5], []])
      expect(packed(slots)).toEqual(slots.map((slot) => rows[slot]))
    fc.assert(
      fc.property(fc.array(fc.nat(rows.length - 1), { maxLength: 12 }), (slots) => {
        expect(packed(slots)).toEqual(slots.map((slot) => rows[slot]))
      }),
    )
  })

  it('copies no numbers of a run', () => {
    const { columns } = store
    const run = store.pack(Int32Array.of(3, 4, 5)).columns
    for (const name of ['id', 'kind', 'place', 'price'] as const)
      expect((run[name] as Int32Array).buffer).toBe(columns[name].buffer)
  })
})
