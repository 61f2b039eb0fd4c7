import type { Log, Timers } from '../../../shared/runtime/ports.ts'
import {
  type CollectionName,
  collectionNames,
  collections,
  type DocumentOf,
  type RxCollections,
} from '../documents/collections.ts'
import { createRepository } from './repository.ts'
import type { Repository } from './types.ts'

/** All documents, collection by collection. */
export type Documents = { readonly [N in CollectionName]: Repository<DocumentOf<N>> }

export const createDocuments = (
  opened: RxCollections,
  timers: Timers,
  log: Log,
  note: (failure: Error | null) => void,
): Documents => {
  const repositoryOf = (name: CollectionName) =>
    createRepository<{ id: string }>({
      name,
      definition: collections[name],
      collection: opened[name] as never,
      timers,
      log,
      note,
    })
  return Object.fromEntries(collectionNames.map((name) => [name, repositoryOf(name)])) as unknown as Documents
}
