import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { SearchStart, ToSearch } from './messages.ts'
import { plainTexts } from './search-fixture.ts'
import { serveSearch } from './serve-search.ts'
import { plainOpener } from './source.ts'

/** A search worker that dies of one question, as one that ran out of memory would. */
const port = parentPort as MessagePort
port.on('message', (message: ToSearch) => {
  if (message.kind === 'find' && message.text === 'die') process.exit(9)
})
serveSearch(port, workerData as SearchStart<null>, {
  extract: plainTexts,
  sealedRows: () => ({ openerOf: () => plainOpener, use: () => {} }),
})
