import type { MangoQuery } from 'rxdb'

/** What is asked of a collection: `selector` and `sort` as RxDB has them, over fields an index covers. */
export type Question<D> = Pick<MangoQuery<D>, 'selector' | 'sort' | 'skip' | 'limit'>

/** The documents of one collection as plain objects. Writes are durable when their promise resolves. */
export type Repository<D> = {
  get: (id: string) => Promise<D | null>
  /** Those that are there, in no particular order. */
  getMany: (ids: readonly string[]) => Promise<D[]>
  find: (question: Question<D>) => Promise<D[]>
  count: (selector: NonNullable<MangoQuery<D>['selector']>) => Promise<number>
  /** Writes the document whatever was there before. @throws BadDocument, StoreWriteFailed */
  put: (document: D) => Promise<void>
  /**
   * Makes a document's next state from its present one (null: there is none) and answers it; null from `change`
   * leaves everything as it is. `change` is pure: it runs again when somebody else wrote meanwhile.
   * @throws BadDocument, StoreWriteFailed, and what `change` throws
   */
  update: (id: string, change: (current: D | null) => D | null) => Promise<D | null>
  remove: (id: string) => Promise<void>
  /** Every document, in slices, in the order of their last change. */
  slices: (size: number) => AsyncIterable<D[]>
}
