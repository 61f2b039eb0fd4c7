/** What the benchmark uses of PouchDB, which brings no types of its own. */
declare module 'pouchdb' {
  type Written = { ok?: boolean; rev?: string; error?: boolean }
  class PouchDB {
    constructor(path: string)
    bulkDocs(documents: readonly object[]): Promise<Written[]>
    put(document: object): Promise<Written>
    get(id: string): Promise<object>
    close(): Promise<void>
  }
  export default PouchDB
}
