import { createIntMap } from './int-map.ts'

/** Where the rows of a table are by key: integers or texts. */
export type KeyMap = {
  readonly size: () => number
  /** Slot of a key, -1 when there is none. */
  readonly get: (key: number | string) => number
  readonly set: (key: number | string, slot: number) => void
  /** Gives the keys the slots from `base` on, up to the first key that is known; answers how many. */
  readonly addNew: (keys: ArrayLike<number | string>, base: number) => number
  readonly reserve: (entries: number) => void
  readonly delete: (key: number | string) => void
  readonly bytes: () => number
}

/** Keys that are positive 32-bit integers. */
export const createNumberKeys = (): KeyMap => createIntMap() as KeyMap

export const createTextKeys = (): KeyMap => {
  const slots = new Map<number | string, number>()
  return {
    size: () => slots.size,
    get: (key) => slots.get(key) ?? -1,
    set: (key, slot) => {
      slots.set(key, slot)
    },
    addNew: (keys, base) => {
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i] as string
        if (slots.has(key)) return i
        slots.set(key, base + i)
      }
      return keys.length
    },
    reserve: () => {},
    delete: (key) => {
      slots.delete(key)
    },
    bytes: () => slots.size * 64,
  }
}
