import { gatherBytes, gatherFloats, gatherWords } from '../../../shared/table/gather.ts'

/**
 * Cells of the first `n` of the given rows of a column, in fresh arrays. Where the rows are all from the first on, as
 * nearly always, they are copied as they lie.
 */

/** Whether rows, which are in order, are 0…n−1. */
const together = (rows: Int32Array, n: number): boolean => n === 0 || rows[n - 1] === n - 1

export const pickDoubles = (column: Float64Array, rows: Int32Array, n: number): Float64Array =>
  together(rows, n) ? column.slice(0, n) : gatherFloats(column, rows.subarray(0, n))

export const pickIntegers = (column: Int32Array, rows: Int32Array, n: number): Int32Array =>
  together(rows, n) ? column.slice(0, n) : gatherWords(column, rows.subarray(0, n))

export const pickBytes = (column: Uint8Array, rows: Int32Array, n: number): Uint8Array =>
  together(rows, n) ? column.slice(0, n) : gatherBytes(column, rows.subarray(0, n))

/** Counts, which are small, as the integers of a wire. */
export const pickCounts = (column: Uint32Array, rows: Int32Array, n: number): Int32Array =>
  pickIntegers(new Int32Array(column.buffer, column.byteOffset, column.length), rows, n)
