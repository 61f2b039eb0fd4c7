import {
  type ColumnType,
  type DictColumn,
  type PackedOf,
  type TableSchema,
  type TextBlock,
  textAt,
} from '../wire/schema.ts'
import { textsOf } from '../wire/text-columns.ts'
import type { TypedArray } from './slab.ts'
import type { Kept, Texts } from './types.ts'

/** Single cells, of columns as they are kept and as they come. */

export const isNumbers = (column: Kept): column is TypedArray => ArrayBuffer.isView(column)

export const setText = (column: Texts, slot: number, text: string): void => {
  if (Array.isArray(column)) column[slot] = text
  else column.set(slot, text)
}

export const keptCell = (column: Kept, slot: number): number | string =>
  isNumbers(column) ? (column[slot] as number) : (column.at(slot) as string)

export const packedCell = (type: ColumnType, cells: unknown, i: number): number | string => {
  if (type === 'str') return textAt(cells as TextBlock, i)
  if (type !== 'dict') return (cells as TypedArray)[i] as number
  const { words, codes } = cells as DictColumn
  return words[codes[i] as number] as string
}

/** The key column of decoded rows. */
export const packedKeys = (
  type: ColumnType,
  { rows, columns }: PackedOf<TableSchema>,
  name: string,
): ArrayLike<number | string> => {
  const cells = (columns as Readonly<Record<string, unknown>>)[name]
  return type === 'str' ? textsOf(cells as TextBlock, rows) : (cells as TypedArray)
}
