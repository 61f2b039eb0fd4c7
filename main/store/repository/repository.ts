import {
  type FilledMangoQuery,
  getChangedDocumentsSince,
  getQueryMatcher,
  getSortComparator,
  normalizeMangoQuery,
  prepareQuery,
  type RxCollection,
  type RxDocumentData,
} from 'rxdb'
import type { Log, Timers } from '../../../shared/runtime/ports.ts'
import type { StoredCollection } from '../documents/stored.ts'
import { BadDocument } from '../errors.ts'
import { watchPage } from '../live/watch-page.ts'
import type { DocumentChange, Question, Repository } from './types.ts'
import { createWriteQueue, plain } from './write-queue.ts'

export type RepositoryOptions<D> = {
  readonly name: string
  readonly definition: Pick<StoredCollection<D>, 'schema'>
  readonly collection: RxCollection<D>
  readonly timers: Timers
  readonly log: Log
  /** Told of every write, null when it reached the disk, and of every read that failed. */
  readonly note: (failure: Error | null) => void
}

/** RxDB's own form of a question: every document has `_deleted`, every order ends in the primary key. */
export const filledQuery = <D>(
  collection: RxCollection<D>,
  { selector, sort, skip, limit }: Question<D>,
): FilledMangoQuery<D> => {
  const filled = normalizeMangoQuery<D>(collection.storageInstance.schema, {
    ...(selector && { selector: structuredClone(selector) }),
    ...(sort && { sort: structuredClone(sort) }),
    ...(limit !== undefined && { limit }),
    skip: skip ?? 0,
  })
  return { ...filled, selector: { _deleted: { $eq: false }, ...filled.selector } }
}

export const preparedQuery = <D>(collection: RxCollection<D>, question: Question<D>) =>
  prepareQuery<D>(collection.storageInstance.schema, filledQuery(collection, question))

/**
 * The documents of a collection. Reads and writes go to the collection's storage itself: no RxDocument is made and
 * kept of what passes through. What is stored is checked against its schema before it is written and when it is
 * read; a stored document that does not fit is left where it is, logged and not answered.
 */
export const createRepository = <D extends { id: string }>(options: RepositoryOptions<D>): Repository<D> => {
  const { name, definition, collection, timers, log, note } = options
  const storage = collection.storageInstance
  const queue = createWriteQueue<D>(storage)

  const readable = (stored: readonly RxDocumentData<D>[]): D[] => {
    const read: D[] = []
    for (const each of stored) {
      const parsed = definition.schema.safeParse(plain(each))
      if (parsed.success) read.push(parsed.data)
      else log.error({ name, id: each.id, issues: parsed.error.issues }, 'a stored document is not readable')
    }
    return read
  }
  const checked = (document: D): D => {
    const parsed = definition.schema.safeParse(document)
    if (!parsed.success) throw new BadDocument(`${name} ${document.id}`, parsed.error.message)
    return parsed.data
  }
  const read = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked
    } catch (error) {
      if (error instanceof Error) note(error)
      throw error
    }
  }
  const write = async (id: string, step: (current: D | null) => D | null | undefined): Promise<D | null> => {
    try {
      const state = await queue.add(id, step)
      note(null)
      return state
    } catch (error) {
      if (error instanceof Error && error.name === 'StoreWriteFailed') note(error)
      throw error
    }
  }

  const onStoredChanges = (fn: (changes: readonly DocumentChange<RxDocumentData<D>>[]) => void) => {
    const living = (each: unknown): RxDocumentData<D> | null => {
      const document = each as RxDocumentData<D> | undefined
      return document === undefined || document._deleted ? null : document
    }
    const following = storage.changeStream().subscribe(({ events }) => {
      fn(
        events.map(({ documentData, previousDocumentData }) => ({
          before: living(previousDocumentData),
          after: living(documentData),
        })),
      )
    })
    return () => following.unsubscribe()
  }

  return {
    get: async (id) => readable(await read(storage.findDocumentsById([id], false)))[0] ?? null,
    getMany: async (ids) => readable(await read(storage.findDocumentsById([...ids], false))),
    find: async (question) =>
      readable((await read(storage.query(preparedQuery(collection, question)))).documents),
    count: async (selector) => (await read(storage.count(preparedQuery(collection, { selector })))).count,
    put: async (document) => {
      // Judged when its turn comes: a storm of writes is judged group by group.
      await write(document.id, () => checked(document))
    },
    update: (id, change) =>
      write(id, (current) => {
        const next = change(current)
        return next === null ? null : checked(next)
      }),
    remove: async (id) => {
      await write(id, (current) => (current === null ? null : undefined))
    },
    watchPage: ({ from, count, ...list }, show, push) => {
      const query = filledQuery(collection, list)
      const schema = storage.schema
      return watchPage<RxDocumentData<D>, ReturnType<typeof show>>({
        source: {
          query: async (skip, limit) =>
            (await storage.query(preparedQuery(collection, { ...list, skip, limit }))).documents,
          count: async () => (await storage.count(preparedQuery(collection, list))).count,
          matches: getQueryMatcher(schema, query),
          compare: getSortComparator(schema, query),
          idOf: ({ id }) => id,
          revisionOf: ({ _rev }) => _rev,
          onChanges: onStoredChanges,
        },
        from,
        count,
        show: (row) => show(plain(row)),
        push,
        failed: (error) => log.error({ name, error }, 'a list cannot be followed'),
        timers,
      })
    },
    onChanges: (fn) =>
      onStoredChanges((changes) => {
        fn(
          changes.map(({ before, after }) => ({
            before: before && plain(before),
            after: after && plain(after),
          })),
        )
      }),
    slices: async function* (size) {
      let checkpoint: unknown
      while (true) {
        const slice = await read(getChangedDocumentsSince(storage, size, checkpoint))
        if (slice.documents.length === 0) return
        checkpoint = slice.checkpoint
        const documents = readable(slice.documents.filter(({ _deleted }) => !_deleted))
        if (documents.length > 0) yield documents
      }
    },
  }
}
