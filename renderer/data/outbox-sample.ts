import type { OutboxRow } from '../../shared/outbox/rows.ts'

/** A command for tests: a deposit that waits, with whatever the test says otherwise. */
export const sampleCommand = (other: Partial<OutboxRow> = {}): OutboxRow => ({
  key: 'key-0001',
  seq: 1,
  place: 1,
  channel: 'mt4',
  lane: 'account:200100',
  command: { type: 'balance:deposit', login: 200_100, amount: 500, comment: 'Deposit', currency: 'EUR' },
  state: 'pending',
  hold: false,
  attempts: 0,
  nextAt: 0,
  notAfter: null,
  reason: '',
  order: null,
  by: 'ann',
  at: 1_700_000_000_000,
  doneAt: null,
  document: { collection: 'payments', id: 'payment:1' },
  retryOf: null,
  retriedBy: null,
  rev: 0,
  ...other,
})
