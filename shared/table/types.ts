import type { ColumnInput } from '../wire/columns.ts'
import type { ArrayOf, ColumnMap, ColumnType, PackedOf, RowOf, TableSchema } from '../wire/schema.ts'
import type { StateHash } from '../wire/state-hash.ts'
import type { Waiting } from './late-rows.ts'
import type { TypedArray } from './slab.ts'
import type { TextCells } from './text-cells.ts'

/** Columns of our own beside the wire's, zero in a new row. Their names must differ from the wire's. */
export type ExtraMap = Readonly<Record<string, 'u8' | 'i32' | 'f64'>>

/** How a column is kept: numbers as on the wire, `dict` as codes of the text pool, `str` as a list or as blocks of texts. */
export type KeptArray<T extends ColumnType, S> = T extends 'dict'
  ? Int32Array
  : T extends 'str'
    ? S
    : ArrayOf<T>

export type Texts = string[] | TextCells
export type Kept = TypedArray | Texts

/**
 * All rows of one wire table in growing columns. Rows live in slots; a removed row's slot is used again. `columns` is
 * the same object for ever, its arrays are replaced when they grow: read them from it, do not keep them.
 */
export type TableStore<C extends ColumnMap, X extends ExtraMap, S extends Texts = string[]> = {
  readonly columns: { [K in keyof C]: KeptArray<C[K], S> } & { [K in keyof X]: ArrayOf<X[K]> }
  /** 1 where a slot holds a row. */
  readonly alive: () => Uint8Array
  readonly size: () => number
  /** All slots in use are below this. */
  readonly high: () => number
  /** Counts rows that came or went, so that whoever keeps a list of slots knows when it is old. */
  readonly membership: () => number
  /** Counts everything that happened to rows. */
  readonly writes: () => number
  readonly slotOf: (key: number | string) => number
  /**
   * Makes room for so many rows, so that a snapshot does not move what it has again and again. `trusted`: up to so many
   * at once, however many that is.
   */
  readonly reserve: (announced: number, trusted?: number) => void
  /**
   * Adds many rows at once; rows whose key is known replace the row they meet. What is put off is left for when it is
   * needed, or for `catchUp`.
   */
  readonly putAll: (data: PackedOf<TableSchema>, putOff?: PutOff) => void
  /**
   * Takes rows in as they came: they have their slots, and all else is left for when it is needed, or for `catchUp`. Until
   * then `columns` lack them, and who reads those calls `settle` before. As to keys see `PutOff`. False: single rows came
   * before, and nothing was done.
   */
  readonly putLater: (data: Waiting) => boolean
  /** A cell of a row, which may wait; texts of columns of few words. */
  readonly cell: (name: keyof C & string, slot: number) => number | string
  /** A column with the cells of all rows, of those that wait, too. */
  readonly column: <K extends keyof C>(name: K) => KeptArray<C[K], S>
  /** Writes what waits of the rows of slots `from` … `to`−1, or of all, into the columns. */
  readonly settle: (from?: number, to?: number) => void
  /** Writes row `i` of `data` with its hash; answers the slot. */
  readonly put: (data: PackedOf<TableSchema>, i: number, hash: number) => number
  /** Writes a row given as an object; answers the slot. */
  readonly putRow: (row: RowOf<TableSchema<C>>) => number
  /** Whether the slot's row hashes to this. */
  readonly same: (slot: number, hash: number) => boolean
  readonly remove: (slot: number) => void
  readonly row: (slot: number) => RowOf<TableSchema<C>>
  /** The rows of these slots, in any order, as an encoder takes them; good until the next change. */
  readonly pack: (slots: Int32Array) => ColumnInput<TableSchema<C>>
  /** State hash of all rows, kept up in O(1) a change. */
  readonly hash: () => StateHash
  /** Does what was put off for at most about so many rows; answers how many it need not have done. */
  readonly catchUp: (rows: number) => number
  /** About how many rows have their hashes left for later. */
  readonly unhashed: () => number
  /** Calls `differs` if the rows of this moment do not hash to this: as soon as all of them are hashed. */
  readonly compare: (expected: StateHash, differs: () => void) => void
  readonly bytes: () => number
}

/**
 * What is not done at once of rows that come in: their hashes, or finding them by number too. The latter where the blocks
 * of a table have no row in common: of two with one key both would stay, and only the hash of the table would tell.
 */
export type PutOff = 'nothing' | 'hashes' | 'keys and hashes'
