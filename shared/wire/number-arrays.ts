import { roomFor, type Scratch } from './column-parts.ts'

/** The sorts of numbers a column may have, and the arrays they are kept in. */
export type NumberType = 'u8' | 'u16' | 'i32' | 'f64'
export type NumberArray =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>

export const WIDTH = { u8: 1, u16: 2, i32: 4, f64: 8 } as const
export const RANGE = { u8: [0, 0xff], u16: [0, 0xffff], i32: [-0x8000_0000, 0x7fff_ffff] } as const
export const MAX_DECIMALS = 8
export const POWERS = Array.from({ length: MAX_DECIMALS + 1 }, (_, i) => 10 ** i)

export const viewOf = (type: NumberType, buffer: ArrayBuffer, at: number, rows: number): NumberArray => {
  if (type === 'u8') return new Uint8Array(buffer, at, rows)
  if (type === 'u16') return new Uint16Array(buffer, at, rows)
  return type === 'i32' ? new Int32Array(buffer, at, rows) : new Float64Array(buffer, at, rows)
}

/** Room for so many cells, not cleared. */
export const arrayOf = (type: NumberType, rows: number, scratch?: Scratch): NumberArray => {
  const [buffer, at] = roomFor(scratch, rows * WIDTH[type])
  return viewOf(type, buffer, at, rows)
}
