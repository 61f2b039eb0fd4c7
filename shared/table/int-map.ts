/** Map of positive 32-bit integers to slots in one typed array (open addressing): no object and no boxed number an entry. */
export type IntMap = {
  readonly size: () => number
  /** Slot of a key, -1 when there is none. */
  readonly get: (key: number) => number
  readonly set: (key: number, slot: number) => void
  /** Gives the keys the slots from `base` on, up to the first key that is known; answers how many. */
  readonly addNew: (keys: ArrayLike<number>, base: number) => number
  /** Makes room for so many entries. */
  readonly reserve: (entries: number) => void
  readonly delete: (key: number) => void
  readonly bytes: () => number
}

const EMPTY = 0
/** Entries that share a line of the processor's cache: neighbouring keys, as tickets and logins are, lie side by side. */
const BLOCK = 8
const MAX_LOAD = 0.7
const FIRST_BLOCKS = 2
/** 2^32 divided by the golden ratio spreads neighbours, and keys in equal steps, evenly. */
const GOLDEN = 0x9e3779b1

export const createIntMap = (): IntMap => {
  /** Key and slot in turn. */
  let table = new Int32Array(FIRST_BLOCKS * BLOCK * 2)
  let places = FIRST_BLOCKS * BLOCK
  let blockShare = FIRST_BLOCKS / 2 ** 32
  let size = 0

  const home = (key: number): number =>
    Math.floor((Math.imul(key >>> 3, GOLDEN) >>> 0) * blockShare) * BLOCK + (key & (BLOCK - 1))
  const after = (place: number): number => (place + 1 === places ? 0 : place + 1)
  const find = (key: number): number => {
    let i = home(key)
    while (table[2 * i] !== key && table[2 * i] !== EMPTY) i = after(i)
    return i
  }
  const grow = (blocks: number): void => {
    const old = table
    places = blocks * BLOCK
    blockShare = blocks / 2 ** 32
    table = new Int32Array(places * 2)
    for (let i = 0; i < old.length; i += 2) {
      const key = old[i] as number
      if (key === EMPTY) continue
      const at = find(key)
      table[2 * at] = key
      table[2 * at + 1] = old[i + 1] as number
    }
  }
  const reserve = (entries: number): void => {
    const blocks = Math.ceil(entries / MAX_LOAD / BLOCK)
    if (blocks * BLOCK > places) grow(blocks)
  }
  const makeRoom = (): boolean => {
    if (size < places * MAX_LOAD) return false
    grow(Math.ceil((places / BLOCK) * 1.5))
    return true
  }

  return {
    size: () => size,
    get: (key) => {
      if (key === EMPTY) return -1
      const at = find(key)
      return table[2 * at] === key ? (table[2 * at + 1] as number) : -1
    },
    set: (key, slot) => {
      let at = find(key)
      if (table[2 * at] === EMPTY) {
        if (makeRoom()) at = find(key)
        table[2 * at] = key
        size++
      }
      table[2 * at + 1] = slot
    },
    addNew: (keys, base) => {
      if (size + keys.length > places * MAX_LOAD)
        reserve(Math.max(size + keys.length, Math.ceil(places * MAX_LOAD * 1.5)))
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i] as number
        const at = find(key)
        if (table[2 * at] === key) return i
        table[2 * at] = key
        table[2 * at + 1] = base + i
        size++
      }
      return keys.length
    },
    reserve,
    delete: (key) => {
      let hole = find(key)
      if (table[2 * hole] !== key) return
      size--
      // Entries behind the hole move up unless they would land before their home.
      for (let i = after(hole); table[2 * i] !== EMPTY; i = after(i)) {
        const distance = (i - home(table[2 * i] as number) + places) % places
        if (distance < (i - hole + places) % places) continue
        table[2 * hole] = table[2 * i] as number
        table[2 * hole + 1] = table[2 * i + 1] as number
        hole = i
      }
      table[2 * hole] = EMPTY
    },
    bytes: () => table.byteLength,
  }
}
