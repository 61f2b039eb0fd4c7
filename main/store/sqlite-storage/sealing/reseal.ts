import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { SealBroken, UnknownKey } from './errors.ts'
import { columnsToReseal, dropOldKeys, listedKeys, noteResealed, type SealedColumn } from './key-list.ts'
import { contextOf, type Sealer } from './sealer.ts'

export type ResealProgress = {
  /** Rows gone through since this began, and how many there were to go through. */
  readonly rows: number
  readonly total: number
  /** Values that could not be opened with any key. They are left as they are. */
  readonly broken: number
  /** Keys that nothing is sealed with any more; once, with the last slice. */
  readonly dropped: readonly string[]
  readonly done: boolean
}

export type Resealing = {
  /** Whether something is sealed with an old key. */
  readonly needed: () => boolean
  /** One slice in one transaction of its own; nothing else is held up for longer than it takes. */
  readonly step: () => ResealProgress
}

/** Rows of one slice: some milliseconds of work, so that a write never waits for long. */
const ROWS_AT_ONCE = 256
/** Attachments are large: a slice ends when it has gone through as many bytes. */
const BYTES_AT_ONCE = 4 * 1024 * 1024

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const bytesOf = (value: unknown): string | Uint8Array => (value instanceof Uint8Array ? value : String(value))

/**
 * Seals every value of a file with the current key, slice by slice in the order of row ids. How far it came is
 * written in the same transaction, so it goes on where it stopped after a kill. What is written meanwhile has the
 * current key already. When all is done the old keys go off the list.
 */
export const createResealing = (on: {
  readonly db: DatabaseSync
  readonly transaction: <T>(fn: () => T) => T
  readonly sealer: Sealer
}): Resealing => {
  const { db, transaction, sealer } = on
  let rows = 0
  let total: number | null = null
  let broken = 0

  const exists = ({ table }: SealedColumn): boolean =>
    db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) !== undefined
  const needed = (): boolean => listedKeys(db).some((key) => !key.current)
  const leftIn = ({ table, resealed }: SealedColumn & { resealed: number }): number =>
    Number(db.prepare(`SELECT count(*) AS n FROM ${quoted(table)} WHERE rowid > ?`).get(resealed)?.['n'])

  const resealRow = (row: Record<string, unknown>, column: SealedColumn, update: StatementSync): number => {
    const sealed = row['sealed'] as Uint8Array | null
    if (sealed === null) return 0
    try {
      if (sealer.keyOf(sealed) === sealer.current()) return sealed.length
      const context = contextOf(...column.prefix, ...column.idColumns.map((_, i) => bytesOf(row[`id${i}`])))
      update.run(sealer.seal(sealer.open(sealed, context), context), row['at'] as number)
    } catch (error) {
      // A damaged value stays as it is for whoever looks into it; the others must not wait for it.
      if (!(error instanceof SealBroken || error instanceof UnknownKey)) throw error
      broken += 1
    }
    return sealed.length
  }

  const slice = (column: SealedColumn & { resealed: number }): void => {
    if (!exists(column)) return noteResealed(db, column, null)
    const table = quoted(column.table)
    const ids = column.idColumns.map((name, i) => `, ${quoted(name)} AS id${i}`).join('')
    const found = db
      .prepare(
        `SELECT rowid AS at, ${quoted(column.column)} AS sealed${ids} FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ${ROWS_AT_ONCE}`,
      )
      .iterate(column.resealed)
    const read: Record<string, unknown>[] = []
    let bytes = 0
    for (const row of found) {
      read.push(row)
      bytes += (row['sealed'] as Uint8Array | null)?.length ?? 0
      if (bytes >= BYTES_AT_ONCE) break
    }
    const update = db.prepare(`UPDATE ${table} SET ${quoted(column.column)} = ? WHERE rowid = ?`)
    for (const row of read) resealRow(row, column, update)
    rows += read.length
    noteResealed(db, column, read.length === 0 ? null : Number(read.at(-1)?.['at']))
  }

  return {
    needed,
    step: () =>
      transaction(() => {
        const columns = columnsToReseal(db)
        total ??= columns.reduce((sum, column) => sum + (exists(column) ? leftIn(column) : 0), 0)
        if (columns[0]) slice(columns[0])
        const done = columnsToReseal(db).length === 0
        // What is written meanwhile gets row ids behind the last one and is gone through too.
        total = done ? rows : Math.max(total, rows)
        return { rows, total, broken, dropped: done ? dropOldKeys(db) : [], done }
      }),
  }
}
