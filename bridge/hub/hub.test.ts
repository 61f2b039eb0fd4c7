import { describe, expect, it } from 'vitest'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import { silentLog } from '../../shared/runtime/ports.ts'
import type { Change } from '../source.ts'
import { createCounters } from './counters.ts'
import { createHub } from './hub.ts'
import { defaultLimits } from './limits.ts'
import { seededRandom } from './seeded-random.ts'
import { groupRow, symbolRow, TEST_DAY, userRow } from './test-rows.ts'

const setUp = () => {
  const counters = createCounters()
  let epochs = 0
  const hub = createHub({
    limits: { ...defaultLimits, journalEntries: 100 },
    serverTimeOffset: 7200,
    ids: () => `epoch ${epochs++}`,
    random: seededRandom(3),
    log: silentLog,
    counters,
    listeners: { moved: () => {}, statusChanged: () => {}, epochChanged: () => {} },
  })
  const state = {
    symbols: [symbolRow(0), symbolRow(1)],
    groups: [groupRow(0)],
    users: [userRow(1, 'test-0'), userRow(2, 'test-0')],
    trades: [],
    quotes: [
      { symbol: 0, bid: 1, ask: 2, high: 1, low: 1, time: TEST_DAY * 1000 },
      { symbol: 9, bid: 1, ask: 2, high: 1, low: 1, time: TEST_DAY * 1000 },
    ],
  }
  hub.sink.load(state)
  return { hub, counters, state }
}

const user = (kind: ChangeKind, row = userRow(1, 'test-0')): Change => ({ stream: 'users', kind, row })

describe('hub', () => {
  it('starts at number 0 with what the source loaded', () => {
    const { hub } = setUp()
    expect(hub.seqs()).toEqual({ symbols: 0, groups: 0, users: 0, trades: 0, ticks: 0 })
    expect(hub.world.users.size()).toBe(2)
    expect(hub.hashes().users.rows).toBe(2)
    expect(hub.quotes.size()).toBe(1)
  })

  it('takes a transaction whole or not at all', () => {
    const { hub, counters } = setUp()
    const before = [hub.seqs(), hub.hashes()]
    hub.sink.transaction([
      user(ChangeKind.UPDATED, { ...userRow(1, 'test-0'), balance: 5 }),
      user(ChangeKind.UPDATED, { ...userRow(2, 'test-0'), balance: Number.NaN }),
    ])
    expect([hub.seqs(), hub.hashes()]).toEqual(before)
    expect(hub.journal.entries()).toBe(0)
    expect(counters).toMatchObject({ refusedTransactions: 1, transactions: 0 })
  })

  it('refuses a record without a number', () => {
    const { hub, counters } = setUp()
    hub.sink.transaction([user(ChangeKind.ADDED, userRow(0, 'test-0'))])
    expect(counters).toMatchObject({ refusedTransactions: 1, transactions: 0 })
    expect(hub.world.users.size()).toBe(2)
  })

  it('hands on of a deleted record no more than its key', () => {
    const { hub } = setUp()
    hub.sink.transaction([user(ChangeKind.DELETED)])
    expect(hub.world.users.size()).toBe(1)
    expect(hub.journal.row(hub.journal.head() - 1)).toMatchObject({ login: 1, name: '', balance: 0 })
    const { users } = hub.hashes()
    hub.sink.transaction([user(ChangeKind.DELETED)])
    expect(hub.seqs().users).toBe(1)
    expect(hub.hashes().users).toEqual(users)
  })

  it('comes back to the same hash when a change is undone', () => {
    const { hub } = setUp()
    const before = hub.hashes()
    hub.sink.transaction([user(ChangeKind.UPDATED, { ...userRow(1, 'test-0'), name: 'Other' })])
    expect(hub.hashes()).not.toEqual(before)
    hub.sink.transaction([user(ChangeKind.UPDATED), user(ChangeKind.ADDED, userRow(3, 'test-0'))])
    hub.sink.transaction([user(ChangeKind.DELETED, userRow(3, 'test-0'))])
    expect(hub.hashes()).toEqual(before)
    expect(hub.seqs().users).toBe(4)
  })

  it.each([
    [9, 1, 2, 0],
    [0, Number.NaN, 2, 0],
    [0, 1, Number.POSITIVE_INFINITY, 0],
    [0, -1, 2, 0],
    [0, 1, 2, Number.NaN],
  ])('refuses the tick %j', (symbol, bid, ask, time) => {
    const { hub, counters } = setUp()
    hub.sink.tick(symbol, bid, ask, time)
    expect(hub.seqs().ticks).toBe(0)
    expect(counters.refusedTicks).toBe(1)
  })

  it('follows the symbols: ticks of one that is gone are refused, of a new one taken', () => {
    const { hub, counters } = setUp()
    const now = TEST_DAY * 1000
    hub.sink.transaction([{ stream: 'symbols', kind: ChangeKind.DELETED, row: symbolRow(0) }])
    hub.sink.tick(0, 1, 2, now)
    expect([hub.seqs().ticks, hub.quotes.size(), counters.refusedTicks]).toEqual([0, 0, 1])
    hub.sink.transaction([{ stream: 'symbols', kind: ChangeKind.ADDED, row: symbolRow(2) }])
    hub.sink.tick(2, 1, 2, now)
    expect([hub.seqs().ticks, hub.quotes.size()]).toEqual([1, 1])
  })

  it('keeps the world but no number when it restarts', () => {
    const { hub } = setUp()
    hub.sink.transaction([user(ChangeKind.UPDATED)])
    const [epoch, hashes] = [hub.epoch(), hub.hashes()]
    hub.restart()
    expect(hub.epoch()).not.toBe(epoch)
    expect(hub.hashes()).toEqual(hashes)
    const { ticks, ...records } = hub.seqs()
    expect(hub.journal.evicted()).toEqual(records)
    hub.sink.tick(0, 1, 2, TEST_DAY * 1000)
    expect(hub.seqs().ticks).toBe(ticks + 1)
  })

  it('has no half world after a load that failed', () => {
    const { hub, state } = setUp()
    const bad = [userRow(3, 'test-0'), { ...userRow(4, 'test-0'), login: 0.5 }]
    expect(() => hub.sink.load({ ...state, users: bad })).toThrow('users.login')
    expect(hub.loaded()).toBe(false)
    expect(hub.hashes().symbols.rows).toBe(0)
    hub.sink.load(state)
    expect(hub.hashes().users.rows).toBe(2)
  })
})
