import type { ProcedurePath } from '../../shared/api/contract.ts'

/**
 * Which procedures leave a line in the journal: everything that changes something other people see, and reads
 * of one client's personal data. What a window merely looks at or how it is laid out does not. A new procedure
 * does not compile before this is decided.
 */
const journalled: Readonly<Record<ProcedurePath, boolean>> = {
  'session.get': false,
  'session.open': true,
  'desk.status': false,
  'desk.watch': false,
  'desk.reconnect': true,
  'desk.resync': true,
  'views.open': false,
  'views.change': false,
  'views.close': false,
  'clients.card': true,
  'positions.explain': false,
  'accounts.explain': false,
  'accounts.limits': false,
  'risk.whatIf': true,
  'search.find': false,
  'search.documents': false,
  'chart.bars': false,
  'alerts.watch': false,
  'alerts.seen': true,
  'alerts.call': true,
  'alerts.outcome': true,
  'rules.list': false,
  'rules.save': true,
  'payments.request': true,
  'payments.list': false,
  'outbox.watch': false,
  'outbox.retry': true,
  'outbox.cancel': true,
  'outbox.release': true,
  'outbox.settle': true,
  'outbox.pause': true,
  'statements.reconcile': true,
  'crm.profile': true,
  'crm.watchProfile': true,
  'crm.save': true,
  'crm.resolve': true,
  'crm.watchClients': true,
  'crm.conflicts': true,
  'interactions.watch': true,
  'interactions.note': true,
  'interactions.call': true,
  'interactions.ticket': true,
  'interactions.save': true,
  'interactions.resolve': true,
  'tasks.watch': false,
  'tasks.add': true,
  'tasks.save': true,
  'tasks.resolve': true,
  'leads.watch': true,
  'leads.get': true,
  'leads.add': true,
  'leads.save': true,
  'leads.resolve': true,
  'leads.convert': true,
  'layouts.load': false,
  'layouts.save': false,
}

/** A path that is not in the table is journalled: what nobody has thought of is of interest. */
export const isJournalled = (path: string): boolean =>
  Object.hasOwn(journalled, path) ? journalled[path as keyof typeof journalled] : true
