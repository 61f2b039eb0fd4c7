import type { Log, Timers } from '../../../shared/runtime/ports.ts'
import { collections, type RxCollections } from '../documents/collections.ts'
import type { KeyRing } from '../sqlite-storage/sealing/key-ring.ts'
import { createDocumentSearch, type DocumentSearch } from './document-search.ts'

/** Collections whose documents are searched; `search-texts.ts` says what of them. */
const searched = ['clients', 'leads', 'interactions'] as const

/** The search over the desk's own documents: hears of every write, and of new keys. */
export const searchStore = (on: {
  readonly filename: string
  readonly databaseName: string
  readonly opened: RxCollections
  readonly keys: KeyRing | null
  readonly worker: URL
  readonly timers: Timers
  readonly log: Log
}): DocumentSearch<KeyRing | null> => {
  const { opened, keys, ...rest } = on
  const search = createDocumentSearch({
    ...rest,
    keys,
    collections: searched.map((name) => {
      const { version, encrypted } = collections[name].rxSchema
      return { name, version, sealed: keys !== null && (encrypted?.length ?? 0) > 0 }
    }),
  })
  const heard = searched.map((name) => opened[name].eventBulks$.subscribe(search.changed))
  return {
    ...search,
    close: async () => {
      for (const each of heard) each.unsubscribe()
      await search.close()
    },
  }
}
