/** Which row a document has, by collection and id. Knows ids by 64 bits of hash: a million take 24 MB, not 150. */
export type RowMap = {
  /** -1 when it has none. */
  readonly get: (collection: number, id: string) => number
  readonly set: (collection: number, id: string, row: number) => void
  readonly remove: (collection: number, id: string) => void
  readonly size: () => number
}

const EMPTY = -1
/** A place that was given up: looking goes on behind it. */
const GONE = -2
const FULLEST = 0.6

const hash = (seed: number, collection: number, id: string): number => {
  let h = Math.imul(seed ^ collection, 0x9e3779b1)
  for (let i = 0; i < id.length; i++) {
    h = Math.imul(h ^ id.charCodeAt(i), 0x85ebca6b)
    h = (h << 13) | (h >>> 19)
  }
  h = Math.imul(h ^ (h >>> 16), 0xc2b2ae35)
  return h ^ (h >>> 15)
}

export const createRowMap = (expected: number): RowMap => {
  let slots = 1 << Math.max(10, Math.ceil(Math.log2(Math.max(1, expected / FULLEST))))
  let first = new Int32Array(slots)
  let second = new Int32Array(slots)
  let rows = new Int32Array(slots).fill(EMPTY)
  let used = 0
  let size = 0

  /** Its slot, or where it would go. */
  const slotOf = (a: number, b: number): number => {
    let slot = a & (slots - 1)
    let free = -1
    while (rows[slot] !== EMPTY) {
      if (rows[slot] === GONE) {
        if (free < 0) free = slot
      } else if (first[slot] === a && second[slot] === b) return slot
      slot = (slot + 1) & (slots - 1)
    }
    return free < 0 ? slot : free
  }
  const put = (a: number, b: number, row: number): void => {
    const slot = slotOf(a, b)
    if (rows[slot] === EMPTY) used += 1
    if ((rows[slot] as number) < 0) size += 1
    first[slot] = a
    second[slot] = b
    rows[slot] = row
  }
  const grow = (): void => {
    const [oldFirst, oldSecond, oldRows] = [first, second, rows]
    if (size > slots * FULLEST * 0.5) slots *= 2
    first = new Int32Array(slots)
    second = new Int32Array(slots)
    rows = new Int32Array(slots).fill(EMPTY)
    used = 0
    size = 0
    oldRows.forEach((row, i) => {
      if (row >= 0) put(oldFirst[i] as number, oldSecond[i] as number, row)
    })
  }

  return {
    get: (collection, id) => {
      const row = rows[slotOf(hash(1, collection, id), hash(2, collection, id))] as number
      return row < 0 ? -1 : row
    },
    set: (collection, id, row) => {
      if (used >= slots * FULLEST) grow()
      put(hash(1, collection, id), hash(2, collection, id), row)
    },
    remove: (collection, id) => {
      const slot = slotOf(hash(1, collection, id), hash(2, collection, id))
      if ((rows[slot] as number) < 0) return
      rows[slot] = GONE
      size -= 1
    },
    size: () => size,
  }
}
