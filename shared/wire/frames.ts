import type { Scratch } from './column-parts.ts'
import {
  type ColumnInput,
  type LatePacked,
  layoutColumns,
  openPacked,
  readColumns,
  readPacked,
} from './columns.ts'
import { WireError } from './errors.ts'
import { align8, type FrameHeader, HEADER_BYTES, sealFrame } from './header.ts'
import type { ColumnsOf, PackedOf, TableSchema } from './schema.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

type HeaderWithoutRows = Omit<FrameHeader, 'rows'>

/** A frame that carries one table. */
export const tableFrame = <S extends TableSchema>(
  header: HeaderWithoutRows,
  schema: S,
  data: ColumnInput<S>,
): Uint8Array<ArrayBuffer> => {
  const layout = layoutColumns(schema, data)
  const frame = new Uint8Array(HEADER_BYTES + layout.bytes)
  layout.put(frame, HEADER_BYTES)
  return sealFrame(frame, { ...header, rows: data.rows })
}

/** Columns of an opened table frame. @throws WireError */
export const readTable = <S extends TableSchema>(
  schema: S,
  frame: Uint8Array<ArrayBuffer>,
  rows: number,
): ColumnsOf<S> => readColumns(schema, frame, HEADER_BYTES, rows, true)

/** The same with `dict` columns left as words and codes: for tables of many rows. See `readPacked`. @throws WireError */
export const readPackedTable = <S extends TableSchema>(
  schema: S,
  frame: Uint8Array<ArrayBuffer>,
  rows: number,
  scratch?: Scratch,
): PackedOf<S> => readPacked(schema, frame, HEADER_BYTES, rows, true, scratch)

/** The same with columns worked out when they are asked for. See `openPacked`. @throws WireError */
export const openPackedTable = <S extends TableSchema>(
  schema: S,
  frame: Uint8Array<ArrayBuffer>,
  rows: number,
  scratch?: Scratch,
): LatePacked<S> => openPacked(schema, frame, HEADER_BYTES, rows, true, scratch)

/** A frame that carries JSON, padded with spaces. */
export const jsonFrame = (header: HeaderWithoutRows, body: unknown): Uint8Array<ArrayBuffer> => {
  const text = encoder.encode(JSON.stringify(body))
  const frame = new Uint8Array(HEADER_BYTES + align8(text.byteLength)).fill(0x20, HEADER_BYTES)
  frame.set(text, HEADER_BYTES)
  return sealFrame(frame, { ...header, rows: 0 })
}

/** JSON of an opened frame; meets its zod schema at the caller. @throws WireError BAD_JSON */
export const readJson = (frame: Uint8Array<ArrayBuffer>): unknown => {
  try {
    return JSON.parse(decoder.decode(frame.subarray(HEADER_BYTES)))
  } catch {
    throw new WireError('BAD_JSON', 'frame body is not JSON')
  }
}
