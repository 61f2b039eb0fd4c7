import {
  Encoding,
  type Reader,
  take,
  takeF64,
  takeHead,
  takeUnsigned,
  type Unsigned,
  unknownEncoding,
} from './column-parts.ts'
import { WireError } from './errors.ts'
import {
  arrayOf,
  MAX_DECIMALS,
  type NumberArray,
  type NumberType,
  POWERS,
  RANGE,
  viewOf,
  WIDTH,
} from './number-arrays.ts'
import type { Bounds } from './schema.ts'

/**
 * A column of a frame that was checked, its cells still as they came. `constant`: all rows have the same cell; `bounds`:
 * every cell lies between them, which may be wider apart than the cells are.
 */
export type OpenColumn<T> = {
  readonly constant: boolean
  readonly bounds?: Bounds
  /** The cells: of numbers into the frame's scratch, if it has one. */
  readonly cells: () => T
}

export type OpenNumbers = OpenColumn<NumberArray> & {
  /** One row's cell. */
  readonly at: (row: number) => number
  /** Writes the cells into a column of the same sort, from a row on. Zeros that are the same in every row are not written. */
  readonly into: (column: NumberArray, from: number) => void
}

// A loop of its own for each sort of array: one that meets several is compiled for none of them.

const addToFloats = (out: Float64Array, base: number, deltas: Unsigned, power: number): void => {
  for (let i = 0; i < out.length; i++) out[i] = (base + (deltas[i] as number)) / power
}
const addToWords = (out: Int32Array, base: number, deltas: Unsigned): void => {
  for (let i = 0; i < out.length; i++) out[i] = base + (deltas[i] as number)
}
const addToShorts = (out: Uint8Array | Uint16Array, base: number, deltas: Unsigned): void => {
  for (let i = 0; i < out.length; i++) out[i] = base + (deltas[i] as number)
}
const addDeltas = (out: NumberArray, base: number, deltas: Unsigned, power: number): void => {
  if (out instanceof Float64Array) addToFloats(out, base, deltas, power)
  else if (out instanceof Int32Array) addToWords(out, base, deltas)
  else addToShorts(out, base, deltas)
}

/** The largest number of so many bytes. */
const MOST: Readonly<Record<number, number>> = { 1: 0xff, 2: 0xffff, 4: 0xffff_ffff }

const largest = (deltas: Unsigned): number => {
  let most = 0
  for (let i = 0; i < deltas.length; i++) if ((deltas[i] as number) > most) most = deltas[i] as number
  return most
}

const checkWhole = (type: Exclude<NumberType, 'f64'>, low: number, high: number): void => {
  const [min, max] = RANGE[type]
  if (!Number.isInteger(low) || low < min || high > max)
    throw new WireError('BAD_COLUMN', `${type} from ${low} to ${high}`)
}

const checkFinite = (cells: Float64Array): void => {
  // A sum of zeros; anything not finite makes it NaN.
  let sum = 0
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as number
    sum += cell - cell
  }
  if (sum !== 0) throw new WireError('BAD_VALUE', 'a cell is not a number')
}

const openPlain = (r: Reader, type: NumberType, rows: number, finite: boolean): OpenNumbers => {
  const view = viewOf(type, r.frame.buffer, take(r, rows * WIDTH[type]), rows)
  if (finite && view instanceof Float64Array) checkFinite(view)
  return {
    constant: false,
    cells: () => view,
    at: (row) => view[row] as number,
    into: (column, from) => column.set(view, from),
  }
}

const openConstant = (r: Reader, type: NumberType, rows: number, finite: boolean): OpenNumbers => {
  const cell = takeF64(r)
  if (type !== 'f64') checkWhole(type, cell, cell)
  else if (finite) checkFinite(Float64Array.of(cell))
  return {
    constant: true,
    bounds: [cell, cell],
    cells: () => arrayOf(type, rows, r.scratch).fill(cell),
    at: () => cell,
    into: (column, from) => {
      if (!Object.is(cell, 0)) column.fill(cell, from, from + rows)
    },
  }
}

const openNarrow = (
  r: Reader,
  type: NumberType,
  rows: number,
  width: number,
  decimals: number,
): OpenNumbers => {
  const base = takeF64(r)
  const deltas = takeUnsigned(r, width, rows)
  if (decimals > (type === 'f64' ? MAX_DECIMALS : 0) || !Number.isSafeInteger(base))
    throw new WireError('BAD_COLUMN', `narrow cells from ${base} with ${decimals} decimals`)
  const power = POWERS[decimals] as number
  let high = base + (MOST[width] as number)
  if (type !== 'f64') {
    // What the width allows is had for nothing; only where that is too much the cells are looked at.
    if (high > RANGE[type][1]) high = base + largest(deltas)
    checkWhole(type, base, high)
  }
  return {
    constant: false,
    bounds: [base / power, high / power],
    cells: () => {
      const out = arrayOf(type, rows, r.scratch)
      addDeltas(out, base, deltas, power)
      return out
    },
    at: (row) => (base + (deltas[row] as number)) / power,
    into: (column, from) => addDeltas(column.subarray(from, from + rows), base, deltas, power),
  }
}

/**
 * Opens what `numberParts` wrote: every cell is sure to be one of its sort; `finite` refuses NaN and infinities.
 * @throws WireError BAD_COLUMN or BAD_VALUE
 */
export const openNumbers = (r: Reader, type: NumberType, rows: number, finite: boolean): OpenNumbers => {
  const { encoding, width, decimals } = takeHead(r)
  if (encoding === Encoding.NARROW) return openNarrow(r, type, rows, width, decimals)
  if (encoding === Encoding.PLAIN) return openPlain(r, type, rows, finite)
  return encoding === Encoding.CONSTANT ? openConstant(r, type, rows, finite) : unknownEncoding(encoding)
}
