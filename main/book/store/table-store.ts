import type {
  ArrayOf,
  ColumnMap,
  ColumnsOf,
  ColumnType,
  RowOf,
  TableSchema,
} from '../../../shared/wire/schema.ts'
import { columnsHash, type StateHash } from '../../../shared/wire/state-hash.ts'
import { createIntMap } from './int-map.ts'
import type { TextPool } from './text-pool.ts'

/** Columns of our own beside the wire's, zero in a new row. Their names must differ from the wire's. */
export type ExtraMap = Readonly<Record<string, 'u8' | 'i32' | 'f64'>>

/** How a column is kept: numbers as on the wire, `dict` as codes of the text pool, `str` as texts. */
type KeptArray<T extends ColumnType> = T extends 'dict' ? Int32Array : T extends 'str' ? string[] : ArrayOf<T>

type TypedArray = Uint8Array | Uint16Array | Int32Array | Float64Array
type Kept = TypedArray | string[]

/**
 * All rows of one wire table in growing columns. Rows live in slots; a removed row's slot is used again. `columns` is
 * the same object for ever, its arrays are replaced when they grow: read them from it, do not keep them.
 */
export type TableStore<C extends ColumnMap, X extends ExtraMap> = {
  readonly columns: { [K in keyof C]: KeptArray<C[K]> } & { [K in keyof X]: ArrayOf<X[K]> }
  /** 1 where a slot holds a row. */
  readonly alive: () => Uint8Array
  readonly size: () => number
  /** All slots in use are below this. */
  readonly high: () => number
  /** Counts rows that came or went, so that whoever keeps a list of slots knows when it is old. */
  readonly membership: () => number
  readonly slotOf: (key: number | string) => number
  /** Makes room for so many rows, so that a snapshot does not move what it has again and again. */
  readonly reserve: (rows: number) => void
  /** Adds many rows at once; rows whose key is known replace the row they meet. */
  readonly putAll: (data: ColumnsOf<TableSchema>) => void
  /** Writes row `i` of `data` with its hash; answers the slot. */
  readonly put: (data: ColumnsOf<TableSchema>, i: number, hashA: number, hashB: number) => number
  /** Whether the slot's row hashes to this. */
  readonly same: (slot: number, hashA: number, hashB: number) => boolean
  readonly remove: (slot: number) => void
  readonly row: (slot: number) => RowOf<TableSchema<C>>
  /** State hash of all rows, kept up in O(1) a change. */
  readonly hash: () => StateHash
  readonly bytes: () => number
}

/** Where the keys are: integers or texts. */
export type KeyMap = {
  readonly size: () => number
  readonly get: (key: number | string) => number
  readonly set: (key: number | string, slot: number) => void
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
    delete: (key) => {
      slots.delete(key)
    },
    bytes: () => slots.size * 64,
  }
}

const FIRST_CAPACITY = 64
/** A snapshot may announce what it likes; more room than this is made only for rows that came. */
const MAX_RESERVED = 1 << 20

const arrayOf = (type: ColumnType, length: number): Kept => {
  switch (type) {
    case 'u8':
      return new Uint8Array(length)
    case 'u16':
      return new Uint16Array(length)
    case 'f64':
      return new Float64Array(length)
    case 'str':
      return []
    default:
      return new Int32Array(length)
  }
}

const longer = <A extends TypedArray>(old: A, length: number): A => {
  const next = new (old.constructor as new (n: number) => A)(length)
  next.set(old)
  return next
}

