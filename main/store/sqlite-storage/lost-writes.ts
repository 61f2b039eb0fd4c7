import type { BulkWriteRow, RxDocumentData, RxStorageChangeEvent } from 'rxdb'

type Change<D> = RxStorageChangeEvent<RxDocumentData<D>>

const changeOf = <D>(
  documentId: string,
  before: RxDocumentData<D> | undefined,
  after: RxDocumentData<D>,
): Change<D> | null => {
  const wasThere = before !== undefined && !before._deleted
  if (after._deleted)
    return wasThere
      ? { operation: 'DELETE', documentId, documentData: after, previousDocumentData: before }
      : null
  if (wasThere) return { operation: 'UPDATE', documentId, documentData: after, previousDocumentData: before }
  return { operation: 'INSERT', documentId, documentData: after, previousDocumentData: undefined }
}

/**
 * The changes that writes made whose answers were lost with their worker: what is stored tells which of them were
 * committed. Several changes of one document become one.
 * @param rows of all lost writes, in their order
 */
export const lostChanges = <D>(
  rows: readonly BulkWriteRow<D>[],
  stored: readonly RxDocumentData<D>[],
  idOf: (document: unknown) => string,
): Change<D>[] => {
  const before = new Map<string, RxDocumentData<D> | undefined>()
  const revisions = new Map<string, Set<string>>()
  for (const { document, previous } of rows) {
    const id = idOf(document)
    if (!before.has(id)) before.set(id, previous)
    const known = revisions.get(id) ?? new Set()
    revisions.set(id, known.add(document._rev))
  }
  return stored.flatMap((document) => {
    const id = idOf(document)
    if (!revisions.get(id)?.has(document._rev)) return []
    return changeOf(id, before.get(id), document) ?? []
  })
}
