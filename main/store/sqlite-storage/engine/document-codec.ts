import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'

/**
 * What of a document stands in which column of its row, beside `id` and the keys. The one place that knows;
 * everything else handles the JSON text of whole documents.
 */
export type DocumentCodec = {
  /** Columns that are written, with their SQL type. */
  readonly columns: readonly (readonly [name: string, type: string])[]
  /** Their values, in that order. */
  readonly toRow: (id: string, json: string) => SQLInputValue[]
  /** Columns that are read. */
  readonly reads: readonly string[]
  /** The document from their values, in that order. */
  readonly fromRow: (values: readonly SQLOutputValue[]) => string
}

export const plainCodec: DocumentCodec = {
  columns: [['data', 'TEXT NOT NULL']],
  toRow: (_id, json) => [json],
  reads: ['data'],
  fromRow: ([data]) => data as string,
}
