import { create } from 'zustand'
import { mergeOutboxEvents, type OutboxEvent } from '../../shared/outbox/events.ts'
import type { OutboxChannelStatus, OutboxCounts, OutboxRow } from '../../shared/outbox/rows.ts'

export type OutboxBook = {
  /** Before the desk's first answer there is nothing to say, not even "none". */
  readonly loaded: boolean
  readonly error: string | null
  /** Newest first. */
  readonly rows: readonly OutboxRow[]
  readonly counts: OutboxCounts
  readonly channels: readonly OutboxChannelStatus[]
}

/** Rows a window keeps; what is not done stays whatever their number. */
export const OUTBOX_ROWS = 1000

export const noOutbox: OutboxBook = {
  loaded: false,
  error: null,
  rows: [],
  counts: { waiting: 0, held: 0 },
  channels: [],
}

const isOpen = ({ state, hold }: OutboxRow): boolean =>
  hold || state === 'pending' || state === 'sending' || state === 'sent'

/** The book of commands after one more event of the desk. */
export const withOutbox = (book: OutboxBook, event: OutboxEvent): OutboxBook => {
  const { rows, counts, channels } =
    event.kind === 'all' ? event : mergeOutboxEvents({ ...event, kind: 'all', rows: [...book.rows] }, event)
  const sorted = rows.toSorted((a, b) => b.seq - a.seq)
  const kept = sorted.filter((row, i) => i < OUTBOX_ROWS || isOpen(row))
  return { loaded: true, error: null, rows: kept, counts, channels }
}

const useOutboxBook = create<OutboxBook>(() => noOutbox)

export const applyOutbox = (event: OutboxEvent): void =>
  useOutboxBook.setState((book) => withOutbox(book, event))
export const setOutboxError = (error: string): void => useOutboxBook.setState({ error })
export const useOutbox = <T>(pick: (book: OutboxBook) => T): T => useOutboxBook(pick)
