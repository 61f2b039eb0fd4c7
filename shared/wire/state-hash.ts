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

/**
 * Hashes of all rows of a table given as columns, as `rowHash` answers them; much faster for many rows. Columns beyond
 * the schema's are left out.
 */
export const columnsHash = (
  schema: TableSchema,
  data: { readonly rows: number; readonly columns: Readonly<Record<string, ArrayLike<number | string>>> },
): { readonly a: Uint32Array; readonly b: Uint32Array } => {
  const h = new Int32Array(data.rows).fill(SEED_A)
  for (const name of schema.names) {
    const cells = data.columns[name] as ArrayLike<number | string>
    if (cells instanceof Int32Array || cells instanceof Uint8Array || cells instanceof Uint16Array)
      for (let i = 0; i < h.length; i++) h[i] = mixWord(h[i] as number, cells[i] as number)
    else for (let i = 0; i < h.length; i++) h[i] = mixCell(h[i] as number, cells[i] as number | string)
  }
  const a = new Uint32Array(data.rows)
  const b = new Uint32Array(data.rows)
  for (let i = 0; i < h.length; i++) {
    const x = h[i] as number
    a[i] = avalanche(x)
    b[i] = avalanche(x ^ SEED_B ^ Math.imul(x, 0x1b873593))
  }
  return { a, b }
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
