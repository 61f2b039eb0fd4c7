import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { createDocumentSealing } from '../sqlite-storage/sealing/document-sealing.ts'
import type { KeyRing } from '../sqlite-storage/sealing/key-ring.ts'
import { createSealer } from '../sqlite-storage/sealing/sealer.ts'
import type { SearchStart } from './messages.ts'
import { searchTexts } from './search-texts.ts'
import { type SealedRows, serveSearch } from './serve-search.ts'
import { plainOpener } from './source.ts'

/** Rows as the storage seals them: which fields were sealed stands in the sealed value. */
const sealedRows = (keys: KeyRing | null): SealedRows<KeyRing | null> => {
  const sealer = keys && createSealer(keys)
  return {
    openerOf: (collection) => {
      if (sealer === null) return plainOpener
      // A path must be named; opening does not ask for it.
      const sealing = createDocumentSealing(sealer, collection, ['sealed'])
      return {
        columns: ['data', 'sealed'],
        open: (id, [data, sealed]) => sealing.open(data as string, sealed as Uint8Array | null, id),
      }
    },
    use: (ring) => {
      if (ring) sealer?.use(ring)
    },
  }
}

/** Entry of the worker thread that searches the desk's documents. */
serveSearch(parentPort as MessagePort, workerData as SearchStart<KeyRing | null>, {
  extract: searchTexts,
  sealedRows,
})
