import { backup, DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { contextOf, type Sealer } from '../sqlite-storage/sealing/sealer.ts'
import type { Companion } from '../sqlite-storage/types.ts'
import type { JournalEntry } from '../types.ts'

export const JOURNAL = 'journal'

/** What the worker is told at its start. */
export type JournalPlace = { readonly journalPath: string | null }

/** Lines in the order they were noted; `first` is the number of the first of them in this session. */
export type JournalBatch = {
  readonly session: string
  readonly first: number
  readonly lines: readonly JournalEntry[]
}

/** A line with its number. */
export type JournalLine = JournalEntry & { readonly id: number }
export type JournalSlice = { readonly id: number; readonly limit: number }

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
CREATE TABLE IF NOT EXISTS written (session TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
`

const openJournal = (path: string | null): DatabaseSync => {
  const db = new DatabaseSync(path ?? ':memory:', { timeout: 5_000 })
  try {
    db.exec('PRAGMA journal_mode = WAL')
    db.exec('PRAGMA synchronous = FULL')
    db.exec(schema)
    const columns = db.prepare("SELECT name FROM pragma_table_info('journal')").all() as { name: string }[]
    if (!columns.some(({ name }) => name === 'sealed')) db.exec('ALTER TABLE journal ADD COLUMN sealed BLOB')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** A sealed input opens only in its own line. */
const placeOf = ({ at, user, procedure }: Pick<JournalEntry, 'at' | 'user' | 'procedure'>): Buffer =>
  contextOf('journal', String(at), user, procedure)

const readLine = (row: Record<string, SQLOutputValue>, sealer: Sealer | null): JournalEntry => {
  const { sealed, ...line } = row as unknown as JournalEntry & { sealed: Uint8Array | null }
  if (sealed === null) return line
  try {
    if (sealer) return { ...line, input: sealer.openText(sealed, placeOf(line)) }
  } catch {
    // The line itself is still worth reading.
  }
  return { ...line, input: '[sealed with a key that is not here]' }
}

/**
 * The journal in the store's worker: a plain table that only grows, which the database itself enforces, in a file of its
 * own. What was put into a call is sealed where there are keys; they stay in the ring for as long as there is a journal.
 * A batch that comes twice, because its answer was lost, is written once.
 */
export const journalCompanion: Companion = {
  name: JOURNAL,
  open: ({ workerData, sealer }) => {
    const path = (workerData as JournalPlace | undefined)?.journalPath ?? null
    let opened: DatabaseSync | null = null
    const journal = (): DatabaseSync => (opened ??= openJournal(path))

    const append = ({ session, first, lines }: JournalBatch): void => {
      const db = journal()
      db.exec('BEGIN IMMEDIATE')
      try {
        const known = db.prepare('SELECT last FROM written WHERE session = ?').get(session) as
          | { last: number }
          | undefined
        const insert = db.prepare(
          'INSERT INTO journal (at, user, role, procedure, input, result, sealed) VALUES (?, ?, ?, ?, ?, ?, ?)',
        )
        for (const [i, line] of lines.entries()) {
          if (known && first + i <= known.last) continue
          const [user, role, procedure, input, result] = [
            line.user,
            line.role,
            line.procedure,
            line.input,
            line.result,
          ].map((text) => text.toWellFormed()) as [string, string, string, string, string]
          const sealed =
            sealer && input !== '' ? sealer.seal(input, placeOf({ at: line.at, user, procedure })) : null
          insert.run(line.at, user, role, procedure, sealed ? '' : input, result, sealed)
        }
        db.prepare('INSERT OR REPLACE INTO written VALUES (?, ?)').run(session, first + lines.length - 1)
        db.exec('COMMIT')
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw error
      }
    }
    const recent = (limit: number): JournalEntry[] =>
      journal()
        .prepare(
          'SELECT at, user, role, procedure, input, result, sealed FROM journal ORDER BY id DESC LIMIT ?',
        )
        .all(limit)
        .map((row) => readLine(row, sealer))

    /** Lines behind the given one, oldest first, with their numbers. */
    const after = ({ id, limit }: JournalSlice): JournalLine[] =>
      journal()
        .prepare(
          'SELECT id, at, user, role, procedure, input, result, sealed FROM journal WHERE id > ? ORDER BY id LIMIT ?',
        )
        .all(id, limit)
        .map((row) => readLine(row, sealer) as JournalLine)

    /** Over a connection of its own: a copy over the writing one fails when lines come meanwhile. */
    const copyTo = async (to: string): Promise<void> => {
      if (path === null) return
      journal()
      const reader = new DatabaseSync(path, { readOnly: true })
      try {
        await backup(reader, to)
      } finally {
        reader.close()
      }
    }

    return {
      call: (method, input) => {
        if (method === 'open') return void journal()
        if (method === 'append') return append(input as JournalBatch)
        if (method === 'recent') return recent(input as number)
        if (method === 'after') return after(input as JournalSlice)
        if (method === 'backup') return copyTo(input as string)
        throw new Error(`The journal knows no ${method}.`)
      },
      close: () => opened?.close(),
    }
  },
}
