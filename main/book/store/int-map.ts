import { avalanche } from '../../../shared/wire/checksum.ts'

/** Map of positive 32-bit integers to slots in two typed arrays (open addressing): no object and no boxed number an entry. */
export type IntMap = {
  readonly size: () => number
  /** Slot of a key, -1 when there is none. */
  readonly get: (key: number) => number
  readonly set: (key: number, slot: number) => void
  readonly delete: (key: number) => void
  readonly bytes: () => number
}

const EMPTY = 0

export const createIntMap = (): IntMap => {
  let keys = new Int32Array(16)
  let slots = new Int32Array(16)
  let size = 0

  const home = (key: number): number => avalanche(key) & (keys.length - 1)
  const find = (key: number): number => {
    const mask = keys.length - 1
    let i = home(key)
    while (keys[i] !== key && keys[i] !== EMPTY) i = (i + 1) & mask
    return i
  }
  const grow = (): void => {
    const [oldKeys, oldSlots] = [keys, slots]
    keys = new Int32Array(oldKeys.length * 2)
    slots = new Int32Array(oldKeys.length * 2)
    for (let i = 0; i < oldKeys.length; i++) {
      const key = oldKeys[i] as number
      if (key === EMPTY) continue
      const at = find(key)
      keys[at] = key
      slots[at] = oldSlots[i] as number
    }
  }

  return {
    size: () => size,
    get: (key) => {
      if (key === EMPTY) return -1
      const at = find(key)
      return keys[at] === key ? (slots[at] as number) : -1
    },
    set: (key, slot) => {
      let at = find(key)
      if (keys[at] === EMPTY) {
        if (size * 2 >= keys.length) {
          grow()
          at = find(key)
        }
        keys[at] = key
        size++
      }
      slots[at] = slot
    },
    delete: (key) => {
      let hole = find(key)
      if (keys[hole] !== key) return
      const mask = keys.length - 1
      size--
      // Entries behind the hole move up unless they would land before their home.
      for (let i = (hole + 1) & mask; keys[i] !== EMPTY; i = (i + 1) & mask) {
        const distance = (i - home(keys[i] as number)) & mask
        if (distance < ((i - hole) & mask)) continue
        keys[hole] = keys[i] as number
        slots[hole] = slots[i] as number
        hole = i
      }
      keys[hole] = EMPTY
    },
    bytes: () => keys.byteLength + slots.byteLength,
  }
}
