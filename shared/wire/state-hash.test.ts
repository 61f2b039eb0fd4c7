import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { table } from './schema.ts'
import { addRow, columnsHash, emptyHash, removeRow, rowObjectHash, sameHash } from './state-hash.ts'
import { blockOf } from './text-columns.ts'

const sample = table('sample', { id: 'i32', price: 'f64', name: 'str' })
const row = fc.record({ id: fc.integer(), price: fc.double({ noNaN: true }), name: fc.string() })
const hashOf = (rows: { id: number; price: number; name: string }[]) =>
  rows.reduce((h, r) => addRow(h, rowObjectHash(sample, r)), emptyHash)

describe('state hash', () => {
  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        expect(hashOf(rows)).toEqual(hashOf(rows.toReversed()))
      }),
    )
  })

  it('comes back when a row is taken out again', () => {
    fc.assert(
      fc.property(fc.array(row), row, (rows, extra) => {
        const h = rowObjectHash(sample, extra)
        expect(removeRow(addRow(hashOf(rows), h), h)).toEqual(hashOf(rows))
      }),
    )
  })

  it('tells neighbouring cells apart', () => {
    const base = { id: 1, price: 1.1, name: 'ab' }
    for (const other of [
      { ...base, id: 2 },
      { ...base, price: 1.1000001 },
      { ...base, name: 'ba' },
      { ...base, name: '' },
    ])
      expect(sameHash(hashOf([base]), hashOf([other]))).toBe(false)
  })

  it('of columns is that of each row', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const hashes = columnsHash(sample, {
          rows: rows.length,
          constant: new Set(),
          columns: {
            id: Int32Array.from(rows, (r) => r.id),
            price: Float64Array.from(rows, (r) => r.price),
            name: blockOf(rows.map((r) => r.name)),
          },
        })
        expect([...hashes]).toEqual(rows.map((r) => rowObjectHash(sample, r)))
      }),
    )
  })
})
