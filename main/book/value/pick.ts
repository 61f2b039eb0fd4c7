/**
 * Cells of the given rows of a column, in fresh arrays. One function a type of cell: V8 compiles each for its own. Where the
 * rows are all from the first on, as nearly always, they are copied as they lie.
 */

/** Whether rows, which are in order, are 0…n−1. */
const together = (rows: Int32Array, n: number): boolean => n === 0 || rows[n - 1] === n - 1

export const pickDoubles = (column: Float64Array, rows: Int32Array, n: number): Float64Array => {
  if (together(rows, n)) return column.slice(0, n)
  const out = new Float64Array(n)
  for (let i = 0; i < n; i++) out[i] = column[rows[i] as number] as number
  return out
}

export const pickIntegers = (column: Int32Array, rows: Int32Array, n: number): Int32Array => {
  if (together(rows, n)) return column.slice(0, n)
  const out = new Int32Array(n)
  for (let i = 0; i < n; i++) out[i] = column[rows[i] as number] as number
  return out
}

export const pickCounts = (column: Uint32Array, rows: Int32Array, n: number): Int32Array => {
  const out = new Int32Array(n)
  if (together(rows, n)) out.set(column.subarray(0, n))
  else for (let i = 0; i < n; i++) out[i] = column[rows[i] as number] as number
  return out
}

export const pickBytes = (column: Uint8Array, rows: Int32Array, n: number): Uint8Array => {
  if (together(rows, n)) return column.slice(0, n)
  const out = new Uint8Array(n)
  for (let i = 0; i < n; i++) out[i] = column[rows[i] as number] as number
  return out
}
