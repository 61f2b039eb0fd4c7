import { avalanche, mixWord } from './checksum.ts'
import {
  type ColumnType,
  type DictColumn,
  type PackedOf,
  type RowOf,
  type TableSchema,
  type TextBlock,
  textAt,
} from './schema.ts'

/**
 * Hash of a table that does not depend on the order of its rows: the sum of the rows' hashes in two
 * 32-bit lanes. Adding, changing or removing a row updates it in O(1), so bridge and desk
 * can compare their whole state at any moment.
 *
 * A row's hash is the sum of its mixed cells, each column with multipliers of its own. A blank cell adds nothing, and
 * columns can be worked through one after the other, in any order.
 */
export type StateHash = { readonly rows: number; readonly a: number; readonly b: number }

export const emptyHash: StateHash = { rows: 0, a: 0, b: 0 }

const SEED_A = 0x9747b28c | 0
const SEED_B = 0x3c6ef372 | 0
const WORD = 0xcc9e2d51
/** 2^32 divided by the golden ratio: neighbouring columns get multipliers far apart. */
const GOLDEN = 0x9e3779b9

const MAX_COLUMNS = 128
const factors = Int32Array.from(
  { length: MAX_COLUMNS * 2 },
  (_, i) => avalanche(Math.imul(i + 1, GOLDEN)) | 1,
)

/** Odd multiplier of a column, by its place in the schema; `half` 1 is that of a float's upper word. */
const factor = (place: number, half: 0 | 1): number => factors[place * 2 + half] as number

const mixed = (word: number, by: number): number => {
  const k = Math.imul(word, WORD)
  return Math.imul((k << 15) | (k >>> 17), by)
}

/** 32-bit hash of a part of a text, 0 of an empty one. */
const partHash = (text: string, from: number, to: number): number => {
  if (from === to) return 0
  const even = from + ((to - from) & ~1)
  let h = to - from
  for (let i = from; i < even; i += 2) h = mixWord(h, text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16))
  if (even < to) h = mixWord(h, text.charCodeAt(even))
  return avalanche(h)
}

const textHash = (text: string): number => partHash(text, 0, text.length)

const scratch = new DataView(new ArrayBuffer(8))

const mixCell = (type: ColumnType, cell: number | string, place: number): number => {
  const by = factor(place, 0)
  if (type === 'str' || type === 'dict') return mixed(textHash(cell as string), by)
  if (type !== 'f64') return mixed(cell as number, by)
  // −0 + 0 = 0: both zeros are the same amount.
  scratch.setFloat64(0, (cell as number) + 0, true)
  return mixed(scratch.getInt32(0, true), by) + mixed(scratch.getInt32(4, true), factor(place, 1))
}

/** Hash of a row object. */
export const rowObjectHash = <S extends TableSchema>(schema: S, row: RowOf<S>): number => {
  let h = SEED_A
  schema.names.forEach((name, place) => {
    const cell = (row as Record<string, number | string>)[name] as number | string
    h = (h + mixCell(schema.columns[name] as ColumnType, cell, place)) | 0
  })
  return h
}

const addWhole = (h: Int32Array, cells: ArrayLike<number>, place: number): void => {
  const by = factor(place, 0)
  for (let i = 0; i < h.length; i++) h[i] = (h[i] as number) + mixed(cells[i] as number, by)
}

const MINUS_ZERO = 0x8000_0000 | 0

const addFloats = (h: Int32Array, cells: Float64Array, place: number): void => {
  const words = new Int32Array(cells.buffer, cells.byteOffset, cells.length * 2)
  const low = factor(place, 0)
  const high = factor(place, 1)
  for (let i = 0; i < h.length; i++) {
    const a = words[2 * i] as number
    const b = words[2 * i + 1] as number
    if (a !== 0 || (b !== 0 && b !== MINUS_ZERO)) h[i] = (h[i] as number) + mixed(a, low) + mixed(b, high)
  }
}

const addTexts = (h: Int32Array, { text, ends }: TextBlock, place: number): void => {
  const by = factor(place, 0)
  let from = 0
  for (let i = 0; i < h.length; i++) {
    const to = ends === null ? text.length : (ends[i] as number)
    if (from < to) h[i] = (h[i] as number) + mixed(partHash(text, from, to), by)
    if (ends !== null) from = to
  }
}

