import type { SearchAnswer, SearchProgress } from './types.ts'

/** A collection as the store keeps it. */
export type SearchedCollection = {
  readonly name: string
  readonly version: number
  /** Whether its documents have sealed fields. */
  readonly sealed: boolean
}

/** What the worker is started with. */
export type SearchStart<K = unknown> = {
  readonly filename: string
  /** Name of the database in the file. */
  readonly databaseName: string
  readonly collections: readonly SearchedCollection[]
  /** What sealed documents are opened with; the worker's entry knows how. */
  readonly keys: K
  /** Rows given up before the index is made anew beside the old one, at least; and always when they are the most. */
  readonly renewAfter?: number
}

export type ToSearch<K = unknown> =
  | {
      readonly kind: 'find'
      readonly id: number
      readonly text: string
      readonly limit: number
      readonly kinds: readonly string[] | null
    }
  | { readonly kind: 'status'; readonly id: number }
  | { readonly kind: 'changed' }
  | { readonly kind: 'rebuild' }
  | { readonly kind: 'keys'; readonly keys: K }
  | { readonly kind: 'close' }

export type SearchStatus = {
  readonly complete: boolean
  readonly progress: SearchProgress
  /** Documents found now. */
  readonly documents: number
  /** Rows of changed and deleted documents that still take room. */
  readonly spent: number
  /** Documents that could not be opened or read. */
  readonly unreadable: number
  /** Why nothing is found, or null. */
  readonly fault: string | null
  /** Bytes the index takes. */
  readonly bytes: number
}

export type FromSearch =
  | { readonly kind: 'found'; readonly id: number; readonly answer: SearchAnswer }
  | { readonly kind: 'status'; readonly id: number; readonly status: SearchStatus }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
