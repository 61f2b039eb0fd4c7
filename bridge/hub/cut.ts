import type { TextCells } from '../../shared/table/text-cells.ts'
import type { TextPool } from '../../shared/table/text-pool.ts'
import type { TableStore } from '../../shared/table/types.ts'
import type { ColumnInput } from '../../shared/wire/columns.ts'
import type { ColumnMap, TableSchema } from '../../shared/wire/schema.ts'
import { createTextSize } from './row-check.ts'

/** `born`: cuts that were made before the row came. */
export type CutStore = TableStore<ColumnMap, { born: 'i32' }, TextCells>

/** Where rows stand among those of their table; in this order they are sent. */
export type Places = {
  /** All places are below this. */
  readonly places: number
  /** The place of a key's row, -1 when there is none. */
  readonly placeOf: (key: number | string) => number
}

/** Another order of a cut's slots, to be made little by little while the table changes. */
export type SlotOrder = {
  /** Does so much of the work: a part of the whole. */
  readonly step: (part: number) => void
  /** The slots, after doing what is left; undefined: they are in this order already. */
  readonly slots: () => Int32Array | undefined
}

/** The rows of a table at one moment, to be read little by little while it changes. Nothing is copied. */
export type Cut = Places & {
  readonly rows: number
  /** Does a part of what has to be done before the first row, such as 1/8; the first `next` does what is left. */
  readonly prepare: (part: number) => void
  /**
   * The next at most so many rows of about so many bytes (one at least), good until the table changes: those of the cut
   * that still stand, as they are now. No rows: that was all.
   */
  readonly next: (rows: number, bytes: number) => ColumnInput<TableSchema>
}

/**
 * Rows keep their slots while they stand, and a row that came behind the cut says so, whatever slot it got: so slot by
 * slot every row of the cut that still stands is met once, and no other.
 *
 * @param order in which the slots are met, if not in their own
 */
export const createCut = (
  schema: TableSchema,
  store: CutStore,
  pool: TextPool,
  number: number,
  order?: SlotOrder,
): Cut => {
  const high = store.high()
  const { fixed, texts } = createTextSize(schema)
  let at = 0

  const lengthsOf = (column: Int32Array | TextCells): ((slot: number) => number) =>
    'lengthAt' in column ? column.lengthAt : (slot) => pool.text(column[slot] as number).length

  /** Columns whose texts may weigh: dictionary columns only if there is a long word at all. */
  const heavy = () =>
    texts
      .filter(({ name, free }) => schema.columns[name] === 'str' || pool.longest() > free)
      .map(({ name, free }) => ({ lengthAt: lengthsOf(store.columns[name] as Int32Array | TextCells), free }))

  /** How many of the slots make up so many bytes, one at least. */
  const fitting = (columns: ReturnType<typeof heavy>, slots: Int32Array, n: number, most: number): number => {
    const sizes = new Int32Array(n).fill(fixed)
    for (const { lengthAt, free } of columns)
      for (let i = 0; i < n; i++) {
        const length = lengthAt(slots[i] as number)
        if (length > free) sizes[i] = (sizes[i] as number) + length
      }
    let sum = 0
    for (let i = 0; i < n; i++) {
      sum += sizes[i] as number
      if (i > 0 && sum > most) return i
    }
    return n
  }

  return {
    rows: store.size(),
    places: high,
    placeOf: (key) => {
      const slot = store.slotOf(key)
      return slot < high ? slot : -1
    },
    prepare: (part) => order?.step(part),
    next: (rows, bytes) => {
      const inOrder = order?.slots()
      const end = inOrder?.length ?? high
      const alive = store.alive()
      const { born } = store.columns
      const columns = heavy()
      const most = columns.length > 0 ? rows : Math.min(rows, Math.max(1, Math.floor(bytes / fixed)))
      const slots = new Int32Array(Math.min(most, end - at))
      /** Where each of them is in the order. */
      const ats = new Int32Array(slots.length)
      let n = 0
      for (; at < end && n < slots.length; at++) {
        const slot = inOrder ? (inOrder[at] as number) : at
        if (alive[slot] !== 1 || (born[slot] as number) > number) continue
        ats[n] = at
        slots[n++] = slot
      }
      const light = columns.length > 0 ? fitting(columns, slots, n, bytes) : n
      if (light < n) at = ats[light] as number
      return store.pack(slots.subarray(0, light))
    },
  }
}
