import type { KeyMap } from './keys.ts'

/**
 * Keys of rows that came in great blocks and are taken into a map later, when there is time for it: half a million of them
 * in no order cost more than all else that is done with a snapshot's keys. Until then the few that are asked for are
 * looked for one by one in their column.
 */
export type LateKeys = KeyMap & {
  /** The rows of slots `from` … `to`−1, all behind those that wait already, are taken in later. */
  readonly later: (from: number, to: number) => void
  /** Takes in at most so many; answers how many it need not have done. */
  readonly catchUp: (keys: number) => number
}

/** The rows of the table the keys are of. */
export type KeyedRows = {
  /** The keys by slot. */
  readonly keys: () => ArrayLike<number | string>
  /** 1 where a slot holds a row. */
  readonly alive: () => Uint8Array
}

/** So many are looked for in the column; whoever asks for more gets the map. */
const MAX_SEARCHES = 64

/** @param map of numbers where rows are put off: their column is searched as an Int32Array */
export const createLateKeys = (map: KeyMap, rows: KeyedRows): LateKeys => {
  /** Rows of these slots are not in the map, unless they changed since. */
  let from = 0
  let to = 0
  let searches = 0

  const catchUp = (keys: number): number => {
    const end = Math.min(to, from + keys)
    const done = end - from
    const column = rows.keys()
    const alive = rows.alive()
    map.reserve(map.size() + to - from)
    for (; from < end; from++) if (alive[from] === 1) map.set(column[from] as number, from)
    return keys - done
  }
  const catchUpWithAll = (): void => {
    catchUp(Number.POSITIVE_INFINITY)
  }

  const search = (key: number | string): number => {
    if (++searches > MAX_SEARCHES) {
      catchUpWithAll()
      return map.get(key)
    }
    const column = rows.keys() as Int32Array
    const alive = rows.alive()
    for (
      let at = column.indexOf(key as number, from);
      at >= 0 && at < to;
      at = column.indexOf(key as number, at + 1)
    )
      if (alive[at] === 1) return at
    return -1
  }

  return {
    size: () => {
      catchUpWithAll()
      return map.size()
    },
    get: (key) => {
      const known = map.get(key)
      return known >= 0 || from === to ? known : search(key)
    },
    set: map.set,
    addNew: (keys, base) => {
      catchUpWithAll()
      return map.addNew(keys, base)
    },
    reserve: map.reserve,
    delete: map.delete,
    bytes: map.bytes,
    later: (first, end) => {
      if (from === to) from = first
      to = end
      searches = 0
    },
    catchUp,
  }
}
