import { describe, expect, it } from 'vitest'
import type { Role } from '../../shared/api/models.ts'
import type { OutboxEvent } from '../../shared/outbox/events.ts'
import { type OutboxRow, outboxStates } from '../../shared/outbox/rows.ts'
import type { Outbox } from '../store/outbox/create-outbox.ts'
import { createOutboxDesk, watchOutbox } from './outbox.ts'

const row = (key: string, other: Partial<OutboxRow> = {}): OutboxRow => ({
  key,
  seq: 1,
  place: 1,
  channel: 'mt4',
  lane: 'account:1001',
  command: { type: 'balance:deposit', login: 1001, amount: 5, comment: '' },
  state: 'pending',
  hold: false,
  attempts: 0,
  nextAt: 0,
  notAfter: null,
  reason: '',
  order: null,
  by: 'ann',
  at: 1,
  doneAt: null,
  document: { collection: 'payments', id: 'p' },
  retryOf: null,
  retriedBy: null,
  rev: 0,
  ...other,
})

const rig = (rows: OutboxRow[]) => {
  const watchers = new Set<(rows: readonly OutboxRow[]) => void>()
  const done: string[] = []
  const outbox: Outbox = {
    page: async () => rows,
    ofDocument: async () => rows,
    get: async (key) => rows.find((each) => each.key === key) ?? null,
    counts: async () => ({ waiting: rows.length, held: 0 }),
    channels: () => [],
    onChange: (fn) => {
      watchers.add(fn)
      return () => watchers.delete(fn)
    },
    cancel: async (key, by) => {
      done.push(`cancel ${key} ${by}`)
      return []
    },
    retry: async (key, by) => {
      done.push(`retry ${key} ${by}`)
      return []
    },
    release: async (key, by) => {
      done.push(`release ${key} ${by}`)
      return []
    },
    settle: async (key, by, executed) => {
      done.push(`settle ${key} ${by} ${executed}`)
      return []
    },
    pause: async () => {},
    close: () => {},
  }
  const tell = (...changed: OutboxRow[]): void => {
    for (const fn of watchers) fn(changed)
  }
  return { outbox, tell, done, watched: () => watchers.size }
}

describe('a window that watches', () => {
  it('gets its page, then what changed, folded while it does not take it', async () => {
    const { outbox, tell, watched } = rig([row('key-0001')])
    const stop = new AbortController()
    const events = watchOutbox(outbox, { states: outboxStates, limit: 10 }, stop.signal)
    const next = async (): Promise<OutboxEvent> => (await events.next()).value as OutboxEvent
    expect(await next()).toMatchObject({ kind: 'all', rows: [{ key: 'key-0001' }] })
    tell(row('key-0001', { rev: 1, state: 'sending' }))
    tell(row('key-0002'))
    tell(row('key-0001', { rev: 2, state: 'confirmed' }))
    await new Promise(setImmediate)
    const { kind, rows } = await next()
    const states = rows.map(({ key, state }) => `${key} ${state}`)
    expect([kind, states.filter((each) => each !== 'key-0001 sending').toSorted()]).toEqual([
      'changed',
      ['key-0001 confirmed', 'key-0002 pending'],
    ])
    stop.abort()
    expect((await events.next()).done).toBe(true)
    expect(watched()).toBe(0)
  })

  it('misses nothing that happens while its page is read', async () => {
    const { outbox, tell } = rig([row('key-0001')])
    const read = Promise.withResolvers<OutboxRow[]>()
    const events = watchOutbox(
      { ...outbox, page: () => read.promise },
      { states: outboxStates, limit: 10 },
      undefined,
    )
    const first = events.next()
    await new Promise(setImmediate)
    tell(row('key-0001', { rev: 1, state: 'confirmed' }))
    read.resolve([row('key-0001')])
    expect((await first).value).toMatchObject({ kind: 'all' })
    expect((await events.next()).value).toMatchObject({ kind: 'changed', rows: [{ state: 'confirmed' }] })
    await events.return()
  })
})

describe('a decision', () => {
  const person = (role: Role) => ({ user: 'bob', role: () => role })
  const letter = row('key-0002', { channel: 'mail', command: null })

  it('about money is for those who may book it', async () => {
    const { outbox, done } = rig([row('key-0001'), letter])
    const desk = createOutboxDesk(outbox)
    for (const ask of [
      () => desk.retry(person('dealer'), 'key-0001'),
      () => desk.cancel(person('dealer'), 'key-0001'),
      () => desk.release(person('dealer'), 'key-0001'),
      () => desk.settle(person('dealer'), 'key-0001', true),
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'FORBIDDEN', data: { right: 'money:write' } })
    await desk.cancel(person('dealer'), 'key-0002')
    await desk.settle(person('admin'), 'key-0001', false)
    expect(done).toEqual(['cancel key-0002 bob', 'settle key-0001 bob false'])
  })

  it('about what is not there says so', async () => {
    const desk = createOutboxDesk(rig([]).outbox)
    await expect(desk.retry(person('admin'), 'key-0009')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
