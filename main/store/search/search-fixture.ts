import { DatabaseSync } from 'node:sqlite'
import { createGeneration, type Generation } from './generation.ts'
import { openSource, plainOpener, type Source } from './source.ts'
import type { FieldKind, SearchField } from './types.ts'

/** A file as the store keeps it: a table a collection, each write a new `seq`. */
export const createDocumentFile = (path: string, collections: readonly string[]) => {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF')
  let at = 0
  const writers = new Map(
    collections.map((name) => {
      const table = `"desk/${name}/0"`
      db.exec(
        `CREATE TABLE IF NOT EXISTS ${table} (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ` +
          'deleted INTEGER NOT NULL, lwt REAL NOT NULL, data TEXT NOT NULL)',
      )
      const last = db.prepare(`SELECT coalesce(max(seq), 0) AS n FROM ${table}`)
      return [
        name,
        {
          insert: db.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?, ?, ?)`),
          last: (last.get() as { n: number }).n,
        },
      ]
    }),
  )
  const write = (name: string, id: string, document: object | null): void => {
    const writer = writers.get(name)
    if (!writer) throw new Error(`no collection ${name}`)
    at += 1
    writer.last += 1
    writer.insert.run(writer.last, id, document === null ? 1 : 0, at, JSON.stringify(document ?? {}))
  }
  return {
    db,
    put: (name: string, id: string, document: object) => write(name, id, document),
    remove: (name: string, id: string) => write(name, id, null),
    close: () => db.close(),
  }
}

export type PlainDocument = Readonly<Partial<Record<FieldKind, string>>>

/** Documents whose members are fields called by their kind. */
export const plainTexts = (
  collection: string,
  document: unknown,
): { kind: string; fields: SearchField[] } => ({
  kind: collection,
  fields: Object.entries(document as PlainDocument).map(([kind, text]) => ({
    field: kind,
    kind: kind as FieldKind,
    text,
  })),
})

export const plainSource = (path: string, collections: readonly string[]): Source =>
  openSource(
    path,
    collections.map((name) => ({ table: `desk/${name}/0`, opener: plainOpener })),
  )

export const FOREVER = Number.POSITIVE_INFINITY

/** An index that has everything, as long as nothing is written. No limit on the time of a question. */
export const completeGeneration = (source: Source, collections: readonly string[]): Generation => {
  const generation = createGeneration(source, collections, plainTexts, () => 0)
  while (generation.build(FOREVER)) generation.follow(FOREVER)
  generation.follow(FOREVER)
  return generation
}
