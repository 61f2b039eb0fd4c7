import type { Part, Reader, Scratch } from './column-parts.ts'
import { WireError } from './errors.ts'
import { align8 } from './header.ts'
import type { NumberArray } from './number-arrays.ts'
import { type OpenColumn, type OpenNumbers, openNumbers } from './number-cells.ts'
import { nativeCells, numberParts } from './number-columns.ts'
import type {
  Bounds,
  ColumnsOf,
  ColumnType,
  DictColumn,
  PackedOf,
  RowOf,
  TableSchema,
  TextBlock,
} from './schema.ts'
import {
  blockOf,
  compactBlock,
  dictOf,
  dictParts,
  type OpenDict,
  openDict,
  openTexts,
  textParts,
  textsOf,
} from './text-columns.ts'

type Cells = ArrayLike<number> | ArrayLike<string> | DictColumn | TextBlock

/** Rows of a frame that were checked and wait as they came, see `openPacked`. */
export type LatePacked<S extends TableSchema> = PackedOf<S> & {
  /** Of the frame that is held. */
  readonly bytes: number
  /** One cell, of any column but texts that repeat little (`str`). */
  readonly cell: (name: string, row: number) => number | string
  /** Writes a column of numbers right into a table's column of the same sort, from a row on, where all is zero. */
  readonly into: (name: string, column: NumberArray, from: number) => void
}

/** Rows given as columns, in any array type; what `encodeColumns` takes. `dict` columns may come as words and codes, `str` as a block. */
export type ColumnInput<S extends TableSchema> = {
  readonly rows: number
  readonly columns: { readonly [K in keyof S['columns']]: Cells }
}

const partsOf = (type: ColumnType, cells: Cells, rows: number): Part[] => {
  if (type === 'str') return textParts(cells as ArrayLike<string> | TextBlock, rows)
  if (type === 'dict') return dictParts(cells as ArrayLike<string> | DictColumn, rows)
  return numberParts(type, cells as ArrayLike<number>, rows)
}

/**
 * Layout of a table as a list of 8-aligned parts; `put` writes them behind `offset`, where the target must be zero.
 * Every column takes the shortest of its encodings and comes back exactly as it was.
 * @throws WireError BAD_COLUMN
 */
export const layoutColumns = <S extends TableSchema>(
  schema: S,
  data: ColumnInput<S>,
): { bytes: number; put: (target: Uint8Array<ArrayBuffer>, offset: number) => void } => {
  const cellsOf = data.columns as Record<string, Cells>
  const parts = schema.names.flatMap((name) =>
    partsOf(schema.columns[name] as ColumnType, cellsOf[name] as Cells, data.rows),
  )
  return {
    bytes: parts.reduce((sum, part) => sum + align8(part.bytes), 0),
    put: (target, offset) => {
      let at = offset
      for (const part of parts) {
        part.put(target, at)
        at += align8(part.bytes)
      }
    },
  }
}

type Opened = OpenColumn<unknown> | OpenNumbers | OpenDict

const openColumn = (r: Reader, type: ColumnType, rows: number, finite: boolean): Opened => {
  if (type === 'str') return openTexts(r, rows)
  return type === 'dict' ? openDict(r, rows) : openNumbers(r, type, rows, finite)
}

/** Opens the columns that start at `offset` of an opened frame, each for `take`; what is known of them without their cells. */
const openColumns = (
  schema: TableSchema,
  r: Reader,
  rows: number,
  finite: boolean,
  take: (name: string, column: Opened) => void,
): Pick<PackedOf<TableSchema>, 'constant' | 'bounds'> => {
  const constant = new Set<string>()
  const bounds = new Map<string, Bounds>()
  for (const name of schema.names) {
    const column = openColumn(r, schema.columns[name] as ColumnType, rows, finite)
    take(name, column)
    if (column.constant) constant.add(name)
    if (column.bounds) bounds.set(name, column.bounds)
  }
  if (r.at !== r.frame.byteLength) throw new WireError('BAD_COLUMN', 'bytes left over')
  return { constant, bounds }
}

const readerOf = (frame: Uint8Array<ArrayBuffer>, offset: number, scratch?: Scratch): Reader => {
  if (scratch) scratch.used = 0
  return scratch ? { frame, at: offset, scratch } : { frame, at: offset }
}

