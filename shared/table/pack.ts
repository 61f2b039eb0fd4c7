import type { ColumnInput } from '../wire/columns.ts'
import type { ColumnMap, ColumnType, DictColumn, PackedOf, TableSchema, TextBlock } from '../wire/schema.ts'
import { blockOf } from '../wire/text-columns.ts'
import { gather, type Numbers } from './gather.ts'
import { isRun, type TextCells } from './text-cells.ts'
import type { TextPool } from './text-pool.ts'

/** The cells of these slots; of a run they are not copied. */
const take = (column: Numbers, slots: Int32Array, run: boolean): Numbers => {
  const start = slots[0] as number
  return run ? column.subarray(start, start + slots.length) : gather(column, slots)
}

const takeTexts = (column: string[] | TextCells, slots: Int32Array, run: boolean): string[] | TextBlock =>
  Array.isArray(column) ? Array.from(slots, (slot) => column[slot] as string) : column.take(slots, run)

const noConstants: ReadonlySet<string> = new Set()

/** Packed rows as a reader of frames has them: texts in blocks. */
export const asRead = <C extends ColumnMap>({
  rows,
  columns,
}: ColumnInput<TableSchema<C>>): PackedOf<TableSchema> => {
  const out: Record<string, unknown> = { ...columns }
  for (const name in out) if (Array.isArray(out[name])) out[name] = blockOf(out[name] as string[])
  return { rows, columns: out, constant: noConstants } as PackedOf<TableSchema>
}

/**
 * Makes an encoder's input of some rows of a table's columns, in the order of the slots given: the codes of the pool, of
 * which there may be many, become codes of the few texts these rows have.
 */
export const createPacker = <C extends ColumnMap>(schema: TableSchema<C>, pool: TextPool) => {
  /** By code of the pool: its place among the words of the column at hand, plus one. */
  let places = new Int32Array(1024)

  const dict = (column: Int32Array, slots: Int32Array): DictColumn => {
    if (places.length < pool.high()) places = new Int32Array(pool.high() * 2)
    const words: string[] = []
    const used: number[] = []
    const codes = new Uint16Array(slots.length)
    for (let i = 0; i < slots.length; i++) {
      const code = column[slots[i] as number] as number
      let place = places[code] as number
      if (place === 0) {
        words.push(pool.text(code))
        used.push(code)
        place = words.length
        places[code] = place
      }
      codes[i] = place - 1
    }
    for (const code of used) places[code] = 0
    return { words, codes }
  }

  return (columns: Readonly<Record<string, unknown>>, slots: Int32Array): ColumnInput<TableSchema<C>> => {
    const out: Record<string, unknown> = {}
    const run = isRun(slots)
    for (const name of schema.names) {
      const type = schema.columns[name] as ColumnType
      const column = columns[name]
      if (type === 'dict') out[name] = dict(column as Int32Array, slots)
      else if (type === 'str') out[name] = takeTexts(column as string[] | TextCells, slots, run)
      else out[name] = take(column as Numbers, slots, run)
    }
    return { rows: slots.length, columns: out } as unknown as ColumnInput<TableSchema<C>>
  }
}
