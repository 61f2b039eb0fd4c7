import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { OutgoingCommand } from '../../../shared/outbox/outgoing.ts'
import { OutboxKeyReused, OutboxMoveRefused } from './errors.ts'
import { createOutboxTable } from './table.ts'

const deposit = (key: string, login = 1001, amount = 100): OutgoingCommand => ({
  key,
  channel: 'mt4',
  lane: `account:${login}`,
  command: { type: 'balance:deposit', login, amount, comment: 'Deposit' },
  by: 'ann',
  at: 1000,
})
const letter = (key: string): OutgoingCommand => ({
  ...deposit(key),
  channel: 'mail',
  lane: 'account:1001',
  command: { to: 'client@example.com', text: 'Dear client' },
})

const open = (path = ':memory:') => {
  const db = new DatabaseSync(path)
  return { db, table: createOutboxTable(db) }
}

/** Sends the head of a lane and answers it. */
const answer = (
  table: ReturnType<typeof open>['table'],
  key: string,
  verdict: 'done' | 'refused',
  at = 2000,
) => {
  table.apply(key, { do: 'send', at, memory: 'm' })
  const reason = verdict === 'done' ? '' : 'The account is disabled'
  return table.apply(key, { do: 'answered', at, verdict, reason, answer: { order: 7 }, nextAt: 0 })
}

describe('a key', () => {
  it('is taken over once, however often its document is written', () => {
    const { table } = open()
    expect(table.insert([deposit('key-0001')], 'payments', 'p1')).toHaveLength(1)
    expect(table.insert([deposit('key-0001')], 'payments', 'p1')).toHaveLength(0)
    const turned = { ...deposit('key-0001'), command: { ...deposit('key-0001').command } }
    turned.command = Object.fromEntries(Object.entries(turned.command).toReversed())
    expect(table.insert([turned], 'payments', 'p1')).toHaveLength(0)
    expect(table.counts()).toEqual({ waiting: 1, held: 0 })
  })

  it('is never used for another command, nor again after its row was archived', () => {
    const { db, table } = open()
    table.insert([deposit('key-0001')], 'payments', 'p1')
    answer(table, 'key-0001', 'done')
    expect(table.archive(2000, 10)).toBe(0)
    expect(table.archive(2001, 10)).toBe(1)
    expect(table.get('key-0001')).toBeNull()
    expect(table.insert([deposit('key-0001')], 'payments', 'p1')).toHaveLength(0)
    expect(table.heads(0, 10)).toEqual([])
    expect(() => table.insert([deposit('key-0001', 1001, 101)], 'payments', 'p2')).toThrow(OutboxKeyReused)
    const kept = db.prepare('SELECT state, reason, answer FROM outbox_archive').all()
    expect(kept).toEqual([{ state: 'confirmed', reason: '', answer: '{"order":7}' }])
  })
})

