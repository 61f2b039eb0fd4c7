import type { RxAttachmentWriteData } from 'rxdb'
import type { Connection } from './connections.ts'
import { textKey } from './index-key.ts'

/** An attachment whose bytes have been read: a transaction cannot wait for a Blob. */
export type LoadedAttachment = {
  readonly documentId: string
  readonly attachmentId: string
  readonly digest: string
  readonly type: string
  readonly bytes: Uint8Array
}

export type AttachmentTable = {
  put: (attachment: LoadedAttachment) => void
  remove: (documentId: string, attachmentId: string) => void
  removeAll: (documentId: string) => void
  /** Null when there is none, or when it is not the one with this digest. */
  get: (documentId: string, attachmentId: string, digest: string) => Blob | null
  drop: () => void
}

export const bytesOf = async (data: RxAttachmentWriteData['data']): Promise<Uint8Array> =>
  new Uint8Array(await data.arrayBuffer())

/** The attachments of one collection, beside its documents so that both are written in one transaction. */
export const createAttachmentTable = (connection: Connection, name: string): AttachmentTable => {
  const { db } = connection
  const table = `"${name.replaceAll('"', '""')}"`
  connection.write(() => {
    db.exec(
      `CREATE TABLE IF NOT EXISTS ${table} (document BLOB NOT NULL, attachment BLOB NOT NULL, digest TEXT NOT NULL, ` +
        'type TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (document, attachment))',
    )
  })
  const insert = db.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?, ?, ?)`)
  const removeOne = db.prepare(`DELETE FROM ${table} WHERE document = ? AND attachment = ?`)
  const removeAll = db.prepare(`DELETE FROM ${table} WHERE document = ?`)
  const select = db.prepare(
    `SELECT type, data FROM ${table} WHERE document = ? AND attachment = ? AND digest = ?`,
  )
  return {
    put: ({ documentId, attachmentId, digest, type, bytes }) => {
      insert.run(textKey(documentId), textKey(attachmentId), digest, type, bytes)
    },
    remove: (documentId, attachmentId) => {
      removeOne.run(textKey(documentId), textKey(attachmentId))
    },
    removeAll: (documentId) => {
      removeAll.run(textKey(documentId))
    },
    get: (documentId, attachmentId, digest) => {
      const row = select.get(textKey(documentId), textKey(attachmentId), digest) as
        | { type: string; data: Uint8Array<ArrayBuffer> }
        | undefined
      return row ? new Blob([row.data], { type: row.type }) : null
    },
    drop: () => {
      db.exec(`DROP TABLE ${table}`)
    },
  }
}
