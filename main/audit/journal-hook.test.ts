import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contract } from '../../shared/api/contract.ts'
import { journalEntry, type ProcedureCall } from './journal-hook.ts'

const call = (over: Partial<ProcedureCall> = {}): ProcedureCall => ({
  at: 5,
  path: 'alerts.call',
  user: 'ann',
  role: 'dealer',
  input: { id: 'a', number: '+4930' },
  result: 'ok',
  ...over,
})

describe('what is journalled', () => {
  it('is what changes something, and reads of a client', () => {
    const all = Object.entries(contract).flatMap(([group, procedures]) =>
      Object.keys(procedures).map((name) => `${group}.${name}`),
    )
    expect(all.filter((path) => journalEntry(call({ path })) !== null)).toEqual([
      'session.open',
      'desk.reconnect',
      'desk.resync',
      'clients.card',
      'risk.whatIf',
      'alerts.seen',
      'alerts.call',
      'alerts.outcome',
      'rules.save',
      'payments.request',
      'outbox.retry',
      'outbox.cancel',
      'outbox.release',
      'outbox.settle',
      'outbox.pause',
      'statements.reconcile',
      'crm.profile',
      'crm.watchProfile',
      'crm.save',
      'crm.resolve',
      'crm.watchClients',
      'crm.conflicts',
      'interactions.watch',
      'interactions.note',
      'interactions.call',
      'interactions.ticket',
      'interactions.save',
      'interactions.resolve',
      'tasks.add',
      'tasks.save',
      'tasks.resolve',
      'leads.watch',
      'leads.get',
      'leads.add',
      'leads.save',
      'leads.resolve',
      'leads.convert',
      'data.backup',
      'data.restore',
      'data.compact',
      'data.check',
      'data.export',
      'data.exportPersonal',
      'data.import',
    ])
  })

  it('is every refusal, and whatever is not known', () => {
    expect(journalEntry(call({ path: 'views.open', result: 'FORBIDDEN' }))).not.toBeNull()
    expect(journalEntry(call({ path: 'views.open', result: 'NO_SESSION' }))).toBeNull()
    expect(journalEntry(call({ path: 'money.withdraw' }))).toMatchObject({ procedure: 'money.withdraw' })
  })
})

describe('the line', () => {
  it('says who did what and what came of it', () => {
    expect(journalEntry(call({ result: 'CONFLICT' }))).toEqual({
      at: 5,
      user: 'ann',
      role: 'dealer',
      procedure: 'alerts.call',
      input: '{"id":"a","number":"+4930"}',
      result: 'CONFLICT',
    })
    expect(journalEntry(call({ role: null, input: undefined }))).toMatchObject({ role: 'none', input: '' })
  })

  it('keeps what was noted about a call', () => {
    const input = { id: 'a', outcome: 'reached', note: 'wants a lower leverage' }
    expect(journalEntry(call({ path: 'alerts.outcome', input }))?.input).toContain('wants a lower leverage')
  })

  it.each(['password', 'Password', 'new_password', 'accessToken', 'api-key', 'OTP', 'clientSecret', 'pin'])(
    'never holds the value of %s, however deep',
    (key) => {
      const line = journalEntry(call({ input: { a: [{ [key]: 'hunter2' }], [key]: { x: 'hunter2' } } }))
      expect(line?.input).not.toContain('hunter2')
      expect(line?.input).toContain('[redacted]')
    },
  )

  it.each(['footprint', 'pinned', 'login'])('does hold the value of %s', (key) => {
    expect(journalEntry(call({ input: { [key]: 'x' } }))?.input).toContain('"x"')
  })

  it('is written even for input that is not JSON', () => {
    const ring: Record<string, unknown> = {}
    ring['self'] = ring
    expect(journalEntry(call({ input: ring }))?.input).toBe('[not JSON]')
    expect(journalEntry(call({ input: { n: 1n } }))?.input).toBe('{"n":"1"}')
  })

  it('stays within its length and never ends in half a character', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string({ unit: 'binary', maxLength: 5_000 }), (input, text) => {
        const line = journalEntry(call({ input: [text, input], user: text }))
        expect(line?.input.length).toBeLessThanOrEqual(2_000)
        expect(line?.user.length).toBeLessThanOrEqual(200)
        expect(line?.input.isWellFormed()).toBe(true)
      }),
    )
    expect(journalEntry(call({ input: '😀'.repeat(3_000) }))?.input.isWellFormed()).toBe(true)
  })
})
