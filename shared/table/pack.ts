import type { ColumnInput } from '../wire/columns.ts'
import type { ColumnMap, ColumnType, DictColumn, TableSchema, TextBlock } from '../wire/schema.ts'
import type { TextCells } from './text-cells.ts'
import type { TextPool } from './text-pool.ts'

type Numbers = Uint8Array | Uint16Array | Int32Array | Float64Array

/** Slots that follow one another without a hole. */
const isRun = (slots: Int32Array): boolean =>
  slots.length > 0 && (slots.at(-1) as number) - (slots[0] as number) === slots.length - 1

const gather = <A extends Numbers>(column: A, slots: Int32Array): A => {
  const start = slots[0] as number
  if (isRun(slots)) return column.subarray(start, start + slots.length) as A
  const out = new (column.constructor as new (n: number) => A)(slots.length)
  for (let i = 0; i < slots.length; i++) out[i] = column[slots[i] as number] as number
  return out
}

const takeTexts = (column: string[] | TextCells, slots: Int32Array): string[] | TextBlock =>
  Array.isArray(column) ? Array.from(slots, (slot) => column[slot] as string) : column.take(slots)

/**
 * Makes an encoder's input of some rows of a table's columns: the codes of the pool, of which there may be many, become
 * codes of the few texts these rows have.
 */
export const createPacker = <C extends ColumnMap>(schema: TableSchema<C>, pool: TextPool) => {
  /** By code of the pool: its place among the words of the column at hand, plus one. */
  let places = new Int32Array(1024)

  const dict = (given: Int32Array): DictColumn => {
    if (places.length < pool.high()) places = new Int32Array(pool.high() * 2)
    const words: string[] = []
    const used: number[] = []
    const codes = new Uint16Array(given.length)
    for (let i = 0; i < given.length; i++) {
      const code = given[i] as number
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
    for (const name of schema.names) {
      const type = schema.columns[name] as ColumnType
      const column = columns[name]
      if (type === 'dict') out[name] = dict(gather(column as Int32Array, slots))
      else if (type === 'str') out[name] = takeTexts(column as string[] | TextCells, slots)
      else out[name] = gather(column as Numbers, slots)
    }
    return { rows: slots.length, columns: out } as unknown as ColumnInput<TableSchema<C>>
  }
}
