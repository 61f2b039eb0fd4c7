import {
  ChangeKind,
  type RecordStream,
  recordKeys,
  recordStreams,
  recordTables,
} from '../../shared/bridge/streams.ts'
import { createNumberKeys, createTextKeys } from '../../shared/table/keys.ts'
import { asRead } from '../../shared/table/pack.ts'
import { createTableStore } from '../../shared/table/table-store.ts'
import { createTextCells } from '../../shared/table/text-cells.ts'
import { createTextPool, type TextPool } from '../../shared/table/text-pool.ts'
import { packRows } from '../../shared/wire/columns.ts'
import type { TableSchema } from '../../shared/wire/schema.ts'
import type { StateHash } from '../../shared/wire/state-hash.ts'
import { createAccountOrder } from './account-order.ts'
import { type Cut, type CutStore, createCut, type Places } from './cut.ts'
import { BridgeError } from './errors.ts'
import { blankRow, createRowCheck, createRowSize, type Row } from './row-check.ts'

export type Key = number | string

/** One record table: its rows in columns, their hash, the number of its last change. */
export type Table = {
  readonly stream: RecordStream
  readonly schema: TableSchema
  readonly size: () => number
  readonly get: (key: Key) => Row | undefined
  readonly hash: () => StateHash
  readonly seq: () => number
  /** @throws BridgeError SOURCE_ROW */
  readonly check: (row: Row) => void
  /** About how many bytes a row takes. */
  readonly sizeOf: (row: Row) => number
  /** Takes checked rows in without a number: the state a source starts from. */
  readonly load: (rows: readonly Row[]) => void
  /** Takes a checked change in. Answers the row to hand on, or undefined when nothing was there to delete. */
  readonly apply: (kind: ChangeKind, row: Row) => Row | undefined
  /**
   * The rows of this moment, to be read little by little while the table changes. Nothing is copied. With `accounts` the
   * rows are trades and come account by account, as these are placed.
   */
  readonly cut: (accounts?: Places) => Cut
  /**
   * Puts trades into the order in which they are sent, so that reading them goes straight through the columns. For a
   * table that was just loaded.
   */
  readonly arrange: (accounts: Places) => void
  readonly reset: (seq: number) => void
  /** Goes on with the same rows at another number. */
  readonly renumber: (seq: number) => void
}

const keysOf = (schema: TableSchema, key: string) =>
  schema.columns[key] === 'str' ? createTextKeys() : createNumberKeys()

const createStore = (schema: TableSchema, key: string, pool: TextPool): CutStore =>
  createTableStore(schema, key, keysOf(schema, key), pool, { born: 'i32' }, createTextCells)

/** Rows put into order at once. */
const ARRANGED = 8192

const createTable = (stream: RecordStream): Table => {
  const schema: TableSchema = recordTables[stream]
  const key = recordKeys[stream]
  let pool = createTextPool()
  let store = createStore(schema, key, pool)
  const check = createRowCheck(schema)
  let seq = 0
  let cuts = 0

  const put = (row: Row): void => {
    const fresh = store.slotOf(row[key] as Key) < 0
    const slot = store.putRow(row)
    if (fresh) store.columns.born[slot] = cuts
  }

  return {
    stream,
    schema,
    size: () => store.size(),
    get: (id) => {
      const slot = store.slotOf(id)
      return slot < 0 ? undefined : store.row(slot)
    },
    hash: () => store.hash(),
    seq: () => seq,
    check: (row) => {
      check(row)
      // 0 is no ticket and no login; the desk refuses it too.
      if (row[key] === 0) throw new BridgeError('SOURCE_ROW', `${schema.name}.${key} cannot be 0`)
    },
    sizeOf: createRowSize(schema),
    load: (rows) => store.putAll(packRows(schema, rows as never)),
    apply: (kind, row) => {
      if (kind !== ChangeKind.DELETED) {
        put(row)
        seq++
        return row
      }
      const id = row[key] as Key
      const slot = store.slotOf(id)
      if (slot < 0) return undefined
      store.remove(slot)
      seq++
      return blankRow(schema, key, id)
    },
    arrange: (accounts) => {
      const order = createAccountOrder(store, cuts, accounts).slots()
      if (!order) return
      const arranged = createTextPool()
      const next = createStore(schema, key, arranged)
      next.reserve(order.length)
      for (let first = 0; first < order.length; first += ARRANGED)
        next.putAll(asRead(store.pack(order.subarray(first, first + ARRANGED))))
      pool = arranged
      store = next
    },
    cut: (accounts) => {
      const number = cuts++
      const order = accounts && createAccountOrder(store, number, accounts)
      return createCut(schema, store, pool, number, order)
    },
    reset: (at) => {
      pool = createTextPool()
      store = createStore(schema, key, pool)
      seq = at
    },
    renumber: (at) => {
      seq = at
    },
  }
}

/** The four record tables of a bridge. */
export type World = Readonly<Record<RecordStream, Table>>

export const createWorld = (): World => ({
  symbols: createTable('symbols'),
  groups: createTable('groups'),
  users: createTable('users'),
  trades: createTable('trades'),
})

/** One figure of each record stream. */
export const eachStream = <T>(of: (stream: RecordStream) => T): Record<RecordStream, T> => ({
  symbols: of('symbols'),
  groups: of('groups'),
  users: of('users'),
  trades: of('trades'),
})

export const streamAt = (index: number): RecordStream => recordStreams[index] as RecordStream
