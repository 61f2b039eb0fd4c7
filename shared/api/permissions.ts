import type { Role } from './models.ts'

/** What may be done. One name a right; procedures name the right they need. */
export const rights = [
  'book:read',
  'client:read',
  'client:contact',
  /** Clients' and leads' own fields. */
  'client:write',
  /** Notes and tickets. */
  'note:write',
  'task:read',
  'task:work',
  'alert:read',
  'alert:work',
  /** What if prices moved: the whole book, its clients and its hedges. */
  'risk:read',
  'rule:write',
  'link:control',
  'statement:read',
  'layout:write',
  /** Deposits, withdrawals, credits: booked on the account. */
  'money:write',
  'outbox:read',
  /** Retry, cancel, let go, settle, pause; of money only together with `money:write`. */
  'outbox:work',
  /** How the desk's own data are, and copies of them on this machine. */
  'data:read',
  /** Backups, restoring, importing, compacting. */
  'data:control',
  'data:export',
  /** Exports with names, addresses and notes in the clear. */
  'data:export-personal',
] as const
export type Right = (typeof rights)[number]

const granted: Readonly<Record<Role, readonly Right[]>> = {
  dealer: [
    'book:read',
    'client:read',
    'client:contact',
    'client:write',
    'note:write',
    'task:read',
    'task:work',
    'alert:read',
    'alert:work',
    'risk:read',
    'link:control',
    'statement:read',
    'layout:write',
    'outbox:read',
    'outbox:work',
  ],
  sales: [
    'book:read',
    'client:read',
    'client:contact',
    'client:write',
    'note:write',
    'task:read',
    'task:work',
    'alert:read',
    'alert:work',
    'layout:write',
    'outbox:read',
  ],
  compliance: [
    'book:read',
    'client:read',
    'note:write',
    'task:read',
    'task:work',
    'alert:read',
    'risk:read',
    'statement:read',
    'data:read',
    'data:export',
    'data:export-personal',
    'layout:write',
    'outbox:read',
  ],
  admin: rights,
}

export const may = (role: Role, right: Right): boolean => granted[role].includes(right)
