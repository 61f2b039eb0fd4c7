import type { StatementSync } from 'node:sqlite'
import {
  getIndexableStringMonad,
  getPrimaryFieldOfPrimaryKey,
  type RxDocumentData,
  type RxJsonSchema,
} from 'rxdb'
import type { Connection } from './connections.ts'
import { indexKey, textKey } from './index-key.ts'

/** Which end of an index range, and whether the bound itself is in it. */
export type Range = { from: Buffer; to: Buffer; fromInclusive: boolean; toInclusive: boolean }

/** One collection in one schema version. Documents go in and come out as plain JSON objects. */
export type CollectionTable<D> = {
  readonly primaryPath: string
  get: (id: string) => RxDocumentData<D> | undefined
  /** Writes the document as it is now and answers its number in the order of changes. */
  put: (document: RxDocumentData<D>) => number
  /** Documents of an index range in its order; a negative limit means all. */
  select: (index: readonly string[], range: Range, limit: number, skip: number) => RxDocumentData<D>[]
  /** The same one by one: stop iterating whenever enough is found. */
  scan: (index: readonly string[], range: Range) => Iterable<RxDocumentData<D>>
  countRange: (index: readonly string[], range: Range) => number
  /** Documents changed behind number `after`, in the order of their last change. */
  changedAfter: (after: number, limit: number) => { seq: number; document: RxDocumentData<D> }[]
  /** Removes up to `limit` tombstones last written at or before `lwt`; answers their ids. */
  purge: (lwt: number, limit: number) => string[]
  drop: () => void
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

type Row = { seq: number; data: string }

/**
 * The table: `seq` numbers every write (each write of a document takes a new number, numbers are never reused), `id`
 * and one `k…` column an index hold order-preserving keys, `lwt` is RxDB's last-write time with its
 * hundredths. Statements are prepared once. No translation of queries to SQL, hence no drift from RxDB's own sense.
 */
export const createCollectionTable = <D>(
  connection: Connection,
  name: string,
  schema: Readonly<RxJsonSchema<RxDocumentData<D>>>,
): CollectionTable<D> => {
  const { db } = connection
  const primaryPath = getPrimaryFieldOfPrimaryKey(schema.primaryKey) as string
  const table = quoted(name)
  const indexes = ((schema.indexes ?? []) as readonly (readonly string[])[]).map((fields, i) => ({
    column: `k${i}`,
    fields,
    keyOf: getIndexableStringMonad<D>(schema as RxJsonSchema<RxDocumentData<D>>, [...fields]),
  }))
  const columns = indexes.map(({ column }) => column)
  const byFields = new Map(indexes.map((index) => [index.fields.join(), index]))

  connection.write(() => {
    db.exec(
      `CREATE TABLE IF NOT EXISTS ${table} (seq INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, ` +
        `deleted INTEGER NOT NULL, lwt REAL NOT NULL, data TEXT NOT NULL, ` +
        `${columns.map((column) => `${column} BLOB NOT NULL, `).join('')}CHECK (deleted IN (0, 1)))`,
    )
    for (const column of columns)
      db.exec(`CREATE INDEX IF NOT EXISTS ${quoted(`${name} ${column}`)} ON ${table} (${column})`)
    db.exec(`CREATE INDEX IF NOT EXISTS ${quoted(`${name} gone`)} ON ${table} (lwt) WHERE deleted = 1`)
  })

  const prepared = new Map<string, StatementSync>()
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql)
    if (known) return known
    const fresh = db.prepare(sql)
    prepared.set(sql, fresh)
    return fresh
  }
  const getSql = `SELECT data FROM ${table} WHERE id = ?`
  const putSql =
    `INSERT OR REPLACE INTO ${table} (id, deleted, lwt, data${columns.map((c) => `, ${c}`).join('')}) ` +
    `VALUES (?, ?, ?, ?${', ?'.repeat(columns.length)})`
  const parse = (data: string): RxDocumentData<D> => JSON.parse(data) as RxDocumentData<D>

  const rangeSql = (what: string, fields: readonly string[], range: Range): string => {
    const index = byFields.get(fields.join())
    if (!index) throw new Error(`Collection table ${name} has no index on ${fields.join(', ')}.`)
    return (
      `SELECT ${what} FROM ${table} WHERE ${index.column} ${range.fromInclusive ? '>=' : '>'} ? ` +
      `AND ${index.column} ${range.toInclusive ? '<=' : '<'} ?${what === 'data' ? ` ORDER BY ${index.column} LIMIT ? OFFSET ?` : ''}`
    )
  }

  return {
    primaryPath,
    get: (id) => {
      const row = statement(getSql).get(textKey(id)) as Row | undefined
      return row && parse(row.data)
    },
    put: (document) => {
      const id = textKey((document as Record<string, unknown>)[primaryPath] as string)
      const keys = indexes.map(({ keyOf }) => indexKey(keyOf(document)))
      const data = JSON.stringify(document)
      const done = statement(putSql).run(id, document._deleted ? 1 : 0, document._meta.lwt, data, ...keys)
      return Number(done.lastInsertRowid)
    },
    select: (fields, range, limit, skip) =>
      statement(rangeSql('data', fields, range))
        .all(range.from, range.to, limit, skip)
        .map((row) => parse((row as Row).data)),
    *scan(fields, range) {
      // A statement of its own: two scans may be under way, and this one may be left in the middle.
      const rows = db.prepare(rangeSql('data', fields, range)).iterate(range.from, range.to, -1, 0)
      for (const row of rows) yield parse((row as Row).data)
    },
    countRange: (fields, range) => {
      const row = statement(rangeSql('count(*) AS n', fields, range)).get(range.from, range.to)
      return (row as { n: number }).n
    },
    changedAfter: (after, limit) =>
      statement(`SELECT seq, data FROM ${table} WHERE seq > ? ORDER BY seq LIMIT ?`)
        .all(after, limit)
        .map((row) => ({ seq: (row as Row).seq, document: parse((row as Row).data) })),
    purge: (lwt, limit) => {
      const rows = statement(
        `DELETE FROM ${table} WHERE seq IN (SELECT seq FROM ${table} WHERE deleted = 1 AND lwt <= ? ORDER BY lwt LIMIT ?) ` +
          'RETURNING data',
      ).all(lwt, limit)
      return rows.map((row) => (parse((row as Row).data) as Record<string, unknown>)[primaryPath] as string)
    },
    drop: () => {
      prepared.clear()
      db.exec(`DROP TABLE ${table}`)
    },
  }
}
