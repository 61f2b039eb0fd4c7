import type { MessagePort } from 'node:worker_threads'
import type { FilledMangoQuery, RxDocumentData, RxJsonSchema } from 'rxdb'
import type { WireError } from './errors.ts'
import type { KeyRing } from './sealing/key-ring.ts'
import type { SqliteStorageStats } from './types.ts'

/** What the worker is started with. */
export type EngineStart = {
  readonly databaseName: string
  readonly filename: string
  readonly exclusive: boolean
  readonly readOnly: boolean
  readonly synchronous: 'full' | 'normal'
  readonly hostData: unknown
  /** Null: nothing is sealed. */
  readonly keys: KeyRing | null
}

/** The worker handles documents of every type. */
export type AnySchema = RxJsonSchema<RxDocumentData<unknown>>

/** Or with this, to read a file through and end. */
export type CheckStart = { readonly check: string }

/** One collection in one schema version. The main side chooses the handle. */
export type CollectionSpec = {
  readonly handle: number
  readonly table: string
  readonly collection: string
  readonly schema: AnySchema
}

/** The attachments of a document as they shall be. */
export type AttachmentChange = {
  readonly id: string
  readonly digest: string
  readonly type: string
  /** Null: the bytes are there already. */
  readonly bytes: Uint8Array<ArrayBuffer> | null
  /** The digest it had before, or null when the document did not have it. */
  readonly before: string | null
}
export type RowAttachments = {
  readonly now: readonly AttachmentChange[]
  /** Those it had and has no more. */
  readonly gone: readonly string[]
}

/** Rows of one bulk write, column by column; `keys` holds those of all indexes, row after row. */
export type WriteRows = {
  readonly ids: string[]
  readonly revisions: string[]
  /** The revision that must be stored for the row to replace it; null for an insert. */
  readonly previous: (string | null)[]
  readonly deleted: boolean[]
  readonly lwts: number[]
  readonly documents: string[]
  readonly keys: string[]
  /** The keys of some row do not sort as its texts do, see `createSortsAsKey`. */
  readonly oddTexts: boolean
  readonly attachments: (RowAttachments | null)[] | null
}

/**
 * The rest of a large write, which is made ready while its beginning is being written. The worker waits for it inside
 * the transaction: `signal` counts what was posted to `port`, so that it can sleep meanwhile.
 */
export type MoreRows = { readonly port: MessagePort; readonly signal: Int32Array<SharedArrayBuffer> }
/** `null`: that was all. A text: why there is no more, and nothing shall be kept. */
export type MoreMessage = WriteRows | null | string

/** What became of a row. */
export const Outcome = {
  INSERTED: 0,
  UPDATED: 1,
  CONFLICT: 2,
  /** An attachment without its bytes, in a document that was not there; nothing was written. */
  INSERT_REFUSED: 3,
  /** The same in a document that was there. */
  UPDATE_REFUSED: 4,
} as const

export type WriteAnswer = {
  /** Number of the first row written; each further one has the next. */
  readonly first: number
  /** Of every row, part by part. */
  readonly outcomes: readonly Uint8Array[]
  /** The stored documents of the conflicts, in their order, as one JSON array. */
  readonly conflicts: string
}

/** A range of an index, by the number of the index in the schema. */
export type RangeAsked = {
  readonly index: number
  readonly from: string
  readonly to: string
  readonly fromInclusive: boolean
  readonly toInclusive: boolean
  readonly skip: number
  /** Null: all. */
  readonly limit: number | null
  readonly query: FilledMangoQuery<unknown>
  readonly match: boolean
  readonly sort: boolean
  /**
   * `backward`: from the end. `groups`: groups of equal sort fields from the end, and in each the documents forward,
   * which is how RxDB sorts what is newest first.
   */
  readonly order: 'forward' | 'backward' | 'groups'
  /** What RxDB planned where that is another way: for a table whose texts do not sort as their keys. */
  readonly instead: RangeAsked | null
}

/** Documents as JSON arrays, cut so that no piece takes long to parse. */
export type Documents = readonly string[]

type Of<Input, Output> = { readonly input: Input; readonly output: Output }
type On<T> = T & { readonly handle: number }

export type Operations = {
  /** Answers the number of the last change. */
  open: Of<CollectionSpec, number>
  write: Of<On<{ rows: WriteRows; more: MoreRows | null }>, WriteAnswer>
  byIds: Of<On<{ ids: readonly string[]; withDeleted: boolean }>, Documents>
  query: Of<On<{ range: RangeAsked }>, Documents>
  count: Of<On<{ range: RangeAsked }>, number>
  changedSince: Of<On<{ after: number; limit: number }>, { last: number; documents: Documents }>
  attachment: Of<
    On<{ id: string; attachment: string; digest: string }>,
    { type: string; bytes: Uint8Array<ArrayBuffer> } | null
  >
  /** Answers how many documents went. */
  purge: Of<On<{ until: number; limit: number }>, number>
  drop: Of<On<object>, null>
  forget: Of<On<object>, null>
  call: Of<{ companion: string; method: string; input: unknown }, unknown>
  useKeys: Of<KeyRing, null>
  backup: Of<{ toPath: string }, number>
  compact: Of<null, null>
  check: Of<null, readonly string[]>
  stats: Of<null, SqliteStorageStats>
  close: Of<null, null>
}
/** Under this name the worker tells how far sealing anew is. */
export const SEALING = '#sealing'

export type OperationName = keyof Operations

export type ToEngine = { readonly n: number; readonly op: OperationName; readonly input: unknown }
export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly error: WireError }
  | { readonly kind: 'answer'; readonly n: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly n: number; readonly error: WireError }
  | { readonly kind: 'notice'; readonly companion: string; readonly message: unknown }
