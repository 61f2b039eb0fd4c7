import type { DatabaseSync } from 'node:sqlite'
import { StorageFailed, StorageWrongKey } from '../errors.ts'
import type { CollectionSpec } from '../protocol.ts'
import { createDocumentSealing } from '../sealing/document-sealing.ts'
import {
  adoptCurrentKey,
  ensureKeysFit,
  enterSealedColumn,
  listedKeys,
  makeKeyList,
  type SealedColumn,
} from '../sealing/key-list.ts'
import type { KeyRing } from '../sealing/key-ring.ts'
import { sealedParts } from '../sealing/sealed-schema.ts'
import { contextOf, createSealer, type Sealer } from '../sealing/sealer.ts'
import { type DocumentCodec, plainCodec } from './document-codec.ts'
import { emptyLog } from './empty-log.ts'
import { quoted } from './quoted.ts'
import type { Transactions } from './transactions.ts'

/** How the bytes of attachments are written. */
export type AttachmentCodec = {
  readonly toRow: (document: string, attachment: string, bytes: Uint8Array) => Uint8Array
  readonly fromRow: (
    document: string,
    attachment: string,
    stored: Uint8Array<ArrayBuffer>,
  ) => Uint8Array<ArrayBuffer>
}
export const plainAttachments: AttachmentCodec = {
  toRow: (_document, _attachment, bytes) => bytes,
  fromRow: (_document, _attachment, stored) => stored,
}

export type Codecs = { readonly documents: DocumentCodec; readonly attachments: AttachmentCodec }

/** What is sealed in one open file, and with which keys. */
export type FileSealing = {
  /** Null when no keys were given. */
  readonly sealer: Sealer | null
  /** How a collection's rows are written. @throws StorageWrongKey, StorageFailed */
  readonly codecsOf: (spec: CollectionSpec) => Codecs
  /** Enters what a collection has sealed into the file's list; call it in the transaction that makes its tables. */
  readonly enter: (spec: CollectionSpec) => void
  /** The same for a column of another table. @throws StorageWrongKey */
  readonly enterColumn: (column: SealedColumn) => void
  /** Whether something is sealed with an old key. */
  readonly needsResealing: () => boolean
  /** Other keys from now on. @throws StorageWrongKey */
  readonly use: (ring: KeyRing) => void
  /** A table is gone whose documents could be read. */
  readonly swept: () => void
}

const attachmentTable = (table: string): string => `${table}/attachments`

const sealedCodec = (sealer: Sealer, collection: string, paths: readonly string[]): DocumentCodec => {
  const sealing = createDocumentSealing(sealer, collection, paths)
  return {
    columns: [
      ['data', 'TEXT NOT NULL'],
      ['sealed', 'BLOB NOT NULL'],
    ],
    toRow: (id, json) => {
      const { data, sealed } = sealing.close(json, id)
      return [data, sealed]
    },
    reads: ['data', 'sealed', 'id'],
    fromRow: ([data, sealed, id]) => sealing.open(data as string, sealed as Uint8Array | null, id as string),
  }
}

const sealedAttachments = (sealer: Sealer, collection: string): AttachmentCodec => ({
  toRow: (document, attachment, bytes) => sealer.seal(bytes, contextOf(collection, document, attachment)),
  fromRow: (document, attachment, stored) =>
    new Uint8Array(sealer.open(stored, contextOf(collection, document, attachment))),
})

/** @param keys null: a file whose values are sealed is not opened at all */
export const createFileSealing = (on: {
  readonly db: DatabaseSync
  readonly transactions: Transactions
  readonly keys: KeyRing | null
  readonly readOnly: boolean
}): FileSealing => {
  const { db, transactions, keys, readOnly } = on
  ensureKeysFit(listedKeys(db), keys)
  const sealer = keys && createSealer(keys)
  let ring = keys

  const adopt = (next: KeyRing): void => {
    if (readOnly || listedKeys(db).length === 0) return
    transactions.write(() => adoptCurrentKey(db, next))
  }

  const columnsOf = (table: string): string[] =>
    db
      .prepare(`PRAGMA table_info(${quoted(table)})`)
      .all()
      .map((row) => String(row['name']))
  /** A table that was made under another schema would lose fields, or keep them readable. */
  const ensureTableFits = ({ table, collection, schema }: CollectionSpec, sealed: boolean): void => {
    const columns = columnsOf(table)
    if (columns.length > 0 && columns.includes('rev') && columns.includes('sealed') !== sealed)
      throw new StorageFailed(
        `Collection ${collection} was stored with other sealed fields. Give its schema a version above ${schema.version}.`,
      )
  }
  const needSealer = (collection: string): Sealer => {
    if (!sealer)
      throw new StorageWrongKey(`Collection ${collection} has sealed fields, and no keys were given (UT6).`)
    return sealer
  }
  const enterColumn = (column: SealedColumn): void => {
    if (!ring) throw new StorageWrongKey(`Column ${column.column} is sealed, and no keys were given.`)
    makeKeyList(db)
    adoptCurrentKey(db, ring)
    enterSealedColumn(db, column)
  }

  /**
   * What was deleted before there was anything to seal lies readable in the file's free space, and goes with that.
   * From now on what is deleted is overwritten.
   */
  const beforeFirst = (): void => {
    if (readOnly || listedKeys(db).length > 0) return
    db.exec('VACUUM')
    emptyLog(db)
  }

  if (keys) {
    if (!readOnly) db.exec('PRAGMA secure_delete = ON')
    adopt(keys)
  }
  return {
    sealer,
    needsResealing: () => !readOnly && listedKeys(db).some(({ current }) => !current),
    codecsOf: (spec) => {
      const { collection, schema } = spec
      const { paths, attachments } = sealedParts(collection, schema)
      ensureTableFits(spec, paths.length > 0)
      if (sealer && (paths.length > 0 || attachments)) beforeFirst()
      return {
        documents: paths.length > 0 ? sealedCodec(needSealer(collection), collection, paths) : plainCodec,
        attachments: attachments ? sealedAttachments(needSealer(collection), collection) : plainAttachments,
      }
    },
    enter: ({ table, collection, schema }) => {
      const { paths, attachments } = sealedParts(collection, schema)
      const prefix = [collection]
      if (paths.length > 0) enterColumn({ table, column: 'sealed', prefix, idColumns: ['id'] })
      if (attachments)
        enterColumn({
          table: attachmentTable(table),
          column: 'data',
          prefix,
          idColumns: ['document', 'attachment'],
        })
    },
    enterColumn,
    use: (next) => {
      if (!sealer) throw new StorageWrongKey('The file was opened without keys.')
      ensureKeysFit(listedKeys(db), next)
      sealer.use(next)
      ring = next
      adopt(next)
    },
    swept: () => {
      if (sealer) emptyLog(db)
    },
  }
}
