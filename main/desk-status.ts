import type { DeskStatus } from '../shared/api/models.ts'
import type { Clock, Timers } from '../shared/runtime/ports.ts'
import type { LastBook } from './book/last-book/last-book.ts'
import type { Book, BookStats } from './book/types.ts'
import type { Link } from './link/types.ts'
import type { Store } from './store/types.ts'

export type StatusBoard = {
  readonly status: () => DeskStatus
  readonly onStatus: (fn: (status: DeskStatus) => void) => () => void
  readonly close: () => void
}

const noBook: BookStats = {
  accounts: 0,
  positions: 0,
  pendings: 0,
  symbols: 0,
  groups: 0,
  valuedAt: 0,
  passMs: 0,
  memoryBytes: 0,
  source: 'none',
  asOf: 0,
}
const noneKept = { asOf: 0, detail: '' }
/** Pace of the figures; a change of the link's phase is told at once. */
const PACE_MS = 500

/** One picture of the desk's health for windows, /health and /metrics. */
export const createStatusBoard = (on: {
  book: Pick<Book, 'stats'>
  /** Null where none is kept. */
  lastBook: Pick<LastBook, 'status'> | null
  link: Pick<Link, 'status' | 'onStatus'>
  store: Pick<Store, 'health'>
  clock: Clock
  timers: Timers
}): StatusBoard => {
  const watchers = new Set<(status: DeskStatus) => void>()
  let stats = noBook
  let phase = on.link.status().phase
  let closed = false
  const status = (): DeskStatus => ({
    link: on.link.status(),
    book: { ...stats, kept: on.lastBook?.status() ?? noneKept },
    store: on.store.health(),
    utc: on.clock.now(),
  })
  const tell = (): void => {
    const now = status()
    for (const fn of watchers) fn(now)
  }
  const unfollow = on.link.onStatus((next) => {
    if (next.phase === phase) return
    phase = next.phase
    tell()
  })
  const beat = async (): Promise<void> => {
    // A book that does not answer keeps its last figures; their age shows in `valuedAt`.
    stats = await on.book.stats().catch(() => stats)
    if (closed) return
    tell()
    plan()
  }
  let timer: unknown
  const plan = (): void => {
    timer = on.timers.setTimeout(() => void beat(), PACE_MS)
  }
  plan()
  return {
    status,
    onStatus: (fn) => {
      watchers.add(fn)
      return () => watchers.delete(fn)
    },
    close: () => {
      closed = true
      unfollow()
      on.timers.clearTimeout(timer)
    },
  }
}
