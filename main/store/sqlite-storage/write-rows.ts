import {
  type BulkWriteRow,
  getPrimaryFieldOfPrimaryKey,
  type RxAttachmentData,
  type RxAttachmentWriteData,
  type RxDocumentData,
  type RxJsonSchema,
  stripAttachmentsDataFromDocument,
} from 'rxdb'
import { textKey } from './index-key.ts'
import { createKeyMaker, createSortsAsKey } from './key-maker.ts'
import type { AttachmentChange, RowAttachments, WriteRows } from './protocol.ts'

/** Bytes of every Blob that a write brings, read before its transaction begins. */
export type LoadedBlobs = ReadonlyMap<Blob, Uint8Array<ArrayBuffer>>

export const loadBlobs = async <D>(rows: readonly BulkWriteRow<D>[]): Promise<LoadedBlobs> => {
  const blobs = rows.flatMap(({ document }) =>
    Object.values(document._attachments).flatMap((attachment) =>
      'data' in attachment ? [attachment.data] : [],
    ),
  )
  const load = async (blob: Blob) => [blob, new Uint8Array(await blob.arrayBuffer())] as const
  return new Map(await Promise.all(blobs.map(load)))
}

/** Makes the rows of one collection's writes. */
export type RowMaker<D> = {
  readonly primaryPath: string
  readonly idOf: (document: unknown) => string
  readonly toRows: (rows: readonly BulkWriteRow<D>[], blobs: LoadedBlobs) => WriteRows
}

const changeOf = (
  id: string,
  attachment: RxAttachmentData | RxAttachmentWriteData,
  before: RxAttachmentData | undefined,
  blobs: LoadedBlobs,
): AttachmentChange => ({
  id,
  digest: attachment.digest,
  type: attachment.type,
  bytes: 'data' in attachment ? (blobs.get(attachment.data) ?? null) : null,
  before: before?.digest ?? null,
})

const attachmentsOf = <D>(
  { document, previous }: BulkWriteRow<D>,
  blobs: LoadedBlobs,
): RowAttachments | null => {
  const before = previous?._attachments ?? {}
  const now = Object.entries(document._attachments)
  const gone = Object.keys(before).filter((id) => !(id in document._attachments))
  if (now.length === 0 && gone.length === 0) return null
  return { now: now.map(([id, attachment]) => changeOf(id, attachment, before[id], blobs)), gone }
}

export const createRowMaker = <D>(schema: Readonly<RxJsonSchema<RxDocumentData<D>>>): RowMaker<D> => {
  const primaryPath = getPrimaryFieldOfPrimaryKey(schema.primaryKey) as string
  const indexes = (schema.indexes ?? []) as readonly (readonly string[])[]
  const keysOf = indexes.map((paths) => createKeyMaker<D>(schema as RxJsonSchema<RxDocumentData<D>>, paths))
  const sortsAsKey = createSortsAsKey<D>(schema, indexes)
  const idOf = (document: unknown): string => (document as Record<string, string>)[primaryPath] as string
  return {
    primaryPath,
    idOf,
    toRows: (rows, blobs) => {
      let oddTexts = false
      const made: Omit<WriteRows, 'oddTexts'> = {
        ids: [],
        revisions: [],
        previous: [],
        deleted: [],
        lwts: [],
        documents: [],
        keys: [],
        attachments: schema.attachments ? [] : null,
      }
      for (const row of rows) {
        const document = schema.attachments ? stripAttachmentsDataFromDocument(row.document) : row.document
        made.ids.push(textKey(idOf(document)))
        made.revisions.push(document._rev)
        made.previous.push(row.previous?._rev ?? null)
        made.deleted.push(document._deleted)
        made.lwts.push(document._meta.lwt)
        made.documents.push(JSON.stringify(document))
        for (const keyOf of keysOf) made.keys.push(keyOf(document))
        oddTexts ||= !sortsAsKey(document)
        made.attachments?.push(attachmentsOf(row, blobs))
      }
      return { ...made, oddTexts }
    },
  }
}
