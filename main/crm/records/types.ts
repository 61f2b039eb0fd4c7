import type { Clock } from '../../../shared/runtime/ports.ts'
import type { AccountFacts } from '../../book/types.ts'
import type { Store } from '../../store/types.ts'

/** What the records of the CRM rest on. */
export type RecordOptions = {
  readonly documents: Pick<Store['documents'], 'clients' | 'leads' | 'interactions' | 'tasks'>
  /** The MT4 record of an account; null where the book does not know it. */
  readonly account: (login: number) => Promise<AccountFacts | null>
  readonly clock: Clock
  readonly newId: () => string
}

/** Fields that may be left out, as a schema has them. */
export type Some<F> = { readonly [K in keyof F]?: F[K] | undefined }

/** What somebody changed, and what these fields were when they began. */
export type Edits<F> = { readonly base: Some<F>; readonly changes: Some<F> }
