import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import { Outcome, type RangeAsked, type WriteRows } from '../protocol.ts'
import { createChangeNumbers } from './change-numbers.ts'
import { type DocumentCodec, plainCodec } from './document-codec.ts'
import { quoted } from './quoted.ts'

/** One collection in one schema version. Documents go in and come out as JSON. */
export type CollectionTable = {
  /** Number of the last change. */
  readonly last: () => number
  /** Call it first in each write transaction; the answer undoes the counting of changes should it fail. */
  readonly begin: () => () => void
  /** Writes one row of many, or says why not. A row that may be inserted may always be an update, too. */
  readonly write: (rows: WriteRows, at: number, mayInsert: boolean, mayUpdate: boolean) => number
  /** Takes note that indexed texts from now on do not sort as their keys do, in the caller's transaction. */
  readonly noteOddTexts: () => void
  /** Whether any row ever had such texts. */
  readonly hasOddTexts: () => boolean
  readonly get: (id: string) => string | undefined
  readonly getLive: (id: string) => string | undefined
  /** Documents of a range in its order, one by one: stop whenever enough is found. */
  readonly scan: (range: RangeAsked) => Iterable<string>
  readonly countRange: (range: RangeAsked) => number
  /** Documents changed behind number `after`, in the order of their last change. */
  readonly changedAfter: (after: number, limit: number) => Iterable<readonly [number, string]>
  /** Removes up to `limit` tombstones last written at or before `until` (UTC ms); answers their ids. */
  readonly purge: (until: number, limit: number) => string[]
  /** The next change has the number behind this one. */
  readonly renumber: (last: number) => void
  /** The last number outlives its row. */
  readonly keepNumber: () => void
  readonly drop: () => void
}

/**
 * `seq` numbers every change (each write of a document takes a new number), `id` and the `k…` columns hold texts that
 * sort as RxDB's do, `rev` decides conflicts without parsing, `lwt` is RxDB's last-write time with its hundredths.
 */
const createTable = (db: DatabaseSync, name: string, keys: readonly string[], codec: DocumentCodec): void => {
  const table = quoted(name)
  const own = codec.columns.map(([column, type]) => `${column} ${type}, `).join('')
  db.exec(
    `CREATE TABLE ${table} (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, rev TEXT NOT NULL, ` +
      `deleted INTEGER NOT NULL, lwt REAL NOT NULL, ${own}` +
      `${keys.map((key) => `${key} TEXT NOT NULL, `).join('')}CHECK (deleted IN (0, 1)))`,
  )
  for (const key of keys) db.exec(`CREATE INDEX ${quoted(`${name} ${key}`)} ON ${table} (${key})`)
  db.exec(`CREATE INDEX ${quoted(`${name} gone`)} ON ${table} (lwt) WHERE deleted = 1`)
}

