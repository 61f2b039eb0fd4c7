import type { ColumnsOf, RowOf, TableSchema } from '../../../shared/wire/schema.ts'

/** Reads one row of decoded columns by name without making an object of it; `at` moves it. */
export type Cursor<S extends TableSchema> = {
  readonly row: RowOf<S>
  /** Points at row `index` of `data`; `row` then reads from there. */
  at: (data: ColumnsOf<S>, index: number) => RowOf<S>
}

/** One cursor serves a whole grid: `row` is always the same object and must not be kept. */
export const createCursor = <S extends TableSchema>(schema: S): Cursor<S> => {
  let columns: Record<string, ArrayLike<number | string>> = {}
  let index = 0
  const row = {}
  for (const name of schema.names)
    Object.defineProperty(row, name, { enumerable: true, get: () => columns[name]?.[index] })
  return {
    row: row as RowOf<S>,
    at: (data, i) => {
      columns = data.columns
      index = i
      return row as RowOf<S>
    },
  }
}