export const createTableStore = <const C extends ColumnMap, const X extends ExtraMap>(
  schema: TableSchema<C>,
  keyColumn: keyof C & string,
  keys: KeyMap,
  pool: TextPool,
  extras: X,
): TableStore<C, X> => {
  const made: Record<string, Kept> = {}
  const extraNames = Object.keys(extras)
  const plan = schema.names.map((name) => ({ name, type: schema.columns[name] as ColumnType }))
  for (const { name, type } of plan) made[name] = arrayOf(type, FIRST_CAPACITY)
  for (const name of extraNames) {
    if (name in made) throw new TypeError(`${schema.name}.${name} is a column of the wire`)
    made[name] = arrayOf(extras[name] as ColumnType, FIRST_CAPACITY)
  }
  // An object that grew name by name is a hash table to V8; its copy has fixed places, which makes hot loops fast.
  const columns = { ...made }
  let alive = new Uint8Array(FIRST_CAPACITY)
  let hashesA = new Uint32Array(FIRST_CAPACITY)
  let hashesB = new Uint32Array(FIRST_CAPACITY)
  const free: number[] = []
  let high = 0
  let membership = 0
  let sumA = 0
  let sumB = 0

  const ensure = (length: number): void => {
    if (length <= alive.length) return
    const capacity = Math.max(length, alive.length * 2)
    alive = longer(alive, capacity)
    hashesA = longer(hashesA as never, capacity)
    hashesB = longer(hashesB as never, capacity)
    for (const name in columns) {
      const column = columns[name] as Kept
      if (!Array.isArray(column)) columns[name] = longer(column, capacity)
    }
  }

  const addHash = (slot: number, a: number, b: number): void => {
    hashesA[slot] = a
    hashesB[slot] = b
    sumA = (sumA + a) >>> 0
    sumB = (sumB + b) >>> 0
  }
  const dropHash = (slot: number): void => {
    sumA = (sumA - (hashesA[slot] as number)) >>> 0
    sumB = (sumB - (hashesB[slot] as number)) >>> 0
  }

  const newSlot = (key: number | string): number => {
    const slot = free.pop() ?? high++
    ensure(high)
    keys.set(key, slot)
    alive[slot] = 1
    membership++
    for (const name of extraNames) (columns[name] as TypedArray)[slot] = 0
    return slot
  }

  const put: TableStore<C, X>['put'] = (data, i, hashA, hashB) => {
    const given = data.columns as Record<string, ArrayLike<number | string>>
    const key = (given[keyColumn] as ArrayLike<number | string>)[i] as number | string
    const known = keys.get(key)
    const slot = known >= 0 ? known : newSlot(key)
    if (known >= 0) dropHash(slot)
    addHash(slot, hashA, hashB)
    for (const { name, type } of plan) {
      const cell = (given[name] as ArrayLike<number | string>)[i] as number | string
      const column = columns[name] as Kept
      if (type === 'dict') {
        const old = column[slot] as number
        column[slot] = pool.retain(cell as string)
        if (known >= 0) pool.release(old)
      } else column[slot] = cell
    }
    return slot
  }

  /** Rows 0…n−1 are all new: their slots are one block, copied column by column. */
  const putBlock = (
    data: ColumnsOf<TableSchema>,
    n: number,
    base: number,
    hashes: ReturnType<typeof columnsHash>,
  ): void => {
    high = base + n
    ensure(high)
    alive.fill(1, base, high)
    membership += n
    for (const { name, type } of plan) {
      const given = (data.columns as Record<string, Kept>)[name] as Kept
      const column = columns[name] as Kept
      if (type === 'str') for (let i = 0; i < n; i++) column[base + i] = given[i] as string
      else if (type === 'dict') for (let i = 0; i < n; i++) column[base + i] = pool.retain(given[i] as string)
      else (column as TypedArray).set((given as TypedArray).subarray(0, n), base)
    }
    for (const name of extraNames) (columns[name] as TypedArray).fill(0, base, high)
    for (let i = 0; i < n; i++) addHash(base + i, hashes.a[i] as number, hashes.b[i] as number)
  }

  return {
    columns: columns as TableStore<C, X>['columns'],
    alive: () => alive,
    size: keys.size,
    high: () => high,
    membership: () => membership,
    slotOf: keys.get,
    reserve: (rows) => ensure(Math.min(rows, MAX_RESERVED)),
    put,
    putAll: (data) => {
      const hashes = columnsHash(schema, data)
      const given = (data.columns as Record<string, ArrayLike<number | string>>)[keyColumn] as ArrayLike<
        number | string
      >
      let n = 0
      if (free.length === 0) {
        const base = high
        while (n < data.rows && keys.get(given[n] as number | string) < 0) {
          keys.set(given[n] as number | string, base + n)
          n++
        }
        putBlock(data, n, base, hashes)
      }
      for (let i = n; i < data.rows; i++) put(data, i, hashes.a[i] as number, hashes.b[i] as number)
    },
    same: (slot, hashA, hashB) => hashesA[slot] === hashA && hashesB[slot] === hashB,
    remove: (slot) => {
      keys.delete((columns[keyColumn] as Kept)[slot] as number | string)
      dropHash(slot)
      alive[slot] = 0
      membership++
      for (const { name, type } of plan) {
        if (type === 'dict') pool.release((columns[name] as Int32Array)[slot] as number)
        else if (type === 'str') (columns[name] as string[])[slot] = ''
      }
      free.push(slot)
    },
    row: (slot) => {
      const row: Record<string, number | string> = {}
      for (const { name, type } of plan) {
        const cell = (columns[name] as Kept)[slot] as number | string
        row[name] = type === 'dict' ? pool.text(cell as number) : cell
      }
      return row as RowOf<TableSchema<C>>
    },
    hash: () => ({ rows: keys.size(), a: sumA, b: sumB }),
    bytes: () => {
      let sum = alive.byteLength + hashesA.byteLength * 2 + free.length * 8 + keys.bytes()
      for (const name in columns) {
        const column = columns[name] as Kept
        sum += Array.isArray(column) ? column.length * 48 : column.byteLength
      }
      return sum
    },
  }
}
