/** A growing list of row numbers, each once, in no order: for sets too small for a bit a row. */
export type RowList = {
  readonly add: (row: number) => void
  /** The rows, to read at once. */
  readonly rows: () => Uint32Array
}

export const createRowList = (expected: number): RowList => {
  let rows = new Uint32Array(expected)
  let count = 0
  return {
    add: (row) => {
      if (count === rows.length) {
        const larger = new Uint32Array(count + (count >>> 2) + 16)
        larger.set(rows)
        rows = larger
      }
      rows[count] = row
      count += 1
    },
    rows: () => rows.subarray(0, count),
  }
}
