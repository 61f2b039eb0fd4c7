import {
  ChangeKind,
  type RecordStream,
  recordKeys,
  recordStreams,
  recordTables,
} from '../../shared/bridge/streams.ts'
import type { TableSchema } from '../../shared/wire/schema.ts'
import { addRow, emptyHash, removeRow, rowObjectHash, type StateHash } from '../../shared/wire/state-hash.ts'
import { blankRow, createRowCheck, createRowSize, type Row } from './row-check.ts'

export type Key = number | string

/** One record table: its rows by key in the order they came, their hash, the number of its last change. */
export type Table = {
  readonly stream: RecordStream
  readonly schema: TableSchema
  readonly rows: Map<Key, Row>
  readonly hash: () => StateHash
  readonly seq: () => number
  /** @throws BridgeError SOURCE_ROW */
  readonly check: (row: Row) => void
  /** About how many bytes a row takes. */
  readonly size: (row: Row) => number
  /** Takes a checked row in without a number: the state a source starts from. */
  readonly load: (row: Row) => void
  /** Takes a checked change in. Answers the row to hand on, or undefined when nothing was there to delete. */
  readonly apply: (kind: ChangeKind, row: Row) => Row | undefined
  readonly reset: (seq: number) => void
  /** Goes on with the same rows at another number. */
  readonly renumber: (seq: number) => void
}

const createTable = (stream: RecordStream): Table => {
  const schema: TableSchema = recordTables[stream]
  const key = recordKeys[stream]
  const rows = new Map<Key, Row>()
  let hash = emptyHash
  let seq = 0
  const hashOf = (row: Row) => rowObjectHash(schema, row as Record<string, never>)
  const put = (row: Row): void => {
    const id = row[key] as Key
    const before = rows.get(id)
    if (before) hash = removeRow(hash, hashOf(before))
    hash = addRow(hash, hashOf(row))
    rows.set(id, row)
  }
  return {
    stream,
    schema,
    rows,
    hash: () => hash,
    seq: () => seq,
    check: createRowCheck(schema),
    size: createRowSize(schema),
    load: put,
    apply: (kind, row) => {
      if (kind !== ChangeKind.DELETED) {
        put(row)
        seq++
        return row
      }
      const id = row[key] as Key
      const before = rows.get(id)
      if (!before) return undefined
      hash = removeRow(hash, hashOf(before))
      rows.delete(id)
      seq++
      return blankRow(schema, key, id)
    },
    reset: (at) => {
      rows.clear()
      hash = emptyHash
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
