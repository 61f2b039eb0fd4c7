import type { ColumnType } from '../wire/schema.ts'

export type TypedArray =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>

/** A column of numbers: codes of texts are numbers too. */
export type SlabColumn = { readonly name: string; readonly type: Exclude<ColumnType, 'str'> }

const kinds = {
  u8: Uint8Array,
  u16: Uint16Array,
  i32: Int32Array,
  f64: Float64Array,
  dict: Int32Array,
} as const

/** Each column begins on a line of the processor's cache. */
const LINE = 64
/** Larger pieces go straight back to the system when they are let go of, and are dear to have again. */
const MOST_BYTES = 8 * 2 ** 20

/**
 * Columns of so many rows, all zero, several in one piece of memory: V8 counts memory outside of its heap, and with every
 * new piece it does a step towards the next garbage collection.
 */
export const createSlabs = (columns: readonly SlabColumn[], rows: number): Record<string, TypedArray> => {
  const sizes = columns.map(({ type }) => Math.ceil((kinds[type].BYTES_PER_ELEMENT * rows) / LINE) * LINE)
  const made: Record<string, TypedArray> = {}
  for (let first = 0; first < columns.length; ) {
    let bytes = sizes[first] as number
    let end = first + 1
    while (end < columns.length && bytes + (sizes[end] as number) <= MOST_BYTES)
      bytes += sizes[end++] as number
    const memory = new ArrayBuffer(bytes)
    for (let at = 0; first < end; at += sizes[first++] as number) {
      const { name, type } = columns[first] as SlabColumn
      made[name] = new kinds[type](memory, at, rows)
    }
  }
  return made
}
