import type { ViewFilter } from '../../../shared/api/views.ts'
import type { TableSchema } from '../../../shared/wire/schema.ts'

/** A number by which rows are put in order. */
export type RowKey = (id: number) => number

/** Writes the keys of rows `from`…`to`−1 of a list as they were when the column was frozen. */
export type FrozenKeys = (ids: Int32Array, from: number, to: number, keys: Float64Array) => void

/** A column of a view, read row by row. Texts also know their order. */
export type ViewColumn =
  | {
      readonly kind: 'number'
      readonly at: (id: number) => number
      /** Writes what `at` answers (or what sorts alike) for many rows, where that is much faster than asking one by one. */
      readonly fill?: (ids: Int32Array, n: number, keys: Float64Array) => void
      /** Takes down, in a few copies, what all keys depend on; they can then be written bit by bit as they were. */
      readonly freeze?: () => FrozenKeys
    }
  | {
      readonly kind: 'text'
      readonly at: (id: number) => string
      /** Answers how to look up a row's place in the order of texts, for the given rows. */
      readonly ranks: (ids: Int32Array, n: number) => RowKey
    }

/** Rows a view can show. A row is an id: a slot of the world's tables or a place in a list worked out for the view. */
export type ViewSource = {
  readonly table: TableSchema
  /** How many rows there are, whatever the filter. */
  readonly all: () => number
  /** At most so many ids are selected. */
  readonly capacity: () => number
  /** All ids are below this. */
  readonly idLimit: () => number
  /** Writes the ids that pass the filter; answers how many. Parts of a filter that a kind has no column for do not count. */
  readonly select: (filter: ViewFilter, out: Int32Array) => number
  /** Stays the same as long as the same rows pass the filter, as far as is known; without it they are looked up anew. */
  readonly members?: (filter: ViewFilter) => number | string
  /** Whether the row is there still; without it every row is until rows are looked up anew. */
  readonly alive?: (id: number) => boolean
  /** What each row is, beyond its id, by id: a slot may be used again by another. Null where ids say it all. */
  readonly identities: () => ArrayLike<number> | null
  /** Order among rows that sort alike. */
  readonly ties: (ids: Int32Array, n: number) => RowKey
  readonly columns: Readonly<Record<string, ViewColumn>>
  /** Sums over the given rows, which are all that pass the filter; blanks count as zero, money is rounded at the end. */
  readonly totals: (ids: Int32Array, n: number, filter: ViewFilter) => Record<string, number>
}

export const numberColumn = (
  at: (id: number) => number,
  fill?: (ids: Int32Array, n: number, keys: Float64Array) => void,
): ViewColumn => (fill ? { kind: 'number', at, fill } : { kind: 'number', at })

/** A blank counts as nothing in a sum. */
export const orZero = (value: number): number => (value - value === 0 ? value : 0)
