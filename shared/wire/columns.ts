import { WireError } from './errors.ts'
import { align8 } from './header.ts'
import type { ColumnsOf, ColumnType, RowOf, TableSchema } from './schema.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

type Part = { bytes: Uint8Array; at: number }

type Cells = ArrayLike<number> | ArrayLike<string>

/** Rows given as columns, in any array type; what `encodeColumns` takes. */
export type ColumnInput<S extends TableSchema> = {
  readonly rows: number
  readonly columns: { readonly [K in keyof S['columns']]: Cells }
}

const bytesOf = (a: ArrayBufferView): Uint8Array => new Uint8Array(a.buffer, a.byteOffset, a.byteLength)

const numeric = (type: ColumnType, cells: ArrayLike<number>, rows: number): Uint8Array => {
  const out =
    type === 'u8'
      ? new Uint8Array(rows)
      : type === 'u16'
        ? new Uint16Array(rows)
        : type === 'i32'
          ? new Int32Array(rows)
          : new Float64Array(rows)
  for (let i = 0; i < rows; i++) out[i] = cells[i] as number
  return bytesOf(out)
}

const textBlock = (texts: ArrayLike<string>, count: number): [ends: Uint32Array, blob: Uint8Array] => {
  const ends = new Uint32Array(count)
  const all: string[] = new Array(count)
  let units = 0
  for (let i = 0; i < count; i++) {
    const text = texts[i] as string
    const whole = text.isWellFormed() ? text : text.toWellFormed()
    all[i] = whole
    units += whole.length
    ends[i] = units
  }
  return [ends, encoder.encode(all.join(''))]
}

/** Layout of a table as a list of 8-aligned parts; `put` copies them behind `offset`. */
export const layoutColumns = <S extends TableSchema>(
  schema: S,
  data: ColumnInput<S>,
): { bytes: number; put: (target: Uint8Array, offset: number) => void } => {
  const parts: Part[] = []
  let at = 0
  const add = (bytes: Uint8Array): void => {
    parts.push({ bytes, at })
    at = align8(at + bytes.byteLength)
  }
  const cellsOf = data.columns as Record<string, Cells>
  for (const name of schema.names) {
    const type = schema.columns[name] as ColumnType
    const cells = cellsOf[name] as Cells
    if (type === 'str') {
      const [ends, blob] = textBlock(cells as ArrayLike<string>, data.rows)
      add(bytesOf(new Uint32Array([blob.byteLength, 0])))
      add(bytesOf(ends))
      add(blob)
    } else if (type === 'dict') {
      const index = new Map<string, number>()
      const codes = new Uint16Array(data.rows)
      for (let i = 0; i < data.rows; i++) {
        const text = cells[i] as string
        let code = index.get(text)
        if (code === undefined) {
          code = index.size
          if (code > 0xffff) throw new WireError('BAD_COLUMN', `${name}: more than 65,536 distinct texts`)
          index.set(text, code)
        }
        codes[i] = code
      }
      const [ends, blob] = textBlock([...index.keys()], index.size)
      add(bytesOf(new Uint32Array([index.size, blob.byteLength])))
      add(bytesOf(ends))
      add(blob)
      add(bytesOf(codes))
    } else add(numeric(type, cells as ArrayLike<number>, data.rows))
  }
  return {
    bytes: at,
    put: (target, offset) => {
      for (const part of parts) target.set(part.bytes, offset + part.at)
    },
  }
}

type Reader = { readonly frame: Uint8Array<ArrayBuffer>; at: number }

const take = (r: Reader, bytes: number): number => {
  const start = r.at
  if (start + bytes > r.frame.byteLength) throw new WireError('BAD_COLUMN', 'column reaches past the frame')
  r.at = Math.min(align8(start + bytes), r.frame.byteLength)
  return r.frame.byteOffset + start
}

const readTexts = (r: Reader, count: number, byteLength: number): string[] => {
  const ends = new Uint32Array(r.frame.buffer, take(r, count * 4), count)
  const start = take(r, byteLength)
  let text: string
  try {
    text = decoder.decode(new Uint8Array(r.frame.buffer, start, byteLength))
  } catch {
    throw new WireError('BAD_COLUMN', 'text is not UTF-8')
  }
  const out: string[] = new Array(count)
  let from = 0
  for (let i = 0; i < count; i++) {
    const to = ends[i] as number
    if (to < from || to > text.length) throw new WireError('BAD_COLUMN', 'text offsets out of order')
    out[i] = text.slice(from, to)
    from = to
  }
  if (from !== text.length) throw new WireError('BAD_COLUMN', 'text not used up')
  return out
}

const readDict = (r: Reader, rows: number): string[] => {
  const head = new Uint32Array(r.frame.buffer, take(r, 8), 2)
  const count = head[0] as number
  if (count > 0x10000 || count > rows) throw new WireError('BAD_COLUMN', `dictionary of ${count}`)
  const words = readTexts(r, count, head[1] as number)
  const codes = new Uint16Array(r.frame.buffer, take(r, rows * 2), rows)
  const out: string[] = new Array(rows)
  for (let i = 0; i < rows; i++) {
    const code = codes[i] as number
    if (code >= count) throw new WireError('BAD_COLUMN', `dictionary code ${code} of ${count}`)
    out[i] = words[code] as string
  }
  return out
}

/**
 * Reads the columns that start at `offset` of an opened frame. Numeric columns are views into the frame
 * (no copy). Every offset and code is checked; `finite` also refuses NaN and infinities.
 * @throws WireError BAD_COLUMN or BAD_VALUE
 */
export const readColumns = <S extends TableSchema>(
  schema: S,
  frame: Uint8Array<ArrayBuffer>,
  offset: number,
  rows: number,
  finite: boolean,
): ColumnsOf<S> => {
  const r: Reader = { frame, at: offset }
  const columns: Record<string, unknown> = {}
  for (const name of schema.names) {
    const type = schema.columns[name] as ColumnType
    if (type === 'u8') columns[name] = new Uint8Array(frame.buffer, take(r, rows), rows)
    else if (type === 'u16') columns[name] = new Uint16Array(frame.buffer, take(r, rows * 2), rows)
    else if (type === 'i32') columns[name] = new Int32Array(frame.buffer, take(r, rows * 4), rows)
    else if (type === 'f64') {
      const column = new Float64Array(frame.buffer, take(r, rows * 8), rows)
      if (finite)
        for (let i = 0; i < rows; i++)
          if (!Number.isFinite(column[i])) throw new WireError('BAD_VALUE', `${name} is not a number`)
      columns[name] = column
    } else if (type === 'str') {
      const head = new Uint32Array(frame.buffer, take(r, 8), 2)
      columns[name] = readTexts(r, rows, head[0] as number)
    } else columns[name] = readDict(r, rows)
  }
  if (r.at !== frame.byteLength) throw new WireError('BAD_COLUMN', 'bytes left over')
  return { rows, columns } as ColumnsOf<S>
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
