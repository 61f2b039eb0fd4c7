import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChangeKind, changeTables, type RecordStream, recordStreams } from '../../shared/bridge/streams.ts'
import { readTable } from '../../shared/wire/frames.ts'
import { FLAG_MORE, openFrame } from '../../shared/wire/header.ts'
import type { TableSchema } from '../../shared/wire/schema.ts'
import { batchEnd, buildBatch } from './batches.ts'
import { createJournal, type Entry, type Journal } from './journal.ts'
import type { Row } from './row-check.ts'
import { sealFor } from './shared-frame.ts'
import { groupRow, symbolRow, TEST_DAY, tradeRow, userRow } from './test-rows.ts'

const rows: Record<RecordStream, (i: number) => Row> = {
  symbols: symbolRow,
  groups: groupRow,
  users: (i) => userRow(i + 1, 'test-0'),
  trades: (i) => tradeRow(i + 1, 1, symbolRow(0), 0, 1, 1, TEST_DAY),
}

/** A journal of transactions, each given by the streams it touches. */
const journalOf = (transactions: readonly (readonly number[])[]): Journal => {
  const journal = createJournal(10_000, 1e9)
  const seqs = { symbols: 0, groups: 0, users: 0, trades: 0 }
  for (const transaction of transactions)
    journal.append(
      transaction.map((s): Entry => {
        const stream = recordStreams[s] as RecordStream
        const seq = ++seqs[stream]
        return { stream, kind: ChangeKind.UPDATED, row: rows[stream](seq), seq, bytes: 100 }
      }),
    )
  return journal
}

const limits = { batchChanges: 10, chunkRows: 4, chunkBytes: 100_000 }
const transactionsArb = fc.array(fc.array(fc.nat(3), { minLength: 1, maxLength: 30 }), { maxLength: 20 })

const read = (journal: Journal, from: number, to: number, skip?: Record<RecordStream, number>) =>
  buildBatch(journal, from, to, limits, { skip }).frames.map((frame) => {
    const { header, frame: bytes } = openFrame(sealFor(frame(), 1, 1))
    const stream = recordStreams[header.stream - 1] as RecordStream
    readTable(changeTables[stream] as TableSchema, bytes, header.rows)
    return { name: stream, first: header.first, rows: header.rows, flags: header.flags }
  })

describe('batches', () => {
  it('end at transaction boundaries and reach the head in the end', () => {
    fc.assert(
      fc.property(transactionsArb, fc.integer({ min: 1, max: 40 }), (transactions, atLeast) => {
        const journal = journalOf(transactions)
        let from = 0
        while (from < journal.head()) {
          const to = batchEnd(journal, from, atLeast)
          expect(to).toBeGreaterThan(from)
          expect(journal.ends(to - 1)).toBe(true)
          expect(to - from).toBeLessThan(atLeast + 30)
          from = to
        }
        expect(from).toBe(journal.head())
      }),
    )
  })

  it('send each number once, in order inside its stream, as one group of bounded frames', () => {
    fc.assert(
      fc.property(transactionsArb, (transactions) => {
        const journal = journalOf(transactions)
        const frames = read(journal, 0, journal.head())
        const next = { symbols: 1, groups: 1, users: 1, trades: 1 }
        for (const frame of frames) {
          expect(frame.first).toBe(next[frame.name])
          expect(frame.rows).toBeLessThanOrEqual(limits.chunkRows)
          next[frame.name] += frame.rows
        }
        expect(frames.map((f) => f.flags)).toEqual(
          frames.map((_, i) => (i < frames.length - 1 ? FLAG_MORE : 0)),
        )
        const count = (s: number): number => transactions.flat().filter((t) => t === s).length
        recordStreams.forEach((stream, s) => {
          expect(next[stream]).toBe(1 + count(s))
        })
      }),
    )
  })

  it('leave out what a resuming desk has', () => {
    const journal = journalOf([[2, 3], [2], [3, 3], [2]])
    const frames = read(journal, 0, journal.head(), { symbols: 0, groups: 0, users: 3, trades: 1 })
    expect(frames.map((f) => [f.name, f.first, f.rows])).toEqual([['trades', 2, 2]])
  })

  it('encode each frame once', () => {
    const journal = journalOf([[2, 3]])
    let encodes = 0
    const encoded = (): void => {
      encodes++
    }
    const batch = buildBatch(journal, 0, 2, limits, { encoded })
    expect(encodes).toBe(0)
    for (let desk = 0; desk < 5; desk++) for (const frame of batch.frames) frame()
    expect(encodes).toBe(2)
  })
})
