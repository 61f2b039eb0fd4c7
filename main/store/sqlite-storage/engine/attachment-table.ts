import type { DatabaseSync } from 'node:sqlite'
import { textKey } from '../index-key.ts'
import type { RowAttachments } from '../protocol.ts'
import { type AttachmentCodec, plainAttachments } from './file-sealing.ts'
import { quoted } from './quoted.ts'

export type AttachmentTable = {
  /** Writes what a document brings and removes what it has no more. */
  readonly write: (document: string, attachments: RowAttachments, isNew: boolean, deleted: boolean) => void
  readonly removeAll: (document: string) => void
  /** Null when there is none, or when it is not the one with this digest. */
  readonly get: (
    document: string,
    attachment: string,
    digest: string,
  ) => { type: string; bytes: Uint8Array<ArrayBuffer> } | null
  readonly drop: () => void
}

/** The attachments of one collection, beside its documents so that both are written in one transaction. */
export const createAttachmentTable = (
  db: DatabaseSync,
  name: string,
  codec: AttachmentCodec = plainAttachments,
): AttachmentTable => {
  const table = quoted(name)
  db.exec(
    `CREATE TABLE IF NOT EXISTS ${table} (document TEXT NOT NULL, attachment TEXT NOT NULL, digest TEXT NOT NULL, ` +
      'type TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (document, attachment))',
  )
  const insert = db.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?, ?, ?)`)
  const removeOne = db.prepare(`DELETE FROM ${table} WHERE document = ? AND attachment = ?`)
  const removeAll = db.prepare(`DELETE FROM ${table} WHERE document = ?`)
  const select = db.prepare(
    `SELECT type, data FROM ${table} WHERE document = ? AND attachment = ? AND digest = ?`,
  )
  return {
    write: (document, { now, gone }, isNew, deleted) => {
      if (deleted && !isNew) {
        removeAll.run(document)
        return
      }
      for (const { id, digest, type, bytes, before } of now)
        if (bytes && (isNew || before !== digest))
          insert.run(document, textKey(id), digest, type, codec.toRow(document, textKey(id), bytes))
      if (!isNew) for (const id of gone) removeOne.run(document, textKey(id))
    },
    removeAll: (document) => {
      removeAll.run(document)
    },
    get: (document, attachment, digest) => {
      const row = select.get(document, textKey(attachment), digest) as
        | { type: string; data: Uint8Array<ArrayBuffer> }
        | undefined
      return row ? { type: row.type, bytes: codec.fromRow(document, textKey(attachment), row.data) } : null
    },
    drop: () => {
      db.exec(`DROP TABLE ${table}`)
    },
  }
}

/** Whether a document that is not there yet can have them: each brings its bytes. */
export const mayInsert = ({ now }: RowAttachments): boolean => now.every(({ bytes }) => bytes !== null)

/** Whether one that is there can: each brings its bytes, or was there before. A deleted document has none. */
export const mayUpdate = ({ now }: RowAttachments, deleted: boolean): boolean =>
  deleted || now.every(({ bytes, before }) => bytes !== null || before !== null)
