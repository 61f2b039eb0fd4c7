import { describe, expect, it } from 'vitest'
import type { OutboxRow } from '../../shared/outbox/rows.ts'
import { sampleCommand } from './outbox-sample.ts'
import { noOutbox, OUTBOX_ROWS, withOutbox } from './outbox-store.ts'

const event = (kind: 'all' | 'changed', rows: OutboxRow[]) => ({
  kind,
  rows,
  counts: { waiting: rows.length, held: 0 },
  channels: [],
})

describe('the window’s outbox', () => {
  it('takes the page, then what changed, never an older state over a newer', () => {
    const one = sampleCommand({ key: 'key-0001', seq: 1 })
    const two = sampleCommand({ key: 'key-0002', seq: 2 })
    let book = withOutbox(noOutbox, event('all', [one]))
    book = withOutbox(book, event('changed', [two, { ...one, rev: 2, state: 'confirmed' }]))
    book = withOutbox(book, event('changed', [{ ...one, rev: 1, state: 'sending' }]))
    expect(book.rows.map(({ key, state }) => [key, state])).toEqual([
      ['key-0002', 'pending'],
      ['key-0001', 'confirmed'],
    ])
    expect(withOutbox(book, event('all', [two])).rows).toEqual([two])
  })

  it('forgets the oldest that are done, and nothing that is not', () => {
    const rows = Array.from({ length: OUTBOX_ROWS + 20 }, (_, i) =>
      sampleCommand({ key: `key-${i}`, seq: i, state: i === 3 ? 'pending' : 'confirmed' }),
    )
    const kept = withOutbox(noOutbox, event('all', rows)).rows
    expect(kept).toHaveLength(OUTBOX_ROWS + 1)
    expect(kept.at(-1)?.seq).toBe(3)
  })
})
