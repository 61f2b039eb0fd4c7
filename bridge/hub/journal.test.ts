import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChangeKind, type RecordStream } from '../../shared/bridge/streams.ts'
import { createJournal, type Entry } from './journal.ts'

const entry = (stream: RecordStream, seq: number, bytes = 10): Entry => ({
  stream,
  kind: ChangeKind.UPDATED,
  row: { key: seq },
  seq,
  bytes,
})

describe('journal', () => {
  it('keeps order and boundaries', () => {
    const journal = createJournal(10, 1000)
    journal.append([entry('trades', 1), entry('users', 1)])
    journal.append([entry('trades', 2)])
    const places = [0, 1, 2]
    expect(places.map((p) => [journal.stream(p), journal.seq(p), journal.ends(p)])).toEqual([
      ['trades', 1, false],
      ['users', 1, true],
      ['trades', 2, true],
    ])
    expect([journal.oldest(), journal.head(), journal.bytes()]).toEqual([0, 3, 30])
  })

  it('is bounded by entries and by bytes and knows what it lost', () => {
    const byEntries = createJournal(4, 1000)
    for (let seq = 1; seq <= 6; seq++) byEntries.append([entry('users', seq)])
    expect([byEntries.oldest(), byEntries.head(), byEntries.evicted().users]).toEqual([2, 6, 2])
    const byBytes = createJournal(100, 35)
    for (let seq = 1; seq <= 6; seq++) byBytes.append([entry('trades', seq)])
    expect([byBytes.entries(), byBytes.bytes(), byBytes.evicted().trades]).toEqual([3, 30, 3])
    byBytes.append([entry('groups', 1, 500)])
    expect([byBytes.entries(), byBytes.evicted().trades]).toEqual([1, 6])
  })

  it('makes every place it had invalid when it is reset', () => {
    const journal = createJournal(4, 1000)
    journal.append([entry('users', 1)])
    const head = journal.head()
    journal.reset({ symbols: 1, groups: 2, users: 3, trades: 4 })
    expect(journal.oldest()).toBeGreaterThan(head)
    expect(journal.head()).toBe(journal.oldest())
    expect(journal.evicted()).toEqual({ symbols: 1, groups: 2, users: 3, trades: 4 })
  })

  it('holds in each stream exactly the numbers behind what it lost', () => {
    const streams = ['symbols', 'users', 'trades'] as const
    fc.assert(
      fc.property(fc.array(fc.record({ s: fc.nat(2), bytes: fc.integer({ min: 1, max: 50 }) })), (steps) => {
        const journal = createJournal(8, 120)
        const seqs = { symbols: 0, groups: 0, users: 0, trades: 0 }
        for (const { s, bytes } of steps) {
          const stream = streams[s] as 'users'
          journal.append([entry(stream, ++seqs[stream], bytes)])
        }
        const next = { ...journal.evicted() }
        for (let place = journal.oldest(); place < journal.head(); place++)
          expect(journal.seq(place)).toBe(++next[journal.stream(place)])
        expect(next).toEqual(seqs)
        expect(journal.entries()).toBeLessThanOrEqual(8)
      }),
    )
  })
})
