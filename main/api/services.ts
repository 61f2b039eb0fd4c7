import type { DeskStatus } from '../../shared/api/models.ts'
import type { Clock } from '../../shared/runtime/ports.ts'
import type { Book } from '../book/types.ts'
import type { Crm } from '../crm/create-crm.ts'
import type { Link } from '../link/types.ts'
import type { Payments } from '../office/create-payments.ts'
import type { Risk } from '../risk/types.ts'
import type { Statements } from '../statements/create-statements.ts'
import type { Outbox } from '../store/outbox/create-outbox.ts'
import type { Store } from '../store/types.ts'
import type { SessionFacts } from './context.ts'

/** What the router needs of the desk. */
export type Services = {
  readonly facts: SessionFacts
  readonly book: Book
  readonly link: Link
  readonly risk: Risk
  readonly statements: Statements
  readonly crm: Crm
  readonly store: Store
  readonly outbox: Outbox
  readonly payments: Payments
  readonly status: () => DeskStatus
  /** Called at every change worth showing. Answers an unsubscribe. */
  readonly onStatus: (fn: (status: DeskStatus) => void) => () => void
  readonly clock: Clock
  readonly newId: () => string
}
