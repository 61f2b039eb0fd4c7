import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { createDocumentSealing } from '../sqlite-storage/sealing/document-sealing.ts'
import type { KeyRing } from '../sqlite-storage/sealing/key-ring.ts'
import { createSealer } from '../sqlite-storage/sealing/sealer.ts'
import type { SearchStart } from './messages.ts'
import { searchTexts } from './search-texts.ts'
import { serveSearch } from './serve-search.ts'
import { plainOpener } from './source.ts'

/** Entry of the worker thread that searches the desk's documents. */
serveSearch(parentPort as MessagePort, workerData as SearchStart<KeyRing | null>, {
  extract: searchTexts,
  openerOf: (collection, keys) => {
    if (keys === null) return plainOpener
    // Which fields were sealed stands in the sealed value; a path is named because there must be one.
    const sealing = createDocumentSealing(createSealer(keys), collection, ['sealed'])
    return {
      columns: ['data', 'sealed'],
      open: (id, [data, sealed]) => sealing.open(data as string, sealed as Uint8Array | null, id),
    }
  },
})
