import type { DatabaseSync } from 'node:sqlite'
import { StorageClosed } from '../errors.ts'
import { type CollectionSpec, Outcome, type WriteAnswer, type WriteRows } from '../protocol.ts'
import { type AttachmentTable, createAttachmentTable, mayInsert, mayUpdate } from './attachment-table.ts'
import { type CollectionTable, createCollectionTable } from './collection-table.ts'
import type { Companions } from './companions.ts'
import type { FileSealing } from './file-sealing.ts'
import type { Transactions } from './transactions.ts'

/** An open collection; instances on the same one each have their own handle and share this. */
export type Collection = {
  readonly spec: CollectionSpec
  readonly documents: CollectionTable
  readonly attachments: AttachmentTable | null
  /** Writes rows in one transaction. Conflicts are answers, not errors. */
  readonly write: (parts: Iterable<WriteRows>) => WriteAnswer
  /** Removes up to `limit` tombstones last written at or before `until`, with their attachments; answers how many. */
  readonly purge: (until: number, limit: number) => number
}

export type Collections = {
  readonly open: (spec: CollectionSpec) => number
  /** @throws StorageClosed */
  readonly of: (handle: number) => Collection
  /** Removes a collection for good, for all who have it open. */
  readonly drop: (handle: number) => void
  readonly forget: (handle: number) => void
}

export const createCollections = (
  db: DatabaseSync,
  transactions: Transactions,
  companions: Companions,
  sealing: FileSealing,
): Collections => {
  const byHandle = new Map<number, Collection>()

  const openTables = (spec: CollectionSpec): Collection => {
    const { table, schema, collection } = spec
    const codecs = sealing.codecsOf(spec)
    const [documents, attachments] = transactions.write(() => {
      sealing.enter(spec)
      return [
        createCollectionTable(db, table, schema.indexes?.length ?? 0, codecs.documents),
        schema.attachments ? createAttachmentTable(db, `${table}/attachments`, codecs.attachments) : null,
      ] as const
    })
    const writeRow = (rows: WriteRows, at: number): number => {
      const changes = attachments ? rows.attachments?.[at] : null
      if (!attachments || !changes) return documents.write(rows, at, true, true)
      const deleted = rows.deleted[at] as boolean
      const outcome = documents.write(rows, at, mayInsert(changes), mayUpdate(changes, deleted))
      if (outcome <= Outcome.UPDATED)
        attachments.write(rows.ids[at] as string, changes, outcome === Outcome.INSERTED, deleted)
      return outcome
    }
    const writePart = (rows: WriteRows, conflicts: string[]): Uint8Array => {
      const outcomes = new Uint8Array(rows.ids.length)
      if (rows.oddTexts) documents.noteOddTexts()
      for (let at = 0; at < outcomes.length; at++) {
        const outcome = writeRow(rows, at)
        outcomes[at] = outcome
        // Read now: a later row of the same call may change it.
        if (outcome === Outcome.CONFLICT) conflicts.push(documents.get(rows.ids[at] as string) as string)
      }
      companions.written(collection, () =>
        rows.documents.filter((_json, at) => (outcomes[at] as number) <= Outcome.UPDATED),
      )
      return outcomes
    }
    const writeAll = (parts: Iterable<WriteRows>): WriteAnswer => {
      const first = documents.last() + 1
      const conflicts: string[] = []
      const outcomes: Uint8Array[] = []
      for (const part of parts) outcomes.push(writePart(part, conflicts))
      return { first, outcomes, conflicts: `[${conflicts.join(',')}]` }
    }
    return {
      spec,
      documents,
      attachments,
      write: (parts) => {
        let undo = (): void => {}
        try {
          return transactions.write(() => {
            undo = documents.begin()
            return writeAll(parts)
          })
        } catch (error) {
          undo()
          throw error
        }
      },
      purge: (until, limit) =>
        transactions.write(() => {
          documents.begin()
          const ids = documents.purge(until, limit)
          for (const id of ids) attachments?.removeAll(id)
          return ids.length
        }),
    }
  }

  const of = (handle: number): Collection => {
    const collection = byHandle.get(handle)
    if (!collection) throw new StorageClosed('The collection was removed or closed.')
    return collection
  }
  return {
    open: (spec) => {
      const shared = [...byHandle.values()].find((each) => each.spec.table === spec.table)
      const collection = shared ?? openTables(spec)
      byHandle.set(spec.handle, collection)
      return collection.documents.last()
    },
    of,
    drop: (handle) => {
      const collection = of(handle)
      transactions.write(() => {
        collection.documents.drop()
        collection.attachments?.drop()
      })
      sealing.swept()
      for (const [each, one] of byHandle) if (one === collection) byHandle.delete(each)
    },
    forget: (handle) => {
      byHandle.delete(handle)
    },
  }
}
