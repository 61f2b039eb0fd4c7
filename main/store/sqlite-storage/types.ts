import type { DatabaseSync } from 'node:sqlite'
import type { RxStorage } from 'rxdb'
import type { SealedColumn } from './sealing/key-list.ts'
import type { KeyRing } from './sealing/key-ring.ts'
import type { ResealProgress } from './sealing/reseal.ts'
import type { Sealer } from './sealing/sealer.ts'

export type SqliteStorageOptions = {
  /** The database file, or `:memory:` for databases that live as long as somebody has them open. */
  readonly filename: string
  /**
   * Keys to seal with what schemas name in `encrypted` and `attachments.encrypted`. Without them such a schema is
   * refused, and so is a file with sealed values.
   */
  readonly keys?: KeyRing
  /** Keep every other process out of the file while it is open. */
  readonly exclusive?: boolean
  /** Open for reading: nothing is written, not even a table. The file must have been written before. */
  readonly readOnly?: boolean
  /**
   * `full` (the default): a write that was acknowledged survives a power cut. `normal`: it survives the end of the
   * process, and a power cut may take the last moments, never the file.
   */
  readonly synchronous?: 'full' | 'normal'
  /** Entry of the worker thread; a module that calls `serveSqliteStorage`. Default: one without companions. */
  readonly worker?: URL
  /** Handed to the worker's companions. Structured clone. */
  readonly workerData?: unknown
}

export type SqliteStorageStats = {
  readonly bytes: number
  /** Share of `bytes` that `compact` would give back. */
  readonly freeBytes: number
  readonly collections: readonly { readonly table: string; readonly documents: number }[]
}

/** How far sealing anew is, or what stopped it; it is tried again later. */
export type SealingNotice = ResealProgress | { readonly failed: string }

/** Storage for RxDB, and what only this one can do. Everything below rejects with a `StorageError`. */
export type SqliteStorage = RxStorage<object, object> & {
  /** Asks a companion in the worker. Input and answer are structured-clone values. */
  readonly call: (databaseName: string, companion: string, method: string, input: unknown) => Promise<unknown>
  /** Hears what a companion says by itself, until the function that is answered is called. */
  readonly onNotice: (databaseName: string, companion: string, fn: (message: unknown) => void) => () => void
  /**
   * Seals with another current key from now on, and everything stored anew in the background. Keys that the file's
   * values are sealed with must be in the ring; those that are named as dropped need not be any more.
   */
  readonly useKeys: (databaseName: string, keys: KeyRing) => Promise<void>
  /** Hears how far sealing anew is, until the function that is answered is called. */
  readonly onSealing: (databaseName: string, fn: (notice: SealingNotice) => void) => () => void
  /** Writes a consistent copy to a path while work goes on; answers its size in pages. */
  readonly backup: (databaseName: string, toPath: string) => Promise<number>
  /** Gives free space back to the file system. Other work waits meanwhile. */
  readonly compact: (databaseName: string) => Promise<void>
  /**
   * Reads the whole file in a thread of its own and answers what is wrong with it: nothing, for a sound one. Of a file
   * held for this process alone, and of a database in memory, other work waits meanwhile.
   */
  readonly check: (databaseName: string) => Promise<readonly string[]>
  readonly stats: (databaseName: string) => Promise<SqliteStorageStats>
}

/** What a companion is given. All of it is synchronous and in the worker. */
export type CompanionContext = {
  readonly db: DatabaseSync
  readonly databaseName: string
  readonly filename: string
  readonly workerData: unknown
  /** Says something to `onNotice` on the main side. */
  readonly notify: (message: unknown) => void
  /** Runs `fn` in a write transaction, inside the one under way if there is one; what it throws undoes all of it. */
  readonly transaction: <T>(fn: () => T) => T
  /** Seals values of the companion's own; null when no keys were given. It takes new keys by itself. */
  readonly sealer: Sealer | null
  /**
   * Enters a column of sealed values (their context: `contextOf(...prefix, ...values of idColumns)`), so that they
   * are sealed anew with the others. In a transaction; once for each column, at every opening.
   */
  readonly enterSealedColumn: (column: SealedColumn) => void
}

export type CompanionHandlers = {
  /** Whether documents of a collection, or one document by its JSON text, are worth `written`. Default: all. */
  wants?: (collection: string, json: string) => boolean
  /** Documents as they are being written, inside their transaction: what this throws undoes the write. */
  written?: (collection: string, documents: readonly object[]) => void
  /** Something was committed to the file. */
  committed?: () => void
  call?: (method: string, input: unknown) => unknown
  close?: () => void
}

/** Tables of the host program in the same file and in the same transactions as the documents. */
export type Companion = {
  readonly name: string
  readonly open: (context: CompanionContext) => CompanionHandlers
}
