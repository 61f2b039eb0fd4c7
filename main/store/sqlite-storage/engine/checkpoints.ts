import type { DatabaseSync } from 'node:sqlite'

/** No commit for so long is a moment to fold the log into the file. */
const IDLE_MS = 300
/** Pages in the log (4 kB each) that are folded in between two questions when no such moment comes. */
const MANY = 4_000
/** Pages at which SQLite itself folds, inside a commit: a large write may come to it. */
export const TOO_MANY = 16_384

export type Checkpoints = { readonly committed: () => void; readonly close: () => void }

/**
 * Folds the write-ahead log into the file between questions and not, as SQLite does by itself, inside the commit that
 * happens to fill it: whoever waits for a small write does not wait for the pages of the thousand before it.
 */
export const createCheckpoints = (db: DatabaseSync): Checkpoints => {
  const look = db.prepare('PRAGMA wal_checkpoint(NOOP)')
  const fold = db.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  let timer: NodeJS.Timeout | null = null
  let lastCommit = 0

  const waitingPages = (): number => {
    const { log, checkpointed } = look.get() as { log: number; checkpointed: number }
    return log - checkpointed
  }
  const tick = (): void => {
    timer = null
    const idle = performance.now() - lastCommit >= IDLE_MS
    if (idle || waitingPages() >= MANY) fold.get()
    if (!idle) timer = setTimeout(tick, IDLE_MS)
  }
  return {
    committed: () => {
      lastCommit = performance.now()
      timer ??= setTimeout(tick, IDLE_MS)
    },
    close: () => {
      if (timer) clearTimeout(timer)
    },
  }
}
