import {
  type ColumnMap,
  type ColumnType,
  type DictColumn,
  type PackedOf,
  type RowOf,
  type TableSchema,
  type TextBlock,
  textAt,
} from '../wire/schema.ts'
import { columnsHash, rowObjectHash } from '../wire/state-hash.ts'
import { isNumbers, keptCell, packedCell, packedKeys, setText } from './kept-cells.ts'
import type { KeyMap } from './keys.ts'
import { createLateKeys } from './late-keys.ts'
import { createLateRows, type Waiting } from './late-rows.ts'
import { asRead, createPacker } from './pack.ts'
import { createRowHashes } from './row-hashes.ts'
import { createSlabs, type SlabColumn, type TypedArray } from './slab.ts'
import type { TextPool } from './text-pool.ts'
import type { ExtraMap, Kept, TableStore, Texts } from './types.ts'

const FIRST_CAPACITY = 64
/** A snapshot may announce what it likes; more room than this is made only for so many times the rows that came. */
export const MAX_RESERVED = 1 << 20
export const TRUSTED = 16

const asList = (): string[] => []

export const createTableStore = <
  const C extends ColumnMap,
  const X extends ExtraMap,
  S extends Texts = string[],
>(
  schema: TableSchema<C>,
  keyColumn: keyof C & string,
  keyMap: KeyMap,
  pool: TextPool,
  extras: X,
  newTexts: () => S = asList as () => S,
): TableStore<C, X, S> => {
  const extraNames = Object.keys(extras)
  for (const name of extraNames)
    if (name in schema.columns) throw new TypeError(`${schema.name}.${name} is a column of the wire`)
  const plan = schema.names.map((name) => ({ name, type: schema.columns[name] as ColumnType }))
  const ofWire = plan.filter((column): column is SlabColumn => column.type !== 'str')
  const ourOwn = extraNames.map((name) => ({ name, type: extras[name] as SlabColumn['type'] }))
  const made: Record<string, Kept> = createSlabs([...ofWire, ...ourOwn], FIRST_CAPACITY)
  for (const { name, type } of plan) if (type === 'str') made[name] = newTexts()
  // An object that grew name by name is a hash table to V8; its copy has fixed places, which makes hot loops fast.
  const columns = { ...made }
  const packer = createPacker(schema, pool)
  let alive = new Uint8Array(FIRST_CAPACITY)
  /** Slots the wire's columns have room for. */
  let wireRoom = FIRST_CAPACITY
  const free: number[] = []
  let high = 0
  /** Rows announced: room grows towards them in great steps, beyond them in small ones. */
  let expected = 0
  let membership = 0
  let writes = 0
  let rows = 0
  // Texts stay in the blocks they come in: there is nothing to write later.
  const lateNames = schema.names.filter((name) => schema.columns[name] !== 'str')
  const late = createLateRows(lateNames, (name, base, data) => writeLate(name, base, data))
  const keys = createLateKeys(keyMap, {
    keys: () => {
      late.settleColumn(keyColumn)
      return columns[keyColumn] as Int32Array
    },
    alive: () => alive,
  })

  /** Hashes of rows from the columns they are kept in. */
  const hashRows = (from: number, to: number): { slots: Int32Array; hashes: Int32Array } => {
    const until = Math.min(to, high)
    late.settle(from, until)
    const slots = new Int32Array(until - from)
    let n = 0
    for (let slot = from; slot < until; slot++) if (alive[slot] === 1) slots[n++] = slot
    const found = slots.subarray(0, n)
    if (n === 0) return { slots: found, hashes: found }
    return { slots: found, hashes: columnsHash(schema, asRead(packer(columns, found))) }
  }
  const hashes = createRowHashes(hashRows)
  hashes.ensure(FIRST_CAPACITY)

  const capacityFor = (length: number): number =>
    length <= expected
      ? Math.min(expected, Math.max(length, alive.length * TRUSTED))
      : Math.max(length, Math.ceil(alive.length * 1.5))

  const moveColumns = (moved: readonly SlabColumn[], capacity: number): void => {
    const slab = createSlabs(moved, capacity)
    for (const name in slab) {
      const column = slab[name] as TypedArray
      column.set(columns[name] as TypedArray)
      columns[name] = column
    }
  }

  const ensure = (length: number): void => {
    if (length <= alive.length) return
    const capacity = capacityFor(length)
    const before = alive
    alive = new Uint8Array(capacity)
    alive.set(before)
    hashes.ensure(capacity)
    moveColumns(ourOwn, capacity)
  }

  /** The wire's columns follow when the first of their cells is written: rows that wait need no room yet. */
  const ensureWire = (): void => {
    if (wireRoom >= alive.length) return
    wireRoom = alive.length
    moveColumns(ofWire, wireRoom)
  }

  const newSlot = (key: number | string): number => {
    const slot = free.pop() ?? high++
    ensure(high)
    ensureWire()
    keys.set(key, slot)
    hashes.touch(slot)
    alive[slot] = 1
    rows++
    membership++
    for (const name of extraNames) (columns[name] as TypedArray)[slot] = 0
    return slot
  }

  const slotFor = (key: number | string, hash: number): readonly [slot: number, known: boolean] => {
    writes++
    const found = keys.get(key)
    if (found >= 0) {
      late.settle(found, found + 1)
      hashes.touch(found)
      hashes.replace(found, hash)
      return [found, true]
    }
    const slot = newSlot(key)
    hashes.add(slot, hash)
    return [slot, false]
  }

  const putCells = (
    key: number | string,
    hash: number,
    cell: (name: string, type: ColumnType) => number | string,
  ): number => {
    const [slot, known] = slotFor(key, hash)
    for (const { name, type } of plan) {
      const column = columns[name] as Kept
      const value = cell(name, type)
      if (type === 'dict') {
        const codes = column as Int32Array
        const old = codes[slot] as number
        codes[slot] = pool.retain(value as string)
        if (known) pool.release(old)
      } else if (type === 'str') setText(column as Texts, slot, value as string)
      else (column as TypedArray)[slot] = value as number
    }
    return slot
  }

  const put: TableStore<C, X, S>['put'] = (data, i, hash) => {
    const given = data.columns as Readonly<Record<string, unknown>>
    const cell = (name: string, type: ColumnType) => packedCell(type, given[name], i)
    return putCells(cell(keyColumn, schema.columns[keyColumn] as ColumnType), hash, cell)
  }

  const putDict = (column: Int32Array, { words, codes }: DictColumn, n: number, base: number): void => {
    const holders = new Int32Array(words.length)
    for (let i = 0; i < n; i++) {
      const code = codes[i] as number
      holders[code] = (holders[code] as number) + 1
    }
    const own = holders.map((count, code) => (count > 0 ? pool.retain(words[code] as string, count) : 0))
    for (let i = 0; i < n; i++) column[base + i] = own[codes[i] as number] as number
  }

  const putTexts = (column: Texts, block: TextBlock, n: number, base: number): void => {
    if (Array.isArray(column)) for (let i = 0; i < n; i++) column[base + i] = textAt(block, i)
    else column.addBlock(base, n, block)
  }

  /** The next `n` slots are rows. */
  const claim = (n: number): void => {
    const base = high
    high = base + n
    ensure(high)
    alive.fill(1, base, high)
    rows += n
    membership += n
    writes += n
  }

  const writeLate = (name: string, base: number, data: Waiting): void => {
    ensureWire()
    const given = (data.columns as Record<string, unknown>)[name]
    if (schema.columns[name] === 'dict')
      putDict(columns[name] as Int32Array, given as DictColumn, data.rows, base)
    else data.into(name, columns[name] as TypedArray, base)
  }

  /** Rows 0…n−1 are all new: their slots are one block, copied column by column. */
  const putBlock = (data: PackedOf<TableSchema>, n: number, base: number): void => {
    claim(n)
    ensureWire()
    for (const { name, type } of plan) {
      const given = (data.columns as Record<string, unknown>)[name]
      const column = columns[name] as Kept
      if (type === 'str') putTexts(column as Texts, given as TextBlock, n, base)
      else if (type === 'dict') putDict(column as Int32Array, given as DictColumn, n, base)
      else if (!data.constant.has(name))
        (column as TypedArray).set((given as TypedArray).subarray(0, n), base)
      // Behind the slots that were ever used all is zero, extras too, and memory that nobody touched costs nothing.
      else if (!Object.is((given as TypedArray)[0], 0))
        (column as TypedArray).fill((given as TypedArray)[0] as number, base, high)
    }
  }

  /** Leaves the keys of the next rows for later, unless single rows came in between: then others may come a second time. */
  const takeLater = (n: number): boolean => {
    if (free.length > 0 || keyMap.size() > 0) return false
    keys.later(high, high + n)
    return true
  }

  /** Takes the keys of rows that are to follow all others, up to the first that is known; answers how many. */
  const newRows = (data: PackedOf<TableSchema>, later: boolean): number => {
    if (later && takeLater(data.rows)) return data.rows
    if (free.length > 0) return 0
    return keys.addNew(packedKeys(schema.columns[keyColumn] as ColumnType, data, keyColumn), high)
  }

  return {
    columns: columns as TableStore<C, X, S>['columns'],
    alive: () => alive,
    size: () => rows,
    high: () => high,
    membership: () => membership,
    writes: () => writes,
    slotOf: keys.get,
    reserve: (announced, trusted = 0) => {
      expected = Math.max(expected, announced)
      const now = Math.min(announced, Math.max(MAX_RESERVED, trusted))
      ensure(now)
      keys.reserve(now)
    },
    put,
    putAll: (data, putOff = 'nothing') => {
      const hashLater = putOff !== 'nothing'
      const base = high
      const n = newRows(data, putOff === 'keys and hashes')
      if (n > 0) {
        hashes.beforeBlock(base, hashLater)
        putBlock(data, n, base)
      }
      if (n > 0 && hashLater) hashes.putOff(base, base + n)
      if (n === data.rows && hashLater) return
      const rowHashes = columnsHash(schema, data)
      if (n > 0 && !hashLater) hashes.addBlock(base, rowHashes.subarray(0, n))
      for (let i = n; i < data.rows; i++) put(data, i, rowHashes[i] as number)
    },
    putLater: (data) => {
      if (!takeLater(data.rows)) return false
      const base = high
      hashes.beforeBlock(base, true)
      claim(data.rows)
      const given: Readonly<Record<string, unknown>> = data.columns
      for (const { name, type } of plan)
        if (type === 'str') putTexts(columns[name] as Texts, given[name] as TextBlock, data.rows, base)
      late.later(base, data)
      hashes.putOff(base, high)
      return true
    },
    cell: (name, slot) => {
      const waiting = late.cell(name, slot)
      if (waiting !== undefined) return waiting
      const kept = keptCell(columns[name] as Kept, slot)
      return schema.columns[name] === 'dict' ? pool.text(kept as number) : kept
    },
    column: (name) => {
      late.settleColumn(name as string)
      return columns[name as string] as never
    },
    settle: (from = 0, to = high) => late.settle(from, to),
    putRow: (row) => {
      const cells = row as Record<string, number | string>
      return putCells(
        cells[keyColumn] as number | string,
        rowObjectHash(schema, row),
        (name) => cells[name] as number | string,
      )
    },
    same: hashes.same,
    remove: (slot) => {
      late.settle(slot, slot + 1)
      keys.delete(keptCell(columns[keyColumn] as Kept, slot))
      hashes.touch(slot)
      hashes.remove(slot)
      alive[slot] = 0
      rows--
      membership++
      writes++
      for (const { name, type } of plan) {
        if (type === 'dict') pool.release((columns[name] as Int32Array)[slot] as number)
        else if (type === 'str') setText(columns[name] as Texts, slot, '')
      }
      free.push(slot)
    },
    row: (slot) => {
      late.settle(slot, slot + 1)
      const row: Record<string, number | string> = {}
      for (const { name, type } of plan) {
        const cell = keptCell(columns[name] as Kept, slot)
        row[name] = type === 'dict' ? pool.text(cell as number) : cell
      }
      return row as RowOf<TableSchema<C>>
    },
    pack: (slots) => {
      late.settle(0, high)
      return packer(columns, slots)
    },
    hash: hashes.sum,
    catchUp: (wanted) => {
      late.catchUp(wanted)
      return late.waiting() ? 0 : Math.min(keys.catchUp(wanted), hashes.catchUp(wanted))
    },
    unhashed: hashes.waiting,
    compare: hashes.compare,
    bytes: () => {
      let total = late.bytes() + alive.byteLength + hashes.bytes() + free.length * 8 + keys.bytes()
      // Memory that waits for its rows was never touched, and is not there yet.
      const unwritten = wireRoom < alive.length ? 0 : late.rows()
      for (const name in columns) {
        const column = columns[name] as Kept
        if (isNumbers(column))
          total += (column.length - (name in extras ? 0 : unwritten)) * column.BYTES_PER_ELEMENT
        else total += Array.isArray(column) ? column.length * 48 : column.bytes()
      }
      return total
    },
  }
}
