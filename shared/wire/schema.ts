/**
 * Column schemas: one declaration gives the row type, the binary layout and the hash of a table.
 * Used by the bridge protocol (records) and by the window frames (views).
 */

/** `u8 u16 i32 f64` little-endian numbers; `str` any text; `dict` text with few distinct values. */
export type ColumnType = 'u8' | 'u16' | 'i32' | 'f64' | 'str' | 'dict'

export type ColumnMap = Readonly<Record<string, ColumnType>>

export type TableSchema<C extends ColumnMap = ColumnMap> = {
  readonly name: string
  readonly columns: C
  /** Column names in wire order. */
  readonly names: readonly string[]
}

export type CellOf<T extends ColumnType> = T extends 'str' | 'dict' ? string : number

export type RowOf<S extends TableSchema> = { [K in keyof S['columns']]: CellOf<S['columns'][K]> }

export type ArrayOf<T extends ColumnType> = T extends 'u8'
  ? Uint8Array
  : T extends 'u16'
    ? Uint16Array
    : T extends 'i32'
      ? Int32Array
      : T extends 'f64'
        ? Float64Array
        : string[]

/** A decoded table: `rows` and one array a column. */
export type ColumnsOf<S extends TableSchema> = {
  readonly rows: number
  readonly columns: { readonly [K in keyof S['columns']]: ArrayOf<S['columns'][K]> }
}

/** A `dict` column as it travels: distinct texts, and the place among them of each row's. */
export type DictColumn = { readonly words: readonly string[]; readonly codes: Uint8Array | Uint16Array }

/** A `str` column as it travels: all texts one behind the other, and the end of each; null: each row has all of it. */
export type TextBlock = { readonly text: string; readonly ends: Uint32Array | null }

export const textAt = ({ text, ends }: TextBlock, i: number): string =>
  ends === null ? text : text.slice(i === 0 ? 0 : ends[i - 1], ends[i])

type PackedArray<T extends ColumnType> = T extends 'dict'
  ? DictColumn
  : T extends 'str'
    ? TextBlock
    : ArrayOf<T>

export type Bounds = readonly [low: number, high: number]

/** A decoded table whose `dict` columns are still words and codes, and its `str` columns blocks. */
export type PackedOf<S extends TableSchema> = {
  readonly rows: number
  /** Columns known to be the same in every row: it is enough to look at the first. */
  readonly constant: ReadonlySet<string>
  /** Of some columns: two numbers between which every cell lies. */
  readonly bounds?: ReadonlyMap<string, Bounds>
  readonly columns: {
    readonly [K in keyof S['columns']]: PackedArray<S['columns'][K]>
  }
}

/** Declares a table; the order of the keys is the order on the wire. */
export const table = <const C extends ColumnMap>(name: string, columns: C): TableSchema<C> => ({
  name,
  columns,
  names: Object.keys(columns),
})

/** Row `i` of a decoded table as an object. For single records and tests, not for hot loops. */
export const rowAt = <S extends TableSchema>(schema: S, data: ColumnsOf<S>, i: number): RowOf<S> => {
  const row: Record<string, number | string> = {}
  const columns = data.columns as Record<string, ArrayLike<number | string>>
  for (const name of schema.names) row[name] = columns[name]?.[i] as number | string
  return row as RowOf<S>
}

/** A row with every number 0 and every text empty: what a record starts from. */
export const blankRow = <S extends TableSchema>(schema: S): RowOf<S> => {
  const row: Record<string, number | string> = {}
  for (const name of schema.names) {
    const type = schema.columns[name]
    row[name] = type === 'str' || type === 'dict' ? '' : 0
  }
  return row as RowOf<S>
}
