import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parse } from 'csv-parse'
import type { CollectionName } from '../documents/collections.ts'
import { columnsOf } from './columns.ts'
import { cellValue } from './csv.ts'

/** A row of a file with its line, or why it is none. */
export type ReadRow =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly why: string }

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const jsonRows = async function* (path: string): AsyncGenerator<ReadRow> {
  let line = 0
  for await (const text of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1
    if (text === '') continue
    try {
      yield { line, value: JSON.parse(text) as unknown }
    } catch (error) {
      yield { line, why: messageOf(error) }
    }
  }
}

const csvRows = async function* (path: string, name: CollectionName): AsyncGenerator<ReadRow> {
  const text = new Map(columnsOf(name).map((column) => [column.name, column.text]))
  const records = createReadStream(path).pipe(
    parse({ info: true, relax_column_count: true, bom: true, record_delimiter: ['\r\n', '\n'] }),
  )
  let head: string[] | null = null
  /** Line on which the next record begins. */
  let begins = 1
  for await (const each of records) {
    const { record, info } = each as { record: string[]; info: { lines: number } }
    const line = begins
    begins = info.lines + 1
    if (head === null) {
      head = record
      continue
    }
    if (record.length !== head.length) {
      yield { line, why: `It has ${record.length} cells; the head has ${head.length}.` }
      continue
    }
    try {
      const value = Object.fromEntries(
        head.map((field, i) => [field, cellValue(record[i] ?? '', text.get(field) ?? true)]),
      )
      yield { line, value }
    } catch (error) {
      yield { line, why: messageOf(error) }
    }
  }
}

export const readRows = (
  path: string,
  kind: 'jsonl' | 'csv',
  name: CollectionName,
): AsyncGenerator<ReadRow> => (kind === 'jsonl' ? jsonRows(path) : csvRows(path, name))
