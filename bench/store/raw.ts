import { DatabaseSync } from 'node:sqlite'
import type { AlertDocument } from '../../main/store/documents/alerts.ts'

/** SQLite as Node has it, used by hand: the same JSON, the same columns indexed, WAL with synchronous=FULL. */
export const openRaw = (path: string) => {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536')
  db.exec(
    'CREATE TABLE d (id TEXT PRIMARY KEY, login INTEGER NOT NULL, raised INTEGER NOT NULL, ended INTEGER NOT NULL, lwt REAL NOT NULL, data TEXT NOT NULL)',
  )
  db.exec(
    'CREATE INDEX d_login ON d (login, raised); CREATE INDEX d_ended ON d (ended); CREATE INDEX d_lwt ON d (lwt)',
  )
  const insert = db.prepare('INSERT OR REPLACE INTO d VALUES (?, ?, ?, ?, ?, ?)')
  const select = db.prepare('SELECT data FROM d WHERE id = ?')
  const ofLogin = db.prepare('SELECT data FROM d WHERE login = ? ORDER BY raised DESC LIMIT ?')
  const put = (each: AlertDocument): void => {
    insert.run(each.id, each.login, each.raisedAt, each.endedAt, each.raisedAt, JSON.stringify(each))
  }
  const parsed = (row: unknown): AlertDocument => JSON.parse((row as { data: string }).data) as AlertDocument
  return {
    put,
    putAll: (documents: readonly AlertDocument[]): void => {
      db.exec('BEGIN IMMEDIATE')
      for (const each of documents) put(each)
      db.exec('COMMIT')
    },
    get: (id: string): AlertDocument => parsed(select.get(id)),
    ofLogin: (login: number, limit: number): AlertDocument[] => ofLogin.all(login, limit).map(parsed),
    close: () => db.close(),
  }
}
