import {
  ChangeKind,
  changeTables,
  type RecordStream,
  recordKeys,
  recordTables,
} from '../../shared/bridge/streams.ts'
import { type ColumnsOf, rowAt, type TableSchema } from '../../shared/wire/schema.ts'
import { addRow, emptyHash, rowObjectHash, type StateHash } from '../../shared/wire/state-hash.ts'
import { eachStream } from './world.ts'

type Row = Record<string, number | string>

/** The record tables as a test desk rebuilds them, with no cleverness: rows in maps, hashes counted anew. */
export const createTestTables = () => {
  const tables = eachStream(() => new Map<number | string, Row>())
  const rowsOf = (schema: TableSchema, data: unknown): Row[] => {
    const columns = data as ColumnsOf<TableSchema>
    return Array.from({ length: columns.rows }, (_, i) => rowAt(schema, columns, i))
  }
  return {
    clear: () => {
      for (const table of Object.values(tables)) table.clear()
    },
    put: (stream: RecordStream, data: unknown) => {
      for (const row of rowsOf(recordTables[stream], data))
        tables[stream].set(row[recordKeys[stream]] as number | string, row)
    },
    change: (stream: RecordStream, data: unknown) => {
      for (const { changeKind, ...row } of rowsOf(changeTables[stream], data)) {
        const key = row[recordKeys[stream]] as number | string
        if (changeKind === ChangeKind.DELETED) tables[stream].delete(key)
        else tables[stream].set(key, row)
      }
    },
    copy: (stream: RecordStream, rows: ReadonlyMap<number | string, Row>) => {
      for (const [key, row] of rows) tables[stream].set(key, row)
    },
    rows: (stream: RecordStream): ReadonlyMap<number | string, Row> => tables[stream],
    hashes: (): Record<RecordStream, StateHash> =>
      eachStream((stream) => {
        const schema: TableSchema = recordTables[stream]
        let hash = emptyHash
        for (const row of tables[stream].values()) hash = addRow(hash, rowObjectHash(schema, row))
        return hash
      }),
  }
}
