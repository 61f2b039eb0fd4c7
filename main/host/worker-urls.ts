type WorkerUrls = Readonly<
  Record<'bookWorker' | 'bridgeWorker' | 'statementWorker' | 'storeWorker' | 'searchWorker', URL>
>

/** The desk's worker threads beside a host's entry file: built ones in `out/main`, sources when run unbuilt. */
export const workerUrls = (entry: string): WorkerUrls =>
  entry.endsWith('.ts')
    ? {
        bookWorker: new URL('book/worker.ts', entry),
        bridgeWorker: new URL('../bridge/worker.ts', entry),
        statementWorker: new URL('statements/worker.ts', entry),
        storeWorker: new URL('store/worker.ts', entry),
        searchWorker: new URL('store/search/worker.ts', entry),
      }
    : {
        bookWorker: new URL('book-worker.js', entry),
        bridgeWorker: new URL('bridge-worker.js', entry),
        statementWorker: new URL('statement-worker.js', entry),
        storeWorker: new URL('store-worker.js', entry),
        searchWorker: new URL('search-worker.js', entry),
      }