export const createCollectionTable = (
  db: DatabaseSync,
  name: string,
  indexes: number,
  codec: DocumentCodec = plainCodec,
): CollectionTable => {
  const table = quoted(name)
  const keys = Array.from({ length: indexes }, (_, i) => `k${i}`)
  const isThere = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name)
  if (!isThere) createTable(db, name, keys, codec)
  const numbers = createChangeNumbers(db, name)
  if (!isThere) numbers.goOn()

  const prepare = (sql: string): StatementSync => {
    const fresh = db.prepare(sql)
    fresh.setReturnArrays(true)
    return fresh
  }
  /** Statements are prepared once, when they are first needed. */
  const prepared = new Map<string, StatementSync>()
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql)
    if (known) return known
    const fresh = prepare(sql)
    prepared.set(sql, fresh)
    return fresh
  }
  const idle = new Map<string, StatementSync[]>()
  const columns = ['seq', 'id', 'rev', 'deleted', 'lwt', ...codec.columns.map(([column]) => column), ...keys]
  const reads = codec.reads.join(', ')
  const insert = db.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT (id) DO NOTHING`,
  )
  const update = db.prepare(
    `UPDATE ${table} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ? AND rev = ?`,
  )
  const revision = db.prepare(`SELECT rev FROM ${table} WHERE id = ?`)
  const documentOf = (row: unknown): string => codec.fromRow(row as SQLOutputValue[])
  const one = (sql: string, id: string): string | undefined => {
    const row = statement(sql).get(id)
    return row && documentOf(row)
  }

  const valuesOf = (rows: WriteRows, at: number): SQLInputValue[] => {
    const id = rows.ids[at] as string
    return [
      numbers.next(),
      id,
      rows.revisions[at] as string,
      rows.deleted[at] ? 1 : 0,
      rows.lwts[at] as number,
      ...codec.toRow(id, rows.documents[at] as string),
      ...rows.keys.slice(at * indexes, (at + 1) * indexes),
    ]
  }
  /** One statement a row: there is no look before the leap. */
  const put = (rows: WriteRows, at: number, previous: string | null, mayInsert: boolean): boolean | null => {
    const before = numbers.last()
    const values = valuesOf(rows, at)
    if (previous !== null && update.run(...values, rows.ids[at] as string, previous).changes === 1)
      return false
    if (mayInsert && insert.run(...values).changes === 1) return true
    numbers.backTo(before)
    return null
  }
  const whyNot = (id: string, previous: string | null, mayInsert: boolean): number => {
    if (mayInsert) return Outcome.CONFLICT
    const stored = revision.get(id) as { rev: string } | undefined
    if (!stored) return Outcome.INSERT_REFUSED
    return stored.rev === previous ? Outcome.UPDATE_REFUSED : Outcome.CONFLICT
  }

  const odd = `odd/${name}`
  const noteOdd = db.prepare('INSERT OR IGNORE INTO storage VALUES (?, 1)')
  const isOdd = db.prepare('SELECT 1 FROM storage WHERE name = ?')

  const within = ({ index, fromInclusive, toInclusive }: RangeAsked): string =>
    `FROM ${table} WHERE k${index} ${fromInclusive ? '>=' : '>'} ? AND k${index} ${toInclusive ? '<=' : '<'} ?`

  return {
    last: numbers.last,
    begin: () => {
      numbers.refresh()
      const before = numbers.last()
      return () => numbers.backTo(before)
    },
    write: (rows, at, mayInsert, mayUpdate) => {
      const previous = rows.previous[at] as string | null
      const inserted = mayUpdate ? put(rows, at, previous, mayInsert) : null
      if (inserted === null) return whyNot(rows.ids[at] as string, previous, mayInsert)
      return inserted ? Outcome.INSERTED : Outcome.UPDATED
    },
    noteOddTexts: () => {
      noteOdd.run(odd)
    },
    hasOddTexts: () => isOdd.get(odd) !== undefined,
    get: (id) => one(`SELECT ${reads} FROM ${table} WHERE id = ?`, id),
    getLive: (id) => one(`SELECT ${reads} FROM ${table} WHERE id = ? AND deleted = 0`, id),
    *scan(range) {
      const { index, from, to, skip, limit, match, sort, order } = range
      const direction = order === 'backward' ? 'DESC' : 'ASC'
      const whole = match || sort
      const sql = `SELECT ${reads} ${within(range)} ORDER BY k${index} ${direction} LIMIT ? OFFSET ?`
      // One scan may be under way while the next begins: each has a statement for itself.
      const rows = idle.get(sql)?.pop() ?? prepare(sql)
      try {
        for (const row of rows.iterate(from, to, whole ? -1 : (limit ?? -1), whole ? 0 : skip))
          yield documentOf(row)
      } finally {
        const others = idle.get(sql)
        if (others) others.push(rows)
        else idle.set(sql, [rows])
      }
    },
    countRange: (range) => {
      const row = statement(`SELECT count(*) ${within(range)}`).get(range.from, range.to)
      return (row as unknown as [number])[0]
    },
    *changedAfter(after, limit) {
      const rows = db.prepare(`SELECT seq, ${reads} FROM ${table} WHERE seq > ? ORDER BY seq LIMIT ?`)
      rows.setReturnArrays(true)
      for (const row of rows.iterate(after, limit)) {
        const [seq, ...values] = row as unknown as [number, ...SQLOutputValue[]]
        yield [seq, documentOf(values)] as const
      }
    },
    purge: (until, limit) => {
      numbers.keep()
      const rows = statement(
        `DELETE FROM ${table} WHERE seq IN (SELECT seq FROM ${table} WHERE deleted = 1 AND lwt <= ? ORDER BY lwt LIMIT ?) ` +
          'RETURNING id',
      ).all(until, limit)
      return rows.map((row) => (row as unknown as [string])[0])
    },
    renumber: numbers.backTo,
    keepNumber: numbers.keep,
    drop: () => {
      prepared.clear()
      idle.clear()
      numbers.refresh()
      numbers.keep()
      db.exec(`DROP TABLE ${table}`)
    },
  }
}
