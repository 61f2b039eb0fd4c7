import { WireError } from './errors.ts'
import { align8 } from './header.ts'

/**
 * The pieces a column is made of on the wire. Each column starts with a head of 8 bytes: encoding u8, width u8 (bytes of
 * a narrowed cell, a code or a length), decimals u8, 0, count u32 (words of a dictionary). All parts are padded to 8.
 */
export const Encoding = {
  /** Every cell: numbers at their own width, texts behind their lengths, dictionary codes behind their words. */
  PLAIN: 0,
  /** One cell for all rows. */
  CONSTANT: 1,
  /** Numbers: cell = (base + delta) / 10^decimals; the base as f64, then unsigned deltas. */
  NARROW: 2,
} as const

export type ColumnHead = {
  readonly encoding: number
  readonly width: number
  readonly decimals: number
  readonly count: number
}

export const HEAD_BYTES = 8

/** A part of a frame to be written: its size, and how to write it at an 8-aligned place. */
export type Part = {
  readonly bytes: number
  readonly put: (target: Uint8Array<ArrayBuffer>, at: number) => void
}

export const bytesPart = (view: ArrayBufferView): Part => ({
  bytes: view.byteLength,
  put: (target, at) => target.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), at),
})

/** Unsigned cells that are reckoned right into the frame. */
export const unsignedPart = (width: number, length: number, fill: (out: Unsigned) => void): Part => ({
  bytes: width * length,
  put: (target, at) => fill(unsignedAt(target.buffer, target.byteOffset + at, width, length)),
})

export const headPart = (encoding: number, width: number, decimals = 0, count = 0): Part => ({
  bytes: HEAD_BYTES,
  put: (target, at) => {
    target[at] = encoding
    target[at + 1] = width
    target[at + 2] = decimals
    new DataView(target.buffer, target.byteOffset).setUint32(at + 4, count, true)
  },
})

/** Unsigned whole numbers below 2^32 at 1, 2 or 4 bytes each. */
export type Unsigned = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>

export const widthFor = (most: number): 1 | 2 | 4 => (most <= 0xff ? 1 : most <= 0xffff ? 2 : 4)

const unsignedAt = (buffer: ArrayBuffer, at: number, width: number, length: number): Unsigned =>
  width === 1
    ? new Uint8Array(buffer, at, length)
    : width === 2
      ? new Uint16Array(buffer, at, length)
      : new Uint32Array(buffer, at, length)

/** Memory for decoded cells that is used again for the next frame: fresh memory costs more than what is written to it. */
export type Scratch = { buffer: ArrayBuffer; used: number }

export const createScratch = (): Scratch => ({ buffer: new ArrayBuffer(1 << 20), used: 0 })

/** Where reading stands in an opened frame, and where decoded cells go; without `scratch` to memory of their own. */
export type Reader = { readonly frame: Uint8Array<ArrayBuffer>; at: number; readonly scratch?: Scratch }

/** Room for so many bytes, 8-aligned, not cleared. */
export const roomFor = (scratch: Scratch | undefined, bytes: number): readonly [ArrayBuffer, number] => {
  if (!scratch) return [new ArrayBuffer(bytes), 0]
  const at = scratch.used
  scratch.used = align8(at + bytes)
  if (scratch.used > scratch.buffer.byteLength) {
    // Columns read before keep the old memory alive as long as they are needed.
    scratch.buffer = new ArrayBuffer(Math.max(scratch.buffer.byteLength * 2, align8(bytes)))
    scratch.used = align8(bytes)
    return [scratch.buffer, 0]
  }
  return [scratch.buffer, at]
}

/** Place in the frame's buffer of the next `bytes` bytes. @throws WireError BAD_COLUMN */
export const take = (r: Reader, bytes: number): number => {
  const start = r.at
  if (start + bytes > r.frame.byteLength) throw new WireError('BAD_COLUMN', 'column reaches past the frame')
  r.at = Math.min(align8(start + bytes), r.frame.byteLength)
  return r.frame.byteOffset + start
}

export const takeHead = (r: Reader): ColumnHead => {
  const view = new DataView(r.frame.buffer, take(r, HEAD_BYTES), HEAD_BYTES)
  return {
    encoding: view.getUint8(0),
    width: view.getUint8(1),
    decimals: view.getUint8(2),
    count: view.getUint32(4, true),
  }
}

export const takeF64 = (r: Reader): number => new DataView(r.frame.buffer, take(r, 8), 8).getFloat64(0, true)

/** @throws WireError BAD_COLUMN */
export const takeUnsigned = (r: Reader, width: number, length: number): Unsigned => {
  if (width !== 1 && width !== 2 && width !== 4) throw new WireError('BAD_COLUMN', `cells of ${width} bytes`)
  return unsignedAt(r.frame.buffer, take(r, width * length), width, length)
}

export const unknownEncoding = (encoding: number): never => {
  throw new WireError('BAD_COLUMN', `encoding ${encoding}`)
}
