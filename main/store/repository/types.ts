import type { MangoQuery } from 'rxdb'
import type { Page } from '../../../shared/api/pages.ts'

/** What is asked of a collection: `selector` and `sort` as RxDB has them, over fields an index covers. */
export type Question<D> = Pick<MangoQuery<D>, 'selector' | 'sort' | 'skip' | 'limit'>

/** A slice of a list: `sort` says its order down to the last tie. */
export type Slice<D> = Pick<MangoQuery<D>, 'selector' | 'sort'> & {
  readonly from: number
  readonly count: number
}

/** A document before and after a write; null: it was not there, or is not there any more. */
export type DocumentChange<D> = { readonly before: D | null; readonly after: D | null }

/** The documents of one collection as plain objects. Writes are durable when their promise resolves. */
export type Repository<D> = {
  get: (id: string) => Promise<D | null>
  /** Those that are there, in no particular order. */
  getMany: (ids: readonly string[]) => Promise<D[]>
  find: (question: Question<D>) => Promise<D[]>
  count: (selector: NonNullable<MangoQuery<D>['selector']>) => Promise<number>
  /** Writes the document whatever was there before; it must not be changed until that is done. @throws BadDocument, StoreWriteFailed */
  put: (document: D) => Promise<void>
  /**
   * Makes a document's next state from its present one (null: there is none) and answers it; null from `change`
   * leaves everything as it is. `change` is pure: it runs again when somebody else wrote meanwhile.
   * @throws BadDocument, StoreWriteFailed, and what `change` throws
   */
  update: (id: string, change: (current: D | null) => D | null) => Promise<D | null>
  remove: (id: string) => Promise<void>
  /** Follows a slice of a list: first all of it, then its changes. Answers a function that ends it. */
  watchPage: <W>(slice: Slice<D>, show: (document: D) => W, push: (page: Page<W>) => void) => () => void
  /** Hears of every write, in order, once it is on the disk. Answers a function that ends it. */
  onChanges: (fn: (changes: readonly DocumentChange<D>[]) => void) => () => void
  /** Every document, in slices, in the order of their last change. */
  slices: (size: number) => AsyncIterable<D[]>
}