const addWords = (h: Int32Array, { words, codes }: DictColumn, place: number): void => {
  const by = factor(place, 0)
  const hashes = Int32Array.from(words, (word) => mixed(textHash(word), by))
  for (let i = 0; i < h.length; i++) h[i] = (h[i] as number) + (hashes[codes[i] as number] as number)
}

const cellAt = (type: ColumnType, cells: unknown, i: number): number | string => {
  if (type === 'str') return textAt(cells as TextBlock, i)
  if (type !== 'dict') return (cells as ArrayLike<number>)[i] as number
  const { words, codes } = cells as DictColumn
  return words[codes[i] as number] as string
}

const addColumn = (h: Int32Array, type: ColumnType, cells: unknown, place: number): void => {
  if (type === 'str') addTexts(h, cells as TextBlock, place)
  else if (type === 'dict') addWords(h, cells as DictColumn, place)
  else if (type === 'f64') addFloats(h, cells as Float64Array, place)
  else addWhole(h, cells as Int32Array, place)
}

/**
 * Hashes of all rows of a table given as columns, as `rowObjectHash` answers them; much faster for many rows. Columns
 * beyond the schema's are left out; of `constant` ones the first cell speaks for all.
 */
export const columnsHash = (
  schema: TableSchema,
  data: Pick<PackedOf<TableSchema>, 'rows' | 'constant'> & {
    readonly columns: Readonly<Record<string, unknown>>
  },
): Int32Array => {
  const h = new Int32Array(data.rows)
  if (data.rows === 0) return h
  let same = SEED_A
  schema.names.forEach((name, place) => {
    const type = schema.columns[name] as ColumnType
    const cells = data.columns[name]
    if (data.constant.has(name)) same = (same + mixCell(type, cellAt(type, cells, 0), place)) | 0
  })
  h.fill(same)
  schema.names.forEach((name, place) => {
    if (!data.constant.has(name)) addColumn(h, schema.columns[name] as ColumnType, data.columns[name], place)
  })
  return h
}

/** What a row adds to the two lanes of its table's hash. */
const lanes = (rowHash: number): readonly [a: number, b: number] => [
  avalanche(rowHash),
  avalanche(rowHash ^ SEED_B ^ Math.imul(rowHash, 0x1b873593)),
]

export const addRow = (hash: StateHash, rowHash: number): StateHash => {
  const [a, b] = lanes(rowHash)
  return { rows: hash.rows + 1, a: (hash.a + a) >>> 0, b: (hash.b + b) >>> 0 }
}

export const removeRow = (hash: StateHash, rowHash: number): StateHash => {
  const [a, b] = lanes(rowHash)
  return { rows: hash.rows - 1, a: (hash.a - a) >>> 0, b: (hash.b - b) >>> 0 }
}

/** `addRow` for many rows. */
export const addRows = (hash: StateHash, rowHashes: Int32Array): StateHash => {
  let { a, b } = hash
  for (let i = 0; i < rowHashes.length; i++) {
    const h = rowHashes[i] as number
    a = (a + avalanche(h)) | 0
    b = (b + avalanche(h ^ SEED_B ^ Math.imul(h, 0x1b873593))) | 0
  }
  return { rows: hash.rows + rowHashes.length, a: a >>> 0, b: b >>> 0 }
}

/** Hash of the rows of both; of disjoint sets of rows. */
export const plusHash = (x: StateHash, y: StateHash): StateHash => ({
  rows: x.rows + y.rows,
  a: (x.a + y.a) >>> 0,
  b: (x.b + y.b) >>> 0,
})

/** Hash of the rows of `x` that are not of `y`. */
export const minusHash = (x: StateHash, y: StateHash): StateHash => ({
  rows: x.rows - y.rows,
  a: (x.a - y.a) >>> 0,
  b: (x.b - y.b) >>> 0,
})

export const sameHash = (x: StateHash, y: StateHash): boolean =>
  x.rows === y.rows && x.a === y.a && x.b === y.b
