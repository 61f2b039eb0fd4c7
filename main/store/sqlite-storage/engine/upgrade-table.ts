import type { DatabaseSync } from 'node:sqlite'
import type { BulkWriteRow } from 'rxdb'
import type { CollectionSpec } from '../protocol.ts'
import { createRowMaker } from '../write-rows.ts'
import { createCollectionTable } from './collection-table.ts'
import type { DocumentCodec } from './document-codec.ts'
import { quoted } from './quoted.ts'

type Names = readonly { readonly name: string }[]
const noBlobs = new Map<Blob, Uint8Array<ArrayBuffer>>()

/**
 * Brings a table of layout 1 to today's, inside the caller's transaction: documents keep their numbers, keys are made
 * anew from the documents. (Layout 1 counted with AUTOINCREMENT, had no `rev`, and its keys were BLOBs.)
 */
export const upgradeTable = (
  db: DatabaseSync,
  { table, schema }: CollectionSpec,
  codec: DocumentCodec,
): void => {
  const old = `${table}/layout-1`
  const indexes = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL")
    .all(table) as unknown as Names
  for (const { name } of indexes) db.exec(`DROP INDEX ${quoted(name)}`)
  db.exec(`ALTER TABLE ${quoted(table)} RENAME TO ${quoted(old)}`)
  const { seq: last } = db.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').get(old) as {
    seq: number
  }

  const fresh = createCollectionTable(db, table, schema.indexes?.length ?? 0, codec)
  const { toRows } = createRowMaker<unknown>(schema)
  const rows = db.prepare(`SELECT seq, data FROM ${quoted(old)} ORDER BY seq`)
  for (const row of rows.iterate()) {
    const { seq, data } = row as { seq: number; data: string }
    fresh.renumber(seq - 1)
    const whole = { document: JSON.parse(data) } as BulkWriteRow<unknown>
    const made = toRows([whole], noBlobs)
    if (made.oddTexts) fresh.noteOddTexts()
    fresh.write(made, 0, true, true)
  }
  fresh.renumber(last)
  fresh.keepNumber()
  db.exec(`DROP TABLE ${quoted(old)}`)
}
