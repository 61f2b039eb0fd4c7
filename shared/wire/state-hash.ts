import { avalanche, mixWord } from './checksum.ts'
import type { RowOf, TableSchema } from './schema.ts'

/**
 * Hash of a table that does not depend on the order of its rows: the sum of the rows' hashes in two
 * 32-bit lanes. Adding, changing or removing a row updates it in O(1), so bridge and desk
 * can compare their whole state at any moment.
 */
export type StateHash = { readonly rows: number; readonly a: number; readonly b: number }

export const emptyHash: StateHash = { rows: 0, a: 0, b: 0 }

const scratch = new DataView(new ArrayBuffer(8))
const SEED_A = 0x9747b28c | 0
const SEED_B = 0x3c6ef372 | 0

const mixCell = (hash: number, cell: number | string): number => {
  if (typeof cell === 'string') {
    let h = mixWord(hash, cell.length)
    for (let i = 0; i < cell.length; i++) h = mixWord(h, cell.charCodeAt(i))
    return h
  }
  if ((cell | 0) === cell) return mixWord(hash, cell | 0)
  scratch.setFloat64(0, cell, true)
  return mixWord(mixWord(hash, scratch.getInt32(0, true)), scratch.getInt32(4, true))
}

/** Hash of one row given cell by cell in the schema's column order. */
export const rowHash = (
  schema: TableSchema,
  cell: (name: string) => number | string,
): readonly [a: number, b: number] => {
  let h = SEED_A
  for (const name of schema.names) h = mixCell(h, cell(name))
  return [avalanche(h), avalanche(h ^ SEED_B ^ Math.imul(h, 0x1b873593))]
}

/** Hash of a row object. */
export const rowObjectHash = <S extends TableSchema>(schema: S, row: RowOf<S>): readonly [number, number] =>
  rowHash(schema, (name) => (row as Record<string, number | string>)[name] as number | string)

export const addRow = (hash: StateHash, [a, b]: readonly [number, number]): StateHash => ({
  rows: hash.rows + 1,
  a: (hash.a + a) >>> 0,
  b: (hash.b + b) >>> 0,
})

export const removeRow = (hash: StateHash, [a, b]: readonly [number, number]): StateHash => ({
  rows: hash.rows - 1,
  a: (hash.a - a) >>> 0,
  b: (hash.b - b) >>> 0,
})

export const sameHash = (x: StateHash, y: StateHash): boolean =>
  x.rows === y.rows && x.a === y.a && x.b === y.b
