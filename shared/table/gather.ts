/** Cells of some rows of a column, in the order of the rows, in an array of their own. */

export type Numbers = Uint8Array | Uint16Array | Int32Array | Float64Array

// A loop of its own for each sort of array: one that meets several is compiled for none of them.

export const gatherBytes = (column: Uint8Array, slots: Int32Array): Uint8Array => {
  const out = new Uint8Array(slots.length)
  for (let i = 0; i < slots.length; i++) out[i] = column[slots[i] as number] as number
  return out
}

const gatherShorts = (column: Uint16Array, slots: Int32Array): Uint16Array => {
  const out = new Uint16Array(slots.length)
  for (let i = 0; i < slots.length; i++) out[i] = column[slots[i] as number] as number
  return out
}

export const gatherWords = (column: Int32Array, slots: Int32Array): Int32Array => {
  const out = new Int32Array(slots.length)
  for (let i = 0; i < slots.length; i++) out[i] = column[slots[i] as number] as number
  return out
}

export const gatherFloats = (column: Float64Array, slots: Int32Array): Float64Array => {
  const out = new Float64Array(slots.length)
  for (let i = 0; i < slots.length; i++) out[i] = column[slots[i] as number] as number
  return out
}

export const gather = (column: Numbers, slots: Int32Array): Numbers => {
  if (column instanceof Float64Array) return gatherFloats(column, slots)
  if (column instanceof Int32Array) return gatherWords(column, slots)
  return column instanceof Uint16Array ? gatherShorts(column, slots) : gatherBytes(column, slots)
}