describe('a lane', () => {
  it('has its commands one after the other, and no lane waits for another', () => {
    const { table } = open()
    table.insert([deposit('key-0001'), deposit('key-0002'), deposit('key-0003', 1002)], 'payments', 'p1')
    expect(table.heads(0, 10).map(({ key }) => key)).toEqual(['key-0001', 'key-0003'])
    expect(answer(table, 'key-0001', 'done').head?.key).toBe('key-0002')
    expect(answer(table, 'key-0002', 'done').head).toBeNull()
    expect(table.heads(1, 1).map(({ key }) => key)).toEqual(['key-0003'])
  })

  it('stands behind money that failed until it is let go', () => {
    const { table } = open()
    table.insert([deposit('key-0001'), deposit('key-0002')], 'payments', 'p1')
    expect(answer(table, 'key-0001', 'refused').head?.key).toBe('key-0001')
    expect(table.counts()).toEqual({ waiting: 2, held: 1 })
    expect(() => table.apply('key-0001', { do: 'send', at: 1, memory: 'm' })).toThrow(OutboxMoveRefused)
    expect(table.apply('key-0001', { do: 'release', at: 3000, by: 'bob' }).head?.key).toBe('key-0002')
  })

  it('passes by a letter that failed', () => {
    const { table } = open()
    table.insert([letter('key-0001'), deposit('key-0002')], 'deliveries', 'd1')
    expect(answer(table, 'key-0001', 'refused').head?.key).toBe('key-0002')
  })

  it('has the retry of a failed one in its place, under a key of its own', () => {
    const { table } = open()
    table.insert([deposit('key-0001'), deposit('key-0002')], 'payments', 'p1')
    answer(table, 'key-0001', 'refused')
    const { changed, head } = table.apply('key-0001', { do: 'retry', at: 3000, by: 'bob' })
    expect(head).toMatchObject({ key: 'key-0001~2', retryOf: 'key-0001', by: 'bob', place: 1, seq: 3 })
    expect(changed.map(({ key, state, hold, retriedBy }) => ({ key, state, hold, retriedBy }))).toEqual([
      { key: 'key-0001', state: 'failed', hold: false, retriedBy: 'key-0001~2' },
      { key: 'key-0001~2', state: 'pending', hold: false, retriedBy: null },
    ])
    expect(() => table.apply('key-0001', { do: 'retry', at: 3000, by: 'bob' })).toThrow(OutboxMoveRefused)
    answer(table, 'key-0001~2', 'refused')
    expect(table.apply('key-0001~2', { do: 'retry', at: 4000, by: 'bob' }).head?.key).toBe('key-0001~3')
  })

  it('has a retry of what never went out under its own key', () => {
    const { table } = open()
    table.insert([{ ...deposit('key-0001'), notAfter: 61_000 }], 'payments', 'p1')
    expect(table.expire(61_000)).toEqual({ changed: [], nextAt: 61_000 })
    const { changed, nextAt } = table.expire(61_001)
    expect(changed).toMatchObject([{ key: 'key-0001', state: 'failed', hold: true }])
    expect(nextAt).toBeNull()
    const again = table.apply('key-0001', { do: 'retry', at: 90_000, by: 'bob' })
    expect(again.changed).toMatchObject([{ key: 'key-0001', state: 'pending', notAfter: 150_000 }])
  })
})

describe('the desk that comes back', () => {
  it('does not know what came of that which was on its way', () => {
    const { table } = open()
    table.insert([deposit('key-0001'), deposit('key-0002', 1002)], 'payments', 'p1')
    table.apply('key-0001', { do: 'send', at: 1, memory: 'm' })
    expect(table.recover()).toBe(1)
    expect(table.heads(0, 10)).toMatchObject([
      { key: 'key-0001', state: 'sent', unsure: true },
      { key: 'key-0002', state: 'pending', unsure: false },
    ])
  })
})

describe('a file that was restored', () => {
  it('does not know whether what it says is still to be done was done since', () => {
    const { table } = open()
    table.insert([deposit('key-0001'), deposit('key-0002'), deposit('key-0003', 1002)], 'payments', 'p1')
    answer(table, 'key-0001', 'done')
    expect(table.distrust()).toBe(2)
    expect(table.heads(0, 10)).toMatchObject([
      { key: 'key-0002', state: 'sent', unsure: true, memory: '', sentAt: 1000 },
      { key: 'key-0003', state: 'sent', unsure: true, memory: '', sentAt: 1000 },
    ])
    expect(() => table.apply('key-0002', { do: 'send', at: 5, memory: 'm' })).toThrow(OutboxMoveRefused)
  })
})

describe('a page', () => {
  it('starts with what needs a person, and the list of a document with its first command', () => {
    const { table } = open()
    const keys = [1, 2, 3, 4].map((i) => deposit(`key-000${i}`, 1000 + i))
    table.insert(keys, 'payments', 'p1')
    answer(table, 'key-0001', 'refused')
    answer(table, 'key-0003', 'done')
    const all = ['pending', 'sending', 'sent', 'confirmed', 'failed', 'cancelled'] as const
    const shown = (states: readonly (typeof all)[number][], limit: number) =>
      table.page(states, limit).map(({ key }) => key)
    expect(shown(all, 10)).toEqual(['key-0001', 'key-0004', 'key-0002', 'key-0003'])
    expect(shown(all, 3)).toEqual(['key-0001', 'key-0004', 'key-0002'])
    expect(shown(['confirmed'], 10)).toEqual(['key-0003'])
    expect(table.ofDocument('payments', 'p1').map(({ key }) => key)).toEqual(keys.map(({ key }) => key))
  })

  it('knows what was paused', () => {
    const { table } = open()
    table.pause('mt4', true, 'ann', 5)
    table.pause('mt4', true, 'bob', 6)
    expect(table.paused()).toEqual([{ channel: 'mt4', by: 'bob' }])
    table.pause('mt4', false, 'bob', 7)
    expect(table.paused()).toEqual([])
  })
})
