import type { ProcedurePath } from '../../shared/api/contract.ts'
import type { Right } from '../../shared/api/permissions.ts'

/** What a procedure asks for: a right; `anyone` signed in to a window; `role` any chosen role. */
export type Demand = Right | 'anyone' | 'role'

/** Every procedure has a line here; a new one does not compile without. */
export const procedureRights: Readonly<Record<ProcedurePath, Demand>> = {
  'session.get': 'anyone',
  'session.open': 'anyone',
  'desk.status': 'anyone',
  'desk.watch': 'anyone',
  'desk.reconnect': 'link:control',
  'desk.resync': 'link:control',
  'views.open': 'book:read',
  'views.change': 'book:read',
  'views.close': 'book:read',
  'clients.card': 'client:read',
  'positions.explain': 'book:read',
  'accounts.explain': 'book:read',
  'accounts.limits': 'client:read',
  'risk.whatIf': 'risk:read',
  'search.find': 'book:read',
  'chart.bars': 'book:read',
  'alerts.watch': 'alert:read',
  'alerts.seen': 'alert:work',
  'alerts.call': 'client:contact',
  'alerts.outcome': 'alert:work',
  'rules.list': 'alert:read',
  'rules.save': 'rule:write',
  'payments.request': 'money:write',
  'payments.list': 'client:read',
  'outbox.watch': 'outbox:read',
  'outbox.retry': 'outbox:work',
  'outbox.cancel': 'outbox:work',
  'outbox.release': 'outbox:work',
  'outbox.settle': 'outbox:work',
  'outbox.pause': 'outbox:work',
  'statements.reconcile': 'statement:read',
  'layouts.load': 'role',
  'layouts.save': 'layout:write',
}

export const isProcedurePath = (path: string): path is ProcedurePath => Object.hasOwn(procedureRights, path)
