import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { createLastBook, type Held, type LastBook } from './book/last-book/last-book.ts'
import type { Book } from './book/types.ts'
import type { DeskOptions } from './desk-options.ts'
import type { LinkCredentials } from './link/types.ts'
import type { Sealer } from './store/sqlite-storage/sealing/sealer.ts'

/** Longest that the link waits for the book on disk, with which it may need no snapshot. */
const RESTORE_MS = 3000

/** Who signs in, without the secret: another manager sees another book. */
const nameOf = (given: LinkCredentials): string =>
  'token' in given
    ? `token ${createHash('sha256').update(given.token).digest('hex').slice(0, 12)}`
    : `login ${given.login}`

/**
 * The last book of a bridge elsewhere, kept in the profile. The bridge that starts with the desk makes a world of its
 * own each time, of which there is nothing to keep: null.
 */
export const lastBookFor = (
  { bridge, profile, clock, timers, log }: DeskOptions,
  sealer: Sealer | null,
  book: Pick<Book, 'keep' | 'restore'>,
): LastBook | null =>
  bridge.kind === 'url' && sealer
    ? createLastBook({
        path: join(profile, 'last-book.sealed'),
        sealer,
        server: `${bridge.url} (${nameOf(bridge.credentials)})`,
        book,
        clock,
        timers,
        log,
      })
    : null

/**
 * Reads the last book, and starts the link with it: at once where there is none, and not too late in any case. Of a book
 * that is read later than that the link is told all the same.
 */
export const startWith = (
  lastBook: LastBook | null,
  start: (held?: Held) => void,
  { timers }: Pick<DeskOptions, 'timers'>,
): void => {
  if (!lastBook) {
    start()
    return
  }
  let begun = false
  const begin = (held: Held | null): void => {
    timers.clearTimeout(timer)
    if (begun && !held) return
    begun = true
    start(held ?? undefined)
  }
  const timer = timers.setTimeout(() => begin(null), RESTORE_MS)
  void lastBook.restore().then(begin)
}
