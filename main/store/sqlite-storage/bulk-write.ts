import {
  type BulkWriteRow,
  type CategorizeBulkWriteRowsOutput,
  categorizeBulkWriteRows,
  type RxAttachmentWriteData,
  type RxDocumentData,
  type RxStorageInstance,
} from 'rxdb'
import { type AttachmentTable, bytesOf } from './attachment-table.ts'
import type { CollectionTable } from './collection-table.ts'

export type Written<D> = Pick<CategorizeBulkWriteRowsOutput<D>, 'errors' | 'eventBulk'>

/** Bytes of every Blob that a write brings, read before the transaction begins. */
export type LoadedBlobs = ReadonlyMap<Blob, Uint8Array>

export const loadBlobs = async <D>(rows: readonly BulkWriteRow<D>[]): Promise<LoadedBlobs> => {
  const blobs = rows.flatMap(({ document }) =>
    Object.values(document._attachments).flatMap((attachment) =>
      'data' in attachment ? [attachment.data] : [],
    ),
  )
  return new Map(await Promise.all(blobs.map(async (blob) => [blob, await bytesOf(blob)] as const)))
}

/**
 * Rows of one call in runs that name each document once. RxDB's sorting of rows looks only at what was stored before;
 * a second row on the same document has to be judged by what the first one wrote.
 */
export const runsOfDistinct = <D>(rows: BulkWriteRow<D>[], primaryPath: string): BulkWriteRow<D>[][] => {
  const runs: BulkWriteRow<D>[][] = []
  let seen = new Set<unknown>()
  let run: BulkWriteRow<D>[] = []
  for (const row of rows) {
    const id = (row.document as Record<string, unknown>)[primaryPath]
    if (seen.has(id)) {
      runs.push(run)
      run = []
      seen = new Set()
    }
    seen.add(id)
    run.push(row)
  }
  if (run.length > 0) runs.push(run)
  return runs
}

/** Writes one run inside the caller's transaction: conflicts become errors, everything else is put. */
export const writeRun = <D>(
  instance: RxStorageInstance<D, unknown, unknown>,
  table: CollectionTable<D>,
  attachments: AttachmentTable | null,
  blobs: LoadedBlobs,
  rows: BulkWriteRow<D>[],
  context: string,
): Written<D> => {
  const stored = new Map<string, RxDocumentData<D>>()
  for (const { document } of rows) {
    const id = (document as Record<string, unknown>)[table.primaryPath] as string
    const known = table.get(id)
    if (known) stored.set(id, known)
  }
  const sorted = categorizeBulkWriteRows<D>(instance, table.primaryPath as never, stored, rows, context)

  let last = 0
  for (const { document } of sorted.bulkInsertDocs) last = table.put(document)
  for (const { document } of sorted.bulkUpdateDocs) last = table.put(document)
  if (attachments) {
    const load = (data: RxAttachmentWriteData) => blobs.get(data.data) ?? new Uint8Array()
    for (const { documentId, attachmentId, digest, attachmentData } of [
      ...sorted.attachmentsAdd,
      ...sorted.attachmentsUpdate,
    ])
      attachments.put({
        documentId,
        attachmentId,
        digest,
        type: attachmentData.type,
        bytes: load(attachmentData),
      })
    for (const { documentId, attachmentId } of sorted.attachmentsRemove)
      attachments.remove(documentId, attachmentId)
  }
  // RxDB reports an insert as done even where its attachment was refused.
  const failed = new Set(sorted.errors.map(({ documentId }) => documentId))
  const events = sorted.eventBulk.events.filter(({ documentId }) => !failed.has(documentId))
  return { errors: sorted.errors, eventBulk: { ...sorted.eventBulk, events, checkpoint: { seq: last } } }
}
