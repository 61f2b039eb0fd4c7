import { DatabaseSync } from 'node:sqlite'
import type { Log } from '../../shared/runtime/ports.ts'
import type { JournalEntry, Store } from './types.ts'

export type Journal = Store['journal'] & {
  /** Lines that could not be written yet. */
  waiting: () => number
  close: () => void
}

/** Lines kept in memory while the disk refuses them; beyond that the oldest go, with an error in the log. */
const MAX_WAITING = 10_000

const schema = `
CREATE TABLE IF NOT EXISTS journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at REAL NOT NULL,
  user TEXT NOT NULL,
  role TEXT NOT NULL,
  procedure TEXT NOT NULL,
  input TEXT NOT NULL,
  result TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS journal_keeps_lines BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER IF NOT EXISTS journal_keeps_all BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
`

/**
 * The journal: a plain table that only grows, which the database itself enforces. A line is on the disk when
 * `append` returns; where the disk refuses it, it waits in memory and goes before the next one.
 */
export const createJournal = (path: string | null, log: Log): Journal => {
  const db = new DatabaseSync(path ?? ':memory:', { timeout: 5_000 })
  db.exec('PRAGMA journal_mode = WAL')
  db.exec('PRAGMA synchronous = FULL')
  db.exec(schema)
  const insert = db.prepare(
    'INSERT INTO journal (at, user, role, procedure, input, result) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const newest = db.prepare(
    'SELECT at, user, role, procedure, input, result FROM journal ORDER BY id DESC LIMIT ?',
  )
  const waiting: JournalEntry[] = []

  const writeWaiting = (): void => {
    while (waiting.length > 0) {
      const { at, user, role, procedure, input, result } = waiting[0] as JournalEntry
      const texts = [user, role, procedure, input, result].map((text) => text.toWellFormed())
      insert.run(at, ...texts)
      waiting.shift()
    }
  }

  return {
    append: (entry) => {
      waiting.push(entry)
      try {
        writeWaiting()
      } catch (error) {
        log.error({ error, waiting: waiting.length }, 'the journal cannot be written')
        if (waiting.length > MAX_WAITING) log.error({ lost: waiting.shift() }, 'a journal line is lost')
      }
    },
    recent: (limit) => newest.all(limit) as JournalEntry[],
    waiting: () => waiting.length,
    close: () => {
      try {
        writeWaiting()
      } catch (error) {
        log.error({ error, lost: waiting }, 'journal lines are lost')
      }
      db.close()
    },
  }
}
