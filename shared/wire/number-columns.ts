import {
  bytesPart,
  Encoding,
  headPart,
  type Part,
  type Unsigned,
  unsignedPart,
  widthFor,
} from './column-parts.ts'
import { arrayOf, MAX_DECIMALS, type NumberArray, type NumberType, POWERS, WIDTH } from './number-arrays.ts'

/** Up to here `Math.round(cell · 10^decimals)` finds the one whole number that divides back to the cell. */
const MAX_SCALED = 2 ** 50

/** The cells as the column's own type has them. */
export const nativeCells = (type: NumberType, cells: ArrayLike<number>, rows: number): NumberArray => {
  const own =
    (type === 'f64' && cells instanceof Float64Array) ||
    (type === 'i32' && cells instanceof Int32Array) ||
    (type === 'u16' && cells instanceof Uint16Array) ||
    (type === 'u8' && cells instanceof Uint8Array)
  if (own && cells.length === rows) return cells as unknown as NumberArray
  const out = arrayOf(type, rows)
  for (let i = 0; i < rows; i++) out[i] = cells[i] as number
  return out
}

/** What the cells of a narrow column are: whole numbers from `low` to `high` after multiplication by 10^decimals. */
type Scaled = { readonly decimals: number; readonly low: number; readonly high: number }

// A loop of its own for each sort of array: one that meets several is compiled for none of them.

const rangeOfWords = (cells: Int32Array): Scaled => {
  let low = cells[0] as number
  let high = low
  for (let i = 1; i < cells.length; i++) {
    const cell = cells[i] as number
    if (cell < low) low = cell
    else if (cell > high) high = cell
  }
  return { decimals: 0, low, high }
}

const rangeOfShorts = (cells: Uint16Array): Scaled => {
  let low = cells[0] as number
  let high = low
  for (let i = 1; i < cells.length; i++) {
    const cell = cells[i] as number
    if (cell < low) low = cell
    else if (cell > high) high = cell
  }
  return { decimals: 0, low, high }
}

const sameBytes = (cells: Uint8Array): boolean => {
  const first = cells[0]
  for (let i = 1; i < cells.length; i++) if (cells[i] !== first) return false
  return true
}

/** Whole numbers on their way into a frame, before they are made narrow. */
let deltas = new Uint32Array(8192)

const deltasFor = (rows: number): Uint32Array => {
  if (deltas.length < rows) deltas = new Uint32Array(rows)
  return deltas.subarray(0, rows)
}

/** The fewest decimals that every cell has exactly; undefined when there are none, for instance for NaN and −0. */
const decimalRange = (cells: Float64Array): Scaled | undefined => {
  let decimals = 0
  let power = 1
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as number
    let whole = Math.round(cell * power)
    while (whole / power !== cell) {
      if (decimals === MAX_DECIMALS) return undefined
      power = POWERS[++decimals] as number
      low *= 10
      high *= 10
      whole = Math.round(cell * power)
    }
    if (whole === 0 && Object.is(cell, -0)) return undefined
    if (whole < low) low = whole
    if (whole > high) high = whole
  }
  return low >= -MAX_SCALED && high <= MAX_SCALED ? { decimals, low, high } : undefined
}

const putFloats = (out: Unsigned, cells: Float64Array, { decimals, low }: Scaled): void => {
  const power = POWERS[decimals] as number
  const whole = deltasFor(out.length)
  for (let i = 0; i < whole.length; i++) whole[i] = Math.round((cells[i] as number) * power) - low
  out.set(whole)
}

const putWords = (out: Unsigned, cells: Int32Array, low: number): void => {
  const whole = deltasFor(out.length)
  for (let i = 0; i < whole.length; i++) whole[i] = (cells[i] as number) - low
  out.set(whole)
}

const putShorts = (out: Unsigned, cells: Uint16Array, low: number): void => {
  for (let i = 0; i < out.length; i++) out[i] = (cells[i] as number) - low
}

const isConstant = (cells: Float64Array): boolean => {
  const first = cells[0] as number
  for (let i = 1; i < cells.length; i++) if (!Object.is(cells[i], first)) return false
  return true
}

const plain = (type: NumberType, cells: NumberArray): Part[] => [
  headPart(Encoding.PLAIN, WIDTH[type]),
  bytesPart(cells),
]

const constant = (cells: NumberArray): Part[] => [
  headPart(Encoding.CONSTANT, 0),
  bytesPart(Float64Array.of(cells[0] as number)),
]

const narrow = (range: Scaled, rows: number, width: number, fill: (out: Unsigned) => void): Part[] => [
  headPart(Encoding.NARROW, width, range.decimals),
  bytesPart(Float64Array.of(range.low)),
  unsignedPart(width, rows, fill),
]

const floatParts = (cells: Float64Array<ArrayBuffer>): Part[] => {
  if (isConstant(cells)) return constant(cells)
  const range = decimalRange(cells)
  // Of infinities not even the difference is a number.
  if (!range || !(range.high - range.low <= 0xffff_ffff)) return plain('f64', cells)
  const width = widthFor(range.high - range.low)
  return narrow(range, cells.length, width, (out) => putFloats(out, cells, range))
}

const wordParts = (cells: Int32Array<ArrayBuffer>): Part[] => {
  const range = rangeOfWords(cells)
  if (range.low === range.high) return constant(cells)
  const width = widthFor(range.high - range.low)
  if (width === 4) return plain('i32', cells)
  return narrow(range, cells.length, width, (out) => putWords(out, cells, range.low))
}

const shortParts = (cells: Uint16Array<ArrayBuffer>): Part[] => {
  const range = rangeOfShorts(cells)
  if (range.low === range.high) return constant(cells)
  if (range.high - range.low > 0xff) return plain('u16', cells)
  return narrow(range, cells.length, 1, (out) => putShorts(out, cells, range.low))
}

/** A column of numbers in the shortest of its encodings. */
export const numberParts = (type: NumberType, given: ArrayLike<number>, rows: number): Part[] => {
  const cells = nativeCells(type, given, rows)
  if (rows === 0) return plain(type, cells)
  if (cells instanceof Float64Array) return floatParts(cells)
  if (cells instanceof Int32Array) return wordParts(cells)
  if (cells instanceof Uint16Array) return shortParts(cells)
  return sameBytes(cells) ? constant(cells) : plain('u8', cells)
}
