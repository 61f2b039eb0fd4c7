import type { ColumnType, RowOf, TableSchema } from '../../shared/wire/schema.ts'
import { BridgeError } from './errors.ts'

/** A row of any record table, as the hub keeps it. Immutable. */
export type Row = Readonly<Record<string, number | string>>

const MAX_TEXT = 65_536
const ranges: Partial<Record<ColumnType, readonly [number, number]>> = {
  u8: [0, 0xff],
  u16: [0, 0xffff],
  i32: [-0x8000_0000, 0x7fff_ffff],
}
const widths: Record<ColumnType, number> = { u8: 1, u16: 2, i32: 4, f64: 8, str: 4, dict: 2 }

/** What a row takes on the wire at most but for its texts, and the columns of texts: `free` units of each are not counted. */
export const createTextSize = (schema: TableSchema) => {
  const texts: { name: string; free: number }[] = []
  let fixed = 0
  for (const name of schema.names) {
    const type = schema.columns[name] as ColumnType
    fixed += widths[type]
    if (type === 'str') texts.push({ name, free: 0 })
    if (type === 'dict') texts.push({ name, free: 64 })
  }
  return { fixed, texts }
}

/**
 * About how many bytes a row takes on the wire, and in memory. Short texts of a dictionary column count as their code:
 * they repeat.
 */
export const createRowSize = (schema: TableSchema): ((row: Row) => number) => {
  const { fixed, texts } = createTextSize(schema)
  return (row) => {
    let bytes = fixed
    for (const { name, free } of texts) {
      const { length } = row[name] as string
      if (length > free) bytes += length
    }
    return bytes
  }
}

/**
 * Checks that a source's row survives the wire unchanged: a number out of its column's range, or half a surrogate pair,
 * would reach the desk as something else and never hash alike.
 * @throws BridgeError SOURCE_ROW
 */
export const createRowCheck = (schema: TableSchema): ((row: Row) => void) => {
  const names = schema.names
  const types = names.map((name) => schema.columns[name] as ColumnType)
  const refuse = (name: string, cell: unknown): never => {
    throw new BridgeError('SOURCE_ROW', `${schema.name}.${name} cannot be ${String(cell).slice(0, 40)}`)
  }
  return (row) => {
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string
      const type = types[i] as ColumnType
      const cell: unknown = row[name]
      if (typeof cell === 'string') {
        if (type !== 'str' && type !== 'dict') refuse(name, cell)
        if (cell.length > MAX_TEXT || !cell.isWellFormed()) refuse(name, cell)
      } else if (typeof cell !== 'number' || type === 'str' || type === 'dict') refuse(name, cell)
      else if (type === 'f64') {
        if (!Number.isFinite(cell)) refuse(name, cell)
      } else {
        const [low, high] = ranges[type] as readonly [number, number]
        if (!Number.isInteger(cell) || cell < low || cell > high) refuse(name, cell)
      }
    }
  }
}

/** What a DELETED change carries: the key, the rest blank. */
export const blankRow = <S extends TableSchema>(schema: S, key: string, value: number | string): RowOf<S> => {
  const row: Record<string, number | string> = {}
  for (const name of schema.names) {
    const type = schema.columns[name] as ColumnType
    row[name] = type === 'str' || type === 'dict' ? '' : 0
  }
  row[key] = value
  return row as RowOf<S>
}