/**
 * Reads the columns that start at `offset` of an opened frame. Plain numeric columns are views into the frame
 * (no copy), `dict` columns are words and codes, `str` columns blocks. Every offset and code is checked; `finite` also refuses NaN and
 * infinities. What is read into a `scratch` is good until the next frame is.
 * @throws WireError BAD_COLUMN or BAD_VALUE
 */
export const readPacked = <S extends TableSchema>(
  schema: S,
  frame: Uint8Array<ArrayBuffer>,
  offset: number,
  rows: number,
  finite: boolean,
  scratch?: Scratch,
): PackedOf<S> => {
  const columns: Record<string, unknown> = {}
  const facts = openColumns(schema, readerOf(frame, offset, scratch), rows, finite, (name, column) => {
    columns[name] = column.cells()
  })
  return { rows, columns, ...facts } as unknown as PackedOf<S>
}

/**
 * The same, checked as much, but a column is worked out when it is first asked for; so a frame can be kept for later as
 * it came. With a `scratch`, of numbers that must be before the next frame is read; `into` and texts are good as long as the frame is.
 * @throws WireError BAD_COLUMN or BAD_VALUE
 */
export const openPacked = <S extends TableSchema>(
  schema: S,
  frame: Uint8Array<ArrayBuffer>,
  offset: number,
  rows: number,
  finite: boolean,
  scratch?: Scratch,
): LatePacked<S> => {
  const columns = {}
  const numbers = new Map<string, OpenNumbers>()
  const cells = new Map<string, OpenNumbers['at'] | OpenDict['at']>()
  const facts = openColumns(schema, readerOf(frame, offset, scratch), rows, finite, (name, column) => {
    let read: unknown
    Object.defineProperty(columns, name, { enumerable: true, get: () => (read ??= column.cells()) })
    if ('into' in column) numbers.set(name, column)
    if ('at' in column) cells.set(name, column.at)
  })
  return {
    rows,
    columns,
    ...facts,
    bytes: frame.byteLength,
    cell: (name: string, row: number) => cells.get(name)?.(row),
    into: (name: string, column: NumberArray, from: number) => numbers.get(name)?.into(column, from),
  } as unknown as LatePacked<S>
}

const wordsOf = ({ words, codes }: DictColumn): string[] => {
  const out: string[] = new Array(codes.length)
  for (let i = 0; i < out.length; i++) out[i] = words[codes[i] as number] as string
  return out
}

/** `readPacked` with the texts of `str` and `dict` columns written out. @throws WireError BAD_COLUMN or BAD_VALUE */
export const readColumns = <S extends TableSchema>(
  schema: S,
  frame: Uint8Array<ArrayBuffer>,
  offset: number,
  rows: number,
  finite: boolean,
): ColumnsOf<S> => {
  const { columns } = readPacked(schema, frame, offset, rows, finite)
  const out: Record<string, unknown> = { ...columns }
  for (const name of schema.names) {
    if (schema.columns[name] === 'dict') out[name] = wordsOf(out[name] as DictColumn)
    else if (schema.columns[name] === 'str') out[name] = textsOf(out[name] as TextBlock, rows)
  }
  return { rows, columns: out } as ColumnsOf<S>
}

/** Turns row objects into columns. */
export const columnsFromRows = <S extends TableSchema>(
  schema: S,
  rows: readonly RowOf<S>[],
): ColumnInput<S> => {
  const columns: Record<string, unknown[]> = {}
  for (const name of schema.names) {
    const cells: unknown[] = new Array(rows.length)
    for (let i = 0; i < rows.length; i++) cells[i] = (rows[i] as Record<string, unknown>)[name]
    columns[name] = cells
  }
  return { rows: rows.length, columns } as unknown as ColumnInput<S>
}

/** Row objects as `readPacked` would answer them. @throws WireError BAD_COLUMN for more than 65,536 distinct texts */
export const packRows = <S extends TableSchema>(schema: S, rows: readonly RowOf<S>[]): PackedOf<S> => {
  const given = columnsFromRows(schema, rows).columns as Record<string, ArrayLike<never>>
  const columns: Record<string, unknown> = {}
  for (const name of schema.names) {
    const type = schema.columns[name] as ColumnType
    const cells = given[name] as ArrayLike<never>
    if (type === 'str') columns[name] = compactBlock(blockOf(cells as unknown as string[]))
    else columns[name] = type === 'dict' ? dictOf(cells, rows.length) : nativeCells(type, cells, rows.length)
  }
  return { rows: rows.length, columns, constant: new Set() } as unknown as PackedOf<S>
}
